*** Settings ***
Documentation     A test reads the same whatever the bytes look like. These tests know nothing of formats but what the
...               setup declares: by ${FORMAT}, and by the ${SCHEMA} that a registry gets where there is one.
...               They run as JSON by themselves; ../every_format.robot runs them in all the others.

Resource          resources/kafka.resource

Suite Setup       Declare The Format
Suite Teardown    Switch Kafka Connection    default


*** Variables ***
${FORMAT}             json
${SCHEMA}             ${None}
${REGISTRY_OF_RUN}    ${EMPTY}
${JSON_SCHEMA}        ${CURDIR}/../schemas/order.json
${TEMPLATE}           ${CURDIR}/../schemas/order_template.json


*** Test Cases ***
An Order From A Dictionary Is Found
    VAR    &{customer}    name=Ada    city=London
    VAR    &{item}    sku=P-7    quantity=${2}
    VAR    @{items}    ${item}
    VAR    &{order}
    ...    orderId=${42}    status=NEW    total=${99.5}    paid=${True}    note=first    customer=${customer}
    ...    items=${items}    placedAt=2026-05-31T17:03:11.120Z
    Publish Event    ${TOPIC}    ${order}    key=42
    ${event}=    Wait For Event    ${TOPIC}    orderId == 42    key == 42
    Should Be Equal    ${event.value}    ${order}
    Should Be Equal    ${event.key}    42

An Order From JSON Is Found
    VAR    ${order}
    ...    {"orderId": 43, "status": "PAID", "total": 12.50, "paid": true, "note": "",
    ...    "customer": {"name": "Zoë", "city": "Żory"}, "placedAt": "2026-05-31T17:03:11.120Z",
    ...    "items": [{"sku": "P-7", "quantity": 2}, {"sku": "P-9", "quantity": 1}]}
    Publish Event    ${TOPIC}    ${order}    key=43
    ${event}=    Wait For Event    ${TOPIC}    orderId == 43
    Should Be Equal    ${event.value}    ${{ json.loads($order) }}
    Should Be Equal    ${event.value.items[1].sku}    P-9

Conditions Ask For Numbers And Moments
    [Setup]    Publish The Order For Conditions
    [Template]    Order Should Be Found And Not Found
    orderId == 44    orderId != 44
    orderId in 43, 44    orderId in 43, 45
    total == 1250.25    total == 1250.24
    total == 1250.250    total > 1250.25
    total >= 1250.25    total < 1000
    items[-1].quantity < 3    items[2] exists
    placedAt == 2026-05-31T17:03:11.120Z    placedAt > 2026-06
    placedAt == 2026-05-31T19:03:11.12+02:00    placedAt >= 2026-05-31T17:03:11.1200000001Z
    placedAt < 2026-05-31T10:03:12-07:00    placedAt > 2026-05-31T10:03:12-07:00

Conditions Ask For Texts And Enums
    [Setup]    Publish The Order For Conditions
    [Template]    Order Should Be Found And Not Found
    status == SENT    status == NEW
    status in PAID, SENT    status == 2
    note == Straße "7"    note == Straße 7
    note contains aße    note contains ASSE
    note matches ^Stra.e    note ^= traße

Conditions Ask For Parts
    [Setup]    Publish The Order For Conditions
    [Template]    Order Should Be Found And Not Found
    paid == false    paid == true
    customer.name == Ada    customer.name == ada
    customer.phone does not exist    customer.city does not exist
    items[1].sku == P-9    items[0].sku == P-9
    items[*].sku == P-9    items[*].sku == P-1

A Text That Is JSON Has Fields
    ${note}=    Evaluate    json.dumps({"status": "ok", "parts": [{"n": 1.5}, {"n": 47}]})
    FOR    ${id}    IN RANGE    71    91
        Publish Order    ${id}
    END
    Publish Order    ${91}    note=${note}
    Wait For Event    ${TOPIC}    note.status == ok    orderId == 91
    Wait For Event    ${TOPIC}    note.parts[1].n > 46
    Wait For Event    ${TOPIC}    $..n == 1.5
    Wait For Event    ${TOPIC}    note == {"parts": [{"n":1.5}, {"n":47}], "status":"ok"}
    Event Count Should Be    ${TOPIC}    1    note.parts[*].n == 47    within=0.1 s

A Number Of Any Size Is Exact
    Publish Order    ${9007199254740993}
    Wait For Event    ${TOPIC}    orderId == 9007199254740993
    No Event Should Arrive    ${TOPIC}    orderId == 9007199254740992    within=0.1 s
    No Event Should Arrive    ${TOPIC}    orderId > 9007199254740993    within=0.1 s

What Did Not Come Is Proven
    Publish Order    ${45}
    No Event Should Arrive    ${TOPIC}    orderId == 45    status == SENT    within=0.2 s
    Run Keyword And Expect Error    An unexpected event on '${TOPIC}' matched:*
    ...    No Event Should Arrive    ${TOPIC}    orderId == 45    status == NEW    within=5 s

Several Are Waited For And Counted
    FOR    ${index}    IN RANGE    3
        Publish Order    ${46}    note=no. ${index}
    END
    Publish Order    ${47}
    ${events}=    Wait For Events    ${TOPIC}    3    orderId == 46
    ${notes}=    Get Event Fields    ${events}    note
    Should Be Equal    ${{ sorted($notes) }}    ${{ ['no. 0', 'no. 1', 'no. 2'] }}
    Event Count Should Be    ${TOPIC}    3    orderId == 46    within=0.1 s
    Run Keyword And Expect Error    *    Event Count Should Be    ${TOPIC}    2    orderId == 46    within=0.1 s
    Events Should Be Unique    ${events}    note

Fields Are Checked
    Publish Order    ${48}    total=${7}
    ${event}=    Wait For Event    ${TOPIC}    orderId == 48
    Event Field Should Be    ${event}    $.orderId    48
    Event Field Should Be    ${event}    total    7
    Event Field Should Be    ${event}    total    ${7.00}
    Event Field Should Be    ${event}    customer    {"name": "Ada", "city": "London"}
    Event Field Should Not Be    ${event}    status    PAID

Fields Are There Or Missing
    ${event}=    Publish Order    ${58}
    Event Field Should Exist    ${event}    items[0].quantity
    Event Field Should Not Exist    ${event}    items[0].price
    Get Event Field    ${event}    items[0].quantity    >=    2
    Run Keyword And Expect Error    *$.status*was NEW*    Event Field Should Be    ${event}    status    PAID
    Run Keyword And Expect Error
    ...    *$.statsu is missing (there is status)*
    ...    Event Field Should Be
    ...    ${event}
    ...    statsu
    ...    NEW

An Order Is Like Another
    Publish Order    ${49}    total=${15.75}
    ${event}=    Wait For Event    ${TOPIC}    orderId == 49
    Event Should Be Like    ${event}    {"orderId": 49, "customer": {"city": "London"}, "items": [{"sku": "P-7"}, {}]}
    Event Should Be Like    ${event}
    ...    {"orderId": "#number", "total": 15.75, "status": "#regex NEW|PAID", "items": "#[2]", "note": "#string"}
    Run Keyword And Expect Error    *$.customer.city*London*Paris*
    ...    Event Should Be Like    ${event}    {"orderId": 49, "customer": {"city": "Paris"}}

An Order Matches A JSON Schema
    Publish Order    ${50}    total=${15.75}
    ${event}=    Wait For Event    ${TOPIC}    orderId == 50
    Event Should Match Schema    ${event}    ${JSON_SCHEMA}
    Run Keyword And Expect Error    *$.total was 15.75 (number), and should be 100 or more*
    ...    Event Should Match Schema    ${event}    {"properties": {"total": {"minimum": 100}}}

Keys Come From The Values
    ${first}=    Load Event Template    ${TEMPLATE}    orderId=51    customer.name=Ada
    ${second}=    Load Event Template    ${TEMPLATE}    orderId=52    customer.name=Bob
    VAR    @{both}    ${first}    ${second}
    Publish Events    ${TOPIC}    ${both}    key=$.orderId
    Wait For Event    ${TOPIC}    key == 52    customer.name == Bob
    Publish Events    ${TOPIC}    ${both}    key=customer.name
    Wait For Event    ${TOPIC}    key == Ada    orderId == 51
    Run Keyword And Expect Error    Value 1 has no field at $.id, so it gets no key.*
    ...    Publish Events    ${TOPIC}    ${both}    key=$.id

The Nearest Are Shown
    Publish Order    ${53}    key=k-53
    Publish Order    ${54}    key=k-54    status=PAID    total=${8.25}
    ${message}=    Run Keyword And Expect Error    *
    ...    Wait For Event    ${TOPIC}    orderId == 54    status == SENT    total == 8.5    timeout=0.2 s
    Should Contain    ${message}    No event on '${TOPIC}' matched within 0.2 seconds:
    Should Match Regexp    ${message}    key k-54 +\\$.status was PAID, \\$.total was 8.25
    Should Contain    ${message}    $.orderId was 53, $.status was NEW, $.total was 99.5

Tombstones Have No Value
    Publish Tombstone    ${TOPIC}    gone
    ${event}=    Wait For Event    ${TOPIC}    key == gone
    Should Be True    ${event.is_tombstone}
    No Event Should Arrive    ${TOPIC}    key == gone    orderId exists    within=0.1 s

Saved Events Are Published Again
    Publish Order    ${55}    key=k-55
    Save Events    ${TOPIC}    ${OUTPUT_DIR}/${FORMAT}.jsonl    orderId == 55
    Publish Events From File    ${TOPIC}    ${OUTPUT_DIR}/${FORMAT}.jsonl
    ${events}=    Wait For Events    ${TOPIC}    2    orderId == 55    key == k-55
    Should Be Equal    ${events[0].value}    ${events[1].value}

Values Come From A File
    ${order}=    Load Event Template    ${TEMPLATE}    orderId=56
    ${lines}=    Evaluate    json.dumps($order) + "\\n" + json.dumps({**$order, "orderId": 57})
    Evaluate    pathlib.Path($OUTPUT_DIR, "orders.jsonl").write_text($lines)
    Publish Events From File    ${TOPIC}    ${OUTPUT_DIR}/orders.jsonl    key=orderId
    Wait For Event    ${TOPIC}    key == 57    orderId == 57


*** Keywords ***
Declare The Format
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=formats    timeout=5 s    schema_registry=${REGISTRY_OF_RUN}
    ...    schema_registry_timeout=60
    ${topic}=    New Topic    orders
    VAR    ${TOPIC}    ${topic}    scope=SUITE
    IF    $REGISTRY_OF_RUN and $FORMAT != 'json'
        Register Schema    ${TOPIC}-value    ${SCHEMA}
        Set Topic Format    ${TOPIC}    value=${FORMAT}    key=text
    ELSE IF    $FORMAT == 'json'
        Set Topic Format    ${TOPIC}    value=json    key=text
    ELSE
        Set Topic Format    ${TOPIC}    value=${FORMAT}    key=text    schema=${SCHEMA}
    END
    Watch Topics    ${TOPIC}

Publish The Order For Conditions
    Publish Order    ${44}    status=SENT    total=${1250.25}    note=Straße "7"    items[1].sku=P-9

Publish Order
    [Documentation]    That of the template, with its id and other ``fields``.
    [Arguments]    ${id}    ${key}=${None}    &{fields}
    ${order}=    Load Event Template    ${TEMPLATE}    orderId=${id}    &{fields}
    ${event}=    Publish Event    ${TOPIC}    ${order}    key=${key}
    RETURN    ${event}

Order Should Be Found And Not Found
    [Documentation]    By the first condition it is found, by the second it is proven not to be there.
    [Arguments]    ${condition}    ${other}
    Wait For Event    ${TOPIC}    orderId == 44    ${condition}    timeout=2 s
    ${event}=    Wait For Event    ${TOPIC}    orderId == 44
    Run Keyword And Expect Error    *did not match*    Event Should Match    ${event}    ${other}
    No Event Should Arrive    ${TOPIC}    status == SENT    ${other}    within=0 s
