*** Settings ***
Documentation    CloudEvents in both modes, their attributes in headers or all of them in JSON, with data of every
...              format. A value is the whole event: attributes and data are fields of it.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Variables ***
${SCHEMAS}       ${CURDIR}/schemas
&{ATTRIBUTES}    type=order.placed    source=/shop    id=e-1    subject=orders/42
...              time=2026-05-31T17:03:11.120Z    tenant=eu
@{HEADERS}       ${{ ("ce_specversion", b"1.0") }}    ${{ ("ce_type", b"order.placed") }}
...              ${{ ("ce_source", b"/shop") }}    ${{ ("ce_id", b"e-1") }}
...              ${{ ("content-type", b"application/json") }}
&{STRUCTURED}    content-type=application/cloudevents+json; charset=UTF-8
${ENVELOPE}      {"specversion": "1.0", "type": "order.placed", "source": "/shop", "id": "e-1",
...              "datacontenttype": "application/json", "data": {"orderId": 42, "total": 99.5}}


*** Test Cases ***
Data Of Each Format Go Out And Come Back In Both Modes
    [Template]    Data Should Go Both Ways
    cloudevents    {"orderId": 42, "total": 99.5}
    cloudevents    plain text
    cloudevents:json    {"orderId": 42, "total": 99.5}
    cloudevents:text    plain text
    cloudevents:long    ${42}
    cloudevents:uuid    123e4567-e89b-12d3-a456-426614174000
    cloudevents-structured    {"orderId": 42, "total": 99.5}
    cloudevents-structured    plain text
    cloudevents-structured:text    plain text
    cloudevents-structured:long    ${42}

Data By A Schema Go Out And Come Back In Both Modes
    [Template]    Order Should Go Both Ways
    cloudevents:avro    order.avsc
    cloudevents-structured:avro    order.avsc
    cloudevents:protobuf    order.proto
    cloudevents-structured:protobuf    order.proto
    cloudevents:json-schema    order.json
    cloudevents-structured:json-schema    order.json

Data By A Registry Go Out And Come Back
    [Tags]    real-kafka    schema-registry
    [Setup]    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    schema_registry=${SCHEMA_REGISTRY}
    ...    schema_registry_timeout=60
    [Template]    Registered Order Should Go Both Ways
    cloudevents:avro    order.avsc
    cloudevents-structured:avro    order.avsc
    cloudevents:protobuf    order.proto
    cloudevents-structured:protobuf    order.proto
    cloudevents:json-schema    order.json
    [Teardown]    Switch Kafka Connection    default

Binary Mode Has Attributes In Headers And Data In The Value
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${{ {**$ATTRIBUTES, "data": {"orderId": 42}} }}    format=cloudevents
    @{raw}=    Another Client Reads    ${topic}
    Should Be Equal    ${{ json.loads($raw[0].value) }}    ${{ {"orderId": 42} }}
    ${headers}=    Evaluate    {name: value.decode() for name, value in $raw[0].headers}
    ${expected}=    Evaluate    {f"ce_{name}": value for name, value in $ATTRIBUTES.items()}
    Set To Dictionary    ${expected}    ce_specversion=1.0    content-type=application/json
    Should Be Equal    ${headers}    ${expected}

Structured Mode Has Everything In The Value
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${{ {**$ATTRIBUTES, "data": {"orderId": 42}} }}    format=cloudevents-structured
    @{raw}=    Another Client Reads    ${topic}
    Should Be Equal    ${raw[0].headers}    ${{ [("content-type", b"application/cloudevents+json; charset=UTF-8")] }}
    VAR    &{expected}    &{ATTRIBUTES}    specversion=1.0    datacontenttype=application/json
    ...    data=${{ {"orderId": 42} }}
    Should Be Equal    ${{ json.loads($raw[0].value) }}    ${expected}

Events Of Others Are Known By Their Headers
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42, "total": 99.5}    headers=${HEADERS}    key=binary
    Another Client Publishes    ${topic}    ${ENVELOPE}    headers=${{ dict($STRUCTURED) }}    key=structured
    ${events}=    Wait For Events    ${topic}    2    type == order.placed    source == /shop    data.total == 99.5
    Should Be Equal    ${{ sorted(event.key for event in $events) }}    ${{ ["binary", "structured"] }}
    Should Be Equal    ${events[0].value}    ${events[1].value}
    Event Should Be Like    ${events[0]}
    ...    {"id": "e-1", "specversion": "1.0", "datacontenttype": "application/json", "data": {"orderId": "#number"}}
    No Event Should Arrive    ${topic}    data.orderId == 43    within=0.1 s

Headers Stay Headers
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    headers=${HEADERS}
    ${event}=    Wait For Event    ${topic}    headers.ce_type == order.placed
    Event Header Should Be    ${event}    ce_source    /shop

An Event Without Data Is No Tombstone To Conditions
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    ${None}    headers=${HEADERS}    key=k-1
    Wait For Event    ${topic}    key == k-1    type == order.placed    data does not exist
    Publish Event    ${topic}    ${ATTRIBUTES}    format=cloudevents
    Wait For Event    ${topic}    type == order.placed    tenant == eu    data does not exist

What Was Left Out Is Filled In
    ${topic}=    New Watched Topic
    ${event}=    Publish Event
    ...    ${topic}
    ...    {"type": "order.placed", "source": "/shop", "data": 1}
    ...    format=cloudevents
    Event Should Be Like    ${event}    {"specversion": "1.0", "id": "#uuid", "data": 1}

What Is No CloudEvent Is No Obstacle To A Wait
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=cloudevents
    Another Client Publishes    ${topic}    {"orderId": 42}
    Another Client Publishes    ${topic}    {"orderId": 42}    headers=${HEADERS[:2]}
    Another Client Publishes    ${topic}    {"orderId": 42}    headers=${HEADERS}
    Wait For Event    ${topic}    data.orderId == 42
    Run Keyword And Expect Error    *could not be judged*
    ...    No Event Should Arrive    ${topic}    data.orderId == 43    within=0.1 s

Without A Declaration It Is What It Else Is
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    headers=${HEADERS[:2]}
    Wait For Event    ${topic}    orderId == 42

Attributes That Can't Be Are Named All At Once
    ${topic}=    New Watched Topic
    ${message}=    Run Keyword And Expect Error    The CloudEvent can't be published:*
    ...    Publish Event    ${topic}    {"Type": "x", "time": "yesterday", "trace-id": "1"}    format=cloudevents
    Should Contain    ${message}    `type` is missing; there is `Type`.
    Should Contain    ${message}    `source` is missing.
    Should Contain    ${message}    `Type` can't name an attribute
    Should Contain    ${message}    `time` must be a time with its zone
    Should Contain    ${message}    `trace-id` can't name an attribute
    Event Count Should Be    ${topic}    0    within=0.1 s    missing_ok=True


*** Keywords ***
Data Should Go Both Ways
    [Arguments]    ${format}    ${data}
    ${topic}=    New Watched Topic
    ${data}=    Evaluate    json.loads($data) if str($data).startswith("{") else $data
    Publish Event    ${topic}    ${{ {**$ATTRIBUTES, "data": $data} }}    format=${format}
    ${event}=    Wait For Event
    ...    ${topic}
    ...    type == order.placed
    ...    source == /shop
    ...    tenant == eu
    ...    format=${format}
    Should Be Equal    ${event.value.data}    ${data}
    Should Be Equal    ${event.value.time}    2026-05-31T17:03:11.120Z
    Set Topic Format    ${topic}    value=${format}
    Wait For Event    ${topic}    data    ==    ${data}
    No Event Should Arrive    ${topic}    data == other    within=0 s

Order Should Go Both Ways
    [Arguments]    ${format}    ${file}
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=${format}    schema=${SCHEMAS}/${file}
    ${order}=    Load Event Template    ${SCHEMAS}/order_template.json    orderId=42
    Publish Event    ${topic}    ${{ {**$ATTRIBUTES, "data": $order} }}
    ${event}=    Wait For Event    ${topic}    type == order.placed    data.orderId == 42    data.items[0].sku == P-7
    Should Be Equal    ${event.value.data}    ${order}
    No Event Should Arrive    ${topic}    data.status == PAID    within=0 s
    Run Keyword And Expect Error    The value does not fit the schema 'order.*'*$*status was LOST*
    ...    Publish Event    ${topic}    ${{ {**$ATTRIBUTES, "data": {**$order, "status": "LOST"}} }}

Registered Order Should Go Both Ways
    [Arguments]    ${format}    ${file}
    ${topic}=    New Watched Topic
    Register Schema    ${topic}-value    ${SCHEMAS}/${file}
    Set Topic Format    ${topic}    value=${format}
    ${order}=    Load Event Template    ${SCHEMAS}/order_template.json    orderId=42
    Publish Event    ${topic}    ${{ {**$ATTRIBUTES, "data": $order} }}
    ${event}=    Wait For Event    ${topic}    type == order.placed    data.orderId == 42    data.status == NEW
    Should Be Equal    ${event.value.data}    ${order}
    # Another topic's name for the same, so that nothing is declared: each event tells.
    ${other}=    New Watched Topic
    Publish Event    ${other}    ${event.raw_value}    headers=${event.headers}
    Wait For Event    ${other}    type == order.placed    data.orderId == 42    data.status == NEW
