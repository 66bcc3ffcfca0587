*** Settings ***
Documentation    Calls whose cells do not fit the keyword's arguments: Robot itself would only count them.

Resource         resources/failing.resource


*** Test Cases ***
A Cell Too Many
    Publish Event    orders    {"orderId": 42}    42

Cells Too Many
    Publish Event    orders    {"orderId": 42}    42    5 s

A Cell Too Many In A List
    VAR    @{cells}    orders    {"orderId": 42}    42
    Publish Event    @{cells}

A Message Without A Name
    Event Field Should Be    ${None}    status    PAID    the order was paid

An Operator In A Check Without One
    Event Field Should Be    ${None}    status    ==    PAID

A Cell For A Keyword Without Arguments
    Disconnect From All Kafka    now

A Cell Too Few
    Publish Event    orders

Only A Named Argument
    Wait For Event    timeout=1 s

A Misspelt Name
    Publish Event    orders    {"orderId": 42}    kye=42

A Misspelt Name Before The Value
    Publish Event    orders    kye=42    {"orderId": 42}

A Misspelt Name After A Named Argument
    Wait For Event    orders    timeout=0.3 s    sicne=earliest

A Misspelt Name In A Dictionary
    VAR    &{named}    sicne=earliest
    Wait For Event    orders    &{named}

A Misspelt Name Of What Is Needed
    Event Field Should Be    event=${None}    pth=status    expected=PAID

A Name That Is Near To None
    Publish Event    orders    {"orderId": 42}    key=42    colour=red

A Condition After A Named Argument
    Wait For Event    orders    timeout=1 s    type == X

A Condition After The Topic By Name
    Wait For Event    topic=orders    orderId == 6

A Condition After All By Name
    Wait For Events    topic=orders    count=2    $.orderId == 5

A Condition With One Sign After A Named Argument
    Wait For Event    orders    timeout=1 s    order.id=5    status=PAID

A Value After A Named Argument
    Publish Event    orders    key=42    {"note": "x=1"}

The Same Argument Twice
    Publish Event    orders    {"orderId": 42}    topic=payments

A Value Of A Property Is Not Shown
    Connect To Kafka    localhost:9092    sasl.password=hunter2    other

A Variable That Is Missing
    Publish Event    ${no such topic}    {"orderId": 42}    42

A Value In The Cell Of The Topic
    Publish Event    orders {"orderId": 42}    key=42

A Path In The Cell Of The Event
    VAR    ${event}    no event
    Event Field Should Be    ${event} status    PAID

A Named Argument In The Cell Of Another
    Create Topic    orders partitions=3
