*** Settings ***
Documentation    Conditions and arguments that can't be read; no topic is asked for them.

Resource         resources/failing.resource


*** Test Cases ***
One Equals Sign
    Wait For Event    orders    orderId=42

One Equals Sign Between Spaces
    Wait For Event    orders    $.orderId = 42

A Misspelt Argument
    No Event Should Arrive    orders    orderId == 42    witin=1 s

An Argument In A List
    VAR    @{cells}    orderId == 42    within=1 s
    No Event Should Arrive    orders    @{cells}

No Spaces
    Wait For Event    orders    total>=100

No Such Operator
    Wait For Event    orders    total => 100

An Operator In Words
    Wait For Event    orders    status    equals    PAID

A Negated Operator In Words
    No Event Should Arrive    orders    status does not match PA.D

An Operator Behind An Operator
    No Event Should Arrive    orders    status != matches PA.D

A Pattern Of SQL
    No Event Should Arrive    orders    status not like PA%

A List In Parentheses
    No Event Should Arrive    orders    status in (PAID, NEW)

A Regular Expression Between Slashes
    No Event Should Arrive    orders    status matches /pa.d/i

A Function For A Length
    No Event Should Arrive    orders    length(items) == 2

Words For A Length
    No Event Should Arrive    orders    items has length two

Between Two Numbers
    No Event Should Arrive    orders    total between 5 and 10

Nearly A Number
    No Event Should Arrive    orders    total ~ 9.99

A Comma In A Number
    No Event Should Arrive    orders    total == 9,50

One Value Or Another
    No Event Should Arrive    orders    status == NEW or status == PAID

One Field Or Another
    No Event Should Arrive    orders    status == NEW or total == 5

An Or Of Its Own
    No Event Should Arrive    orders    status == NEW    or    status == PAID

A Secret Inside A Text
    No Event Should Arrive    orders    headers.auth == Bearer <secret>

A Path With A Hole
    Wait For Event    orders    $.items[ == 1

A Path That Calculates
    Wait For Event    orders    $.total + 1 == 100

A Filter That Can Not Be Read
    Wait For Event    orders    $.items[?(@.sku ==)] exists

A Regular Expression That Can Not Be Read
    Wait For Event    orders    status matches (PAID

A Path Alone
    Wait For Event    orders    status

A Cell Too Many
    Wait For Event    orders    status == PAID    PAID

An Empty Cell
    Wait For Event    orders    ${EMPTY}

A Number For A Condition
    Wait For Event    orders    ${42}

A Time That Is None
    Wait For Event    orders    timeout=soon

A Start That Is None
    Wait For Event    orders    since=yesterday

Digits For A Start
    Wait For Event    orders    since=20260131

A Point In Time That Is None
    Wait For Event    orders    since=2026-31-01

A Count That Is None
    Wait For Events    orders    many

A Limit That Is None
    Get Events    orders    limit=few

A Topic Without A Name
    Wait For Event    ${EMPTY}

Neither True Nor False
    No Event Should Arrive    orders    missing_ok=perhaps
