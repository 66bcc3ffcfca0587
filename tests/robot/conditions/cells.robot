*** Settings ***
Documentation    How conditions are written in cells, and how not.

Resource         resources/conditions.resource

Suite Setup      Prepare A Topic Of The Suite


*** Test Cases ***
One Cell, Three Cells, Or A Dictionary
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"a": 1, "c": {"d": 3}, "e": 4}
    VAR    &{fields}    c.d=3    e=${4}
    Wait For Event    ${topic}    a == 1
    Wait For Event    ${topic}    a    ==    1
    Wait For Event    ${topic}    ${fields}

All Of Them Together, In Every Keyword
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"a": 1, "b": 2, "c": {"d": 3}, "e": 4}    key=k
    VAR    &{fields}    c.d=3    e=${4}
    Wait For Event    ${topic}    a == 1    b    >=    ${2}    ${fields}    key == k    z does not exist
    Event Count Should Be    ${topic}    1    a == 1    b    >=    ${2}    ${fields}    within=0.1 s
    No Event Should Arrive    ${topic}    a == 1    b    >=    ${3}    ${fields}    within=0.1 s
    ${events}=    Get Events    ${topic}    ${fields}    b == 2
    Length Should Be    ${events}    1

Two Conditions On One Path Both Count
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"a": 1}
    Publish Event    ${topic}    {"a": 5}
    Publish Event    ${topic}    {"a": 9}
    ${events}=    Event Count Should Be    ${topic}    1    a > 1    a < 9    within=0.1 s
    Event Field Should Be    ${events}[0]    a    5

Exists In Two Cells
    Should Hold    {"a": 1}    a    exists
    Should Hold    {"a": 1}    b    does not exist

Conditions In A List Variable
    VAR    @{conditions}    a == 1    b == 2
    Should Hold    {"a": 1, "b": 2}    @{conditions}
    Should Not Hold    {"a": 1, "b": 3}    @{conditions}

An Equals Sign In What Is Expected
    Should Hold    {"a": "x=y"}    a == x=y
    Should Hold    {"a": "x == y"}    a == x == y
    Should Hold    {"a": "x=y"}    a    ==    x=y

One Equals Sign Is Refused With The Form To Write
    [Template]    Should Be Refused
    ${{ ['orderId == 42', 'timeout', 'since'] }}    orderId=42
    ${{ ['a.b == 42'] }}    a.b=42
    ${{ ['a'] }}    $.a = 42

A Misspelt Argument Is Refused With Its Right Name
    [Template]    Should Be Refused
    ${{ ['timeot', 'timeout'] }}    timeot=3 s
    ${{ ['Timeout', 'timeout'] }}    Timeout=3 s
    ${{ ['sinse', 'since'] }}    sinse=earliest

An Operator Without Its Spaces Is Refused
    [Template]    Should Be Refused
    ${{ ['a >= 1'] }}    a>=1
    ${{ ['a == 1'] }}    a==1
    ${{ ['a != 1'] }}    a!=1
    ${{ ['!=1', '!='] }}    a !=1

An Operator Behind An Operator Is Refused With The One That Was Meant
    [Template]    Should Be Refused
    ${{ ['a == 1'] }}    a == == 1
    ${{ ['a >= 3'] }}    a > = 3
    ${{ ['a not matches PA.D', 'a != "matches PA.D"'] }}    a != matches PA.D
    ${{ ['a not ^= PA'] }}    a != ^= PA
    ${{ ['a contains x'] }}    a contains contains x
    ${{ ['a == PAID'] }}    a    ==    == PAID

An Operator In Double Quotes Is A Text
    Should Hold    {"a": "== 1"}    a == "== 1"
    Should Hold    {"a": "in progress"}    a == in progress

What Another Language Writes Is Refused With What Is Meant
    [Template]    Should Be Refused
    ${{ ['a in x, y'] }}    a in (x, y)
    ${{ ['a matches x'] }}    a matches /x/
    ${{ ['a ^= x'] }}    a like x%
    ${{ ['a >= 1', 'a <= 3', 'in two cells'] }}    a between 1 and 3
    ${{ ['a length == 1'] }}    length(a) == 1
    ${{ ['a in x, y'] }}    a == x or a == y
    ${{ ['a == 9.50', 'a == "9,50"'] }}    a == 9,50

An Operator That Nobody Knows Is Refused With The Nearest
    [Template]    Should Be Refused
    ${{ ['==='] }}    a === 1
    ${{ ['=>', '>='] }}    a => 1
    ${{ ['is'] }}    a is 1
    ${{ ['equals', '=='] }}    a    equals    1
    ${{ ['contain', 'contains'] }}    a contain 1
    ${{ ['exist'] }}    a exist

A Regular Expression That Can Not Be Read Is Refused
    Should Be Refused    ${{ ['(paid'] }}    a matches (paid

A Cell Too Few Or Too Many Is Refused
    [Template]    Should Be Refused
    ${{ ['a'] }}    a
    ${{ ['1'] }}    a == 1    1
    ${{ ['condition'] }}    ${EMPTY}
    ${{ ['42'] }}    ${42}
    ${{ ['None'] }}    ${None}
