*** Settings ***
Documentation    Assertions on an event that do not hold.

Resource         resources/failing.resource

Suite Setup      Publish An Order


*** Test Cases ***
Another Value
    Event Field Should Be    ${ORDER}    $.status    PAID

Another Number
    Event Field Should Be    ${ORDER}    orderId    43

A Text Instead Of A Number
    Event Field Should Be    ${ORDER}    orderId    "42"

Another Type
    Event Field Should Be    ${ORDER}    orderId    ${42.0}    strict=True

Another Object
    Event Field Should Be    ${ORDER}    customer    {"name": "Grace"}

A Missing Field
    Event Field Should Be    ${ORDER}    custmer.name    Ada

A Missing Field That Should Not Be
    Event Field Should Not Be    ${ORDER}    order_id    42

The Value That Should Not Be
    Event Field Should Not Be    ${ORDER}    status    NEW

A Field That Should Exist
    Event Field Should Exist    ${ORDER}    price

A Field That Should Not Exist
    Event Field Should Not Exist    ${ORDER}    note

A Message Of One's Own
    Event Field Should Be    ${ORDER}    status    PAID    message=The order was not paid.

A Field That Is Asked For And Missing
    Get Event Field    ${ORDER}    order_id

A Check That Fails
    Get Event Field    ${ORDER}    total    >    100

Another Key
    Event Key Should Be    ${ORDER}    43

Another Header
    Event Header Should Be    ${ORDER}    source    app

A Missing Header
    Event Header Should Be    ${ORDER}    sorce    web

Several Conditions
    Event Should Match    ${ORDER}    orderId == 42    status == PAID    price exists    key == 43    tags contains app

Not Like What Is Expected
    Event Should Be Like    ${ORDER}
    ...    {"status": "PAID", "customer": {"Name": "Ada", "id": "#uuid"}, "note": "#string", "orderId": "42"}

Lists That Are Not Alike
    VAR    &{expected}    tags=#contains ["web", "vip"]
    Event Should Be Like    ${ORDER}    ${expected}
    ...    message=The order is not for important people.

A List Of Another Length
    Event Should Be Like    ${ORDER}    {"tags": ["new", "app", "web"]}

Elements That Are Too Many
    VAR    &{expected}    tags=#only new
    Event Should Be Like    ${ORDER}    ${expected}

Types That Are Not Alike
    Event Should Be Like    ${ORDER}    {"orderId": 42.0, "total": 99.5}    strict=True

Long Texts That Differ Late
    VAR    ${long}    ${{ 'a text of many words ' * 20 }}
    ${event}=    Publish Event    ${ORDER.topic}    {"terms": "${long}end"}    partition=1
    Event Should Be Like    ${event}    {"terms": "${long}END"}

An Element That Is Nearly There
    ${event}=    Publish Event    ${ORDER.topic}
    ...    {"items": [{"sku": "P-7", "quantity": 1}, {"sku": "P-8", "quantity": 2}]}    partition=1
    VAR    &{expected}    items=#only [{"sku": "P-8", "quantity": 3}, {"sku": "P-7"}]
    Event Should Be Like    ${event}    ${expected}

Many Differences
    VAR    ${expected}    ${{ {f'field{number}': '#present' for number in range(1000)} }}
    Event Should Be Like    ${ORDER}    ${expected}

No Such Marker
    Event Should Be Like    ${ORDER}    {"customer": {"name": "#srting"}}

A Marker That Can't Be Read
    Event Should Be Like    ${ORDER}    {"customer": {"name": "#regex [A-Z"}}

Nothing That Is Expected
    Event Should Be Like    ${ORDER}    orderId == 42

No Fields
    ${event}=    Publish Event    ${ORDER.topic}    plain text    partition=0
    Event Field Should Be    ${event}    orderId    42

No Fields In A Tombstone
    ${event}=    Publish Tombstone    ${ORDER.topic}    k-1    partition=0
    Event Field Should Be    ${event}    orderId    42

JSON In A Text Is Other Than Expected
    ${topic}=    New Topic    orders
    ${event}=    Publish Event    ${topic}    {"res": "{\\"status\\": 404}"}    key="42"    partition=0
    Event Should Be Like    ${event}    {"res": {"status": 200, "stat": 1}}

A Key Is No Number
    ${topic}=    New Topic    orders
    ${event}=    Publish Event    ${topic}    {"a": 1}    key=42    partition=0
    Event Field Should Be    ${event}    key    ${42}    strict=True

No Event
    Event Field Should Be    no event    orderId    42

No Path
    Event Field Should Be    ${ORDER}    items[    42

A Tombstone Is Like Nothing
    ${event}=    Publish Tombstone    ${ORDER.topic}    k-1    partition=0
    Event Should Be Like    ${event}    {"orderId": 42}

Text Is Like Nothing
    ${event}=    Publish Event    ${ORDER.topic}    plain text    partition=0
    Event Should Be Like    ${event}    {"orderId": 42}

A Comparison That Takes Long
    [Documentation]    Robot's timeout ends the comparison itself.
    [Timeout]    500 ms
    ${event}=    Publish Event    ${ORDER.topic}    x    partition=0    format=own:tests.robot.libraries.slow_format
    Event Should Be Like    ${event}    {"text": "x"}

A Header That There Are Not So Many Of
    Get Event Header    ${ORDER}    source    index=1

A Number Of A Framework
    VAR    &{headers}    kafka_dlt-original-offset=${{ (42).to_bytes(8, 'big') }}    retries=${{ b'\0\0\0\3' }}
    ${letter}=    Publish Event    ${ORDER.topic}    {"orderId": 42}    headers=${headers}    partition=0
    Event Should Match    ${letter}    headers.kafka_dlt-original-offset == 43    headers.retries == 3

A Condition In The Cell Of The Event
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42}    partition=0
    Event Should Match    ${event} orderId == 42

An Expected Text In Single Quotes
    Event Field Should Be    ${ORDER}    status    'NEW'

A Number In Double Quotes
    Event Field Should Be    ${ORDER}    orderId    "42"

A Named Argument In The Cell Of The Expected Value
    Event Field Should Be    ${ORDER}    status    NEW message=Not new

A Field That Is Looked For In The Body
    Get Event Field    ${ORDER}    body.customer.name


*** Keywords ***
Publish An Order
    ${topic}=    Given A Topic
    VAR    &{headers}    source=web
    VAR    ${value}
    ...    {"orderId": 42, "status": "NEW", "total": 99.5, "note": null, "tags": ["new", "web"],
    ...    "customer": {"name": "Ada"}}
    ...    separator=${SPACE}
    ${event}=    Publish Event    ${topic}    ${value}    key=42    headers=${headers}    partition=0
    VAR    ${ORDER}    ${event}    scope=SUITE
