*** Settings ***
Documentation    What the keywords on one field of an event say.

Resource         resources/kafka.resource

Suite Setup      Publish An Order


*** Test Cases ***
A Number
    Event Field Should Be    ${ORDER}    $.orderId    42
    Event Field Should Be    ${ORDER}    orderId    ${42}
    Event Field Should Be    ${ORDER}    orderId    42.0

A Field Of Another Type, Or Deeper
    Event Field Should Be    ${ORDER}    customer.name    Ada
    Event Field Should Be    ${ORDER}    items[1].sku    P-8
    Event Field Should Be    ${ORDER}    express    False
    Event Field Should Be    ${ORDER}    note    null
    Event Field Should Be    ${ORDER}    note    ${None}
    Event Field Should Be    ${ORDER}    tags    ["new", "web"]
    Event Field Should Be    ${ORDER}    customer    ${{ {'name': 'Ada', 'id': 'c-7'} }}
    Event Field Should Be    ${ORDER}    empty    ${EMPTY}

A Part Of The Event Itself
    Event Field Should Be    ${ORDER}    key    k-42
    Event Field Should Be    ${ORDER}    headers.source    web
    Event Field Should Be    ${ORDER}    partition    0

A Field Is Not As Expected
    [Template]    Run Keyword And Expect Error
    *$.orderId*43*42*    Event Field Should Be    ${ORDER}    orderId    43
    *$.orderId*    Event Field Should Be    ${ORDER}    orderId    "42"
    *$.customer.name*ada*Ada*    Event Field Should Be    ${ORDER}    customer.name    ada
    *$.note*    Event Field Should Be    ${ORDER}    note    ${EMPTY}
    *$.customer*    Event Field Should Be    ${ORDER}    customer    {"name": "Ada"}
    *key*    Event Field Should Be    ${ORDER}    key    k-43

Types Count When Asked For
    Event Field Should Be    ${ORDER}    orderId    ${42}    strict=True
    Event Field Should Be    ${ORDER}    customer.id    "c-7"    strict=True
    Run Keyword And Expect Error    *$.orderId*    Event Field Should Be    ${ORDER}    orderId    42.0    strict=True
    Event Field Should Not Be    ${ORDER}    orderId    "42"    strict=True

A Field Is Not What It Should Not Be
    Event Field Should Not Be    ${ORDER}    orderId    43
    Event Field Should Not Be    ${ORDER}    note    0
    Run Keyword And Expect Error    *$.orderId*42*    Event Field Should Not Be    ${ORDER}    orderId    42

A Missing Field Is Told With The Nearest Names
    [Template]    Run Keyword And Expect Error
    *order_id*orderId*    Event Field Should Be    ${ORDER}    order_id    42
    *order_id*orderId*    Event Field Should Not Be    ${ORDER}    order_id    42
    *nmae*name*    Event Field Should Exist    ${ORDER}    customer.nmae
    *order_id*orderId*    Get Event Field    ${ORDER}    order_id

A Field Exists
    Event Field Should Exist    ${ORDER}    orderId
    Event Field Should Exist    ${ORDER}    note
    Event Field Should Exist    ${ORDER}    items[1]
    Run Keyword And Expect Error    *$.items*7*    Event Field Should Exist    ${ORDER}    items[7]

A Field Does Not Exist
    Event Field Should Not Exist    ${ORDER}    price
    Event Field Should Not Exist    ${ORDER}    items[7]
    Run Keyword And Expect Error    *$.note*    Event Field Should Not Exist    ${ORDER}    note

A Message Of One's Own Comes First
    Run Keyword And Expect Error    The order is wrong*$.orderId*
    ...    Event Field Should Be    ${ORDER}    orderId    43    message=The order is wrong
    Run Keyword And Expect Error    Too early*
    ...    Event Field Should Not Exist    ${ORDER}    note    message=Too early

The Event Is Named By Its Place
    [Template]    Run Keyword And Expect Error
    *${ORDER.topic}\[[]0]@0*    Event Field Should Be    ${ORDER}    orderId    43
    *${ORDER.topic}\[[]0]@0*    Event Field Should Exist    ${ORDER}    price

A Value That Is Not JSON Has No Fields
    ${event}=    Publish Event    ${ORDER.topic}    plain text
    Run Keyword And Expect Error    *JSON*    Event Field Should Be    ${event}    orderId    42
    Run Keyword And Expect Error    *JSON*    Event Field Should Not Exist    ${event}    orderId
    Run Keyword And Expect Error    *JSON*    Get Event Field    ${event}    orderId
    ${tombstone}=    Publish Tombstone    ${ORDER.topic}    k
    Run Keyword And Expect Error    *tombstone*    Event Field Should Be    ${tombstone}    orderId    42

What Is No Event Is Refused
    [Template]    Run Keyword And Expect Error
    *event*    Event Field Should Be    no event    orderId    42
    *event*    Event Field Should Be    ${None}    orderId    42
    *event*    Event Key Should Be    ${42}    k
    *event*    Event Should Match    ${{ [] }}    orderId == 42

What Is No Path Is Refused
    [Template]    Run Keyword And Expect Error
    *items[[]*    Event Field Should Be    ${ORDER}    items[    42
    *orderId*    Event Field Should Be    ${ORDER}    orderId == 42    42
    *    Event Field Should Be    ${ORDER}    ${EMPTY}    42


*** Keywords ***
Publish An Order
    ${topic}=    New Topic
    VAR    ${value}
    ...    {"orderId": 42, "express": false, "note": null, "empty": "", "tags": ["new", "web"],
    ...    "customer": {"name": "Ada", "id": "c-7"}, "items": [{"sku": "P-7"}, {"sku": "P-8"}]}
    ...    separator=${SPACE}
    VAR    &{headers}    source=web
    ${event}=    Publish Event    ${topic}    ${value}    key=k-42    headers=${headers}    partition=0
    VAR    ${ORDER}    ${event}    scope=SUITE
