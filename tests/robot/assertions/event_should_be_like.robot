*** Settings ***
Documentation    Event Should Be Like compares the value of an event with an expected one, as far as that goes.

Resource         resources/kafka.resource

Suite Setup      Publish An Order


*** Variables ***
${VALUE}    {"orderId": 42, "id": "0b2e3b1c-6c1b-4a53-9d0b-6f4f3c2a1d10", "status": "NEW", "total": 99.50,
...         "note": null, "tags": ["new", "web"], "placedAt": "2026-05-31T17:03:11.120Z",
...         "customer": {"name": "Ada", "email": "ada@example.org"},
...         "items": [{"sku": "P-7", "quantity": 1}, {"sku": "P-8", "quantity": 2}]}


*** Test Cases ***
The Value Is Like Itself
    Event Should Be Like    ${ORDER}    ${VALUE}
    Event Should Be Like    ${ORDER}    ${ORDER.value}
    Event Should Be Like    ${ORDER}    ${VALUE}    strict=True

Only What Is Named Is Compared
    Event Should Be Like    ${ORDER}    {"status": "NEW", "customer": {"name": "Ada"}}
    Event Should Be Like    ${ORDER}    {"items": [{"sku": "P-7"}, {"quantity": 2}]}

What Names Nothing Is Refused
    Run Keyword And Expect Error    The expected value names no field*    Event Should Be Like    ${ORDER}    {}
    Run Keyword And Expect Error    The expected value names no field*    Event Should Be Like    ${ORDER}    ${{ {} }}
    Event Should Be Like    ${ORDER}    \#object

A Dictionary And A List May Be Given
    VAR    &{customer}    name=Ada
    VAR    &{expected}    orderId=${42}    customer=${customer}    tags=#only ["web", "new"]    note=${None}
    Event Should Be Like    ${ORDER}    ${expected}
    ${event}=    Publish Event    ${ORDER.topic}    ["a", {"b": 1}]
    VAR    &{second}    b=\#number
    VAR    @{expected}    a    ${second}
    Event Should Be Like    ${event}    ${expected}

Numbers Are Compared By Value Unless Asked Strictly
    Event Should Be Like    ${ORDER}    {"orderId": 42.0, "total": 99.5}
    Run Keyword And Expect Error    *with types compared:*$.orderId\n*was 42 (number), expected 42.0*
    ...    Event Should Be Like    ${ORDER}    {"orderId": 42.0}    strict=True
    Run Keyword And Expect Error    *$.orderId\n*was 42 (number), expected "42"*
    ...    Event Should Be Like    ${ORDER}    {"orderId": "42"}

Markers Stand For What Changes
    Event Should Be Like    ${ORDER}    {"id": "#uuid", "orderId": "#number", "status": "#string", "note": "#null"}
    Event Should Be Like    ${ORDER}    {"placedAt": "#datetime", "customer": "#object", "tags": "#array"}
    Event Should Be Like    ${ORDER}    {"total": "#notnull", "price": "#notpresent", "note": "#present"}
    Event Should Be Like    ${ORDER}    {"voucher": "##string", "note": "##string", "total": "#ignore"}
    Event Should Be Like    ${ORDER}    {"items": [{"sku": "#regex P-[0-9]+"}, "#ignore"]}

Markers Stand For Lists
    Event Should Be Like    ${ORDER}    {"tags": "#[2] #string", "items": "#[]"}
    Event Should Be Like    ${ORDER}    {"tags": "#contains web"}
    Event Should Be Like    ${ORDER}    {"items": "#[] {\\"sku\\": \\"#string\\", \\"quantity\\": \\"#number\\"}"}
    Event Should Be Like    ${ORDER}    {"items": "#contains {\\"sku\\": \\"P-8\\"}"}
    Event Should Be Like    ${ORDER}    {"tags": "#only [\\"web\\", \\"new\\"]"}

A Marker Stands Alone In A Cell
    Event Should Be Like    ${ORDER}    \#object
    ${event}=    Publish Event    ${ORDER.topic}    "0b2e3b1c-6c1b-4a53-9d0b-6f4f3c2a1d10"
    Event Should Be Like    ${event}    \#uuid

A Text That Begins With The Sign Of Markers
    ${event}=    Publish Event    ${ORDER.topic}    {"color": "#FF00AA"}
    Event Should Be Like    ${event}    {"color": "#equals #FF00AA"}
    Run Keyword And Expect Error    *no marker `#FF00AA`*$.color*`#equals #FF00AA`*
    ...    Event Should Be Like    ${event}    {"color": "#FF00AA"}

Long Numbers Are Compared Exactly
    ${event}=    Publish Event    ${ORDER.topic}    {"id": 12345678901234567890123, "rate": 0.10000000000000000001}
    Event Should Be Like    ${event}    {"id": 12345678901234567890123, "rate": 0.10000000000000000001}
    Run Keyword And Expect Error    *in 2 places*$.id*$.rate*
    ...    Event Should Be Like    ${event}    {"id": 12345678901234567890124, "rate": 0.1}

All Differences Are Told At Once
    ${message}=    Run Keyword And Expect Error    *
    ...    Event Should Be Like    ${ORDER}
    ...    {"status": "PAID", "customer": {"Name": "Ada"}, "items": "#[3]", "orderId": 42}
    Should Contain    ${message}    in 3 places
    Should Contain    ${message}    was NEW (text), expected PAID
    Should Contain    ${message}    is missing (there is name), expected Ada
    Should Contain    ${message}    has 2 elements, expected \#[3]
    Should Not Contain    ${message}    $.orderId

A Message Of One's Own Comes First
    Run Keyword And Expect Error    Not the order\nEvent*
    ...    Event Should Be Like    ${ORDER}    {"orderId": 43}    message=Not the order

A Tombstone Is Like Nothing
    ${event}=    Publish Tombstone    ${ORDER.topic}    k-1
    Run Keyword And Expect Error    *it is a tombstone*    Event Should Be Like    ${event}    \#ignore

A Value That Is Not JSON Is Like Nothing
    ${event}=    Publish Event    ${ORDER.topic}    plain text
    Run Keyword And Expect Error    *the value is not JSON*    Event Should Be Like    ${event}    \#string

What Can't Be Read Is Refused
    Run Keyword And Expect Error
    ...    The expected value is not JSON*
    ...    Event Should Be Like
    ...    ${ORDER}
    ...    orderId == 42
    Run Keyword And Expect Error    *not NoneType*    Event Should Be Like    ${ORDER}    ${None}
    Run Keyword And Expect Error    *$.orderId*'#number'*    Event Should Be Like    ${ORDER}    {"orderId": "#nubmer"}
    Run Keyword And Expect Error    Expected an event*    Event Should Be Like    no event    {"orderId": 42}


*** Keywords ***
Publish An Order
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    ${VALUE}    key=42
    VAR    ${ORDER}    ${event}    scope=SUITE
