*** Settings ***
Documentation    What a schema registry does not have, does not take, or can't be asked.

Library          tests.robot.libraries.Registries
Resource         resources/failing.resource

Suite Setup      Connect With The Registry

Test Tags        real-kafka    schema-registry


*** Variables ***
${SCHEMAS}    ${CURDIR}/../formats/schemas
${ORDER}      {"type": "record", "name": "Order", "fields": [{"name": "orderId", "type": "long"}]}


*** Test Cases ***
Nothing Listens There
    ${nowhere}=    Get Closed Address
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=away    schema_registry=http://${nowhere}
    Publish Event    ${TOPIC}    {"orderId": 42}    format=avro
    [Teardown]    Switch Kafka Connection    registry

No Answer
    ${nowhere}=    Get Silent Address
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=silent    schema_registry=http://${nowhere}
    ...    schema_registry_timeout=0.3
    Publish Event    ${TOPIC}    {"orderId": 42}    format=avro
    [Teardown]    Switch Kafka Connection    registry

A Wrong Login
    ${url}=    Start Registry With A Login    ada:right
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=wrong    schema_registry=${url}
    ...    schema_registry_basic_auth_user_info=ada:wrong
    Publish Event    ${TOPIC}    {"orderId": 42}    format=avro
    [Teardown]    Switch Kafka Connection    registry

No Registry
    ${url}=    Start Server That Is No Registry
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=none    schema_registry=${url}
    Publish Event    ${TOPIC}    {"orderId": 42}    format=avro
    [Teardown]    Switch Kafka Connection    registry

A Topic Without A Schema
    ${topic}=    Given A Topic With A Name Of Its Own    Quetzal
    Publish Event    ${topic}    {"orderId": 42}    format=avro
    [Teardown]    Remove The Topic

An Unknown Subject
    Publish Event    ${TOPIC}    {"orderId": 42}    schema=Quetzalcoatlus

An Unknown Version
    Publish Event    ${TOPIC}    {"orderId": 42}    schema=${SUBJECT}:7

An Unknown Id
    Publish Event    ${TOPIC}    {"orderId": 42}    schema=2147483647

A Schema Of Another Kind
    Publish Event    ${TOPIC}    {"orderId": 42}    format=protobuf    schema=${SUBJECT}

A File That Is Not Registered
    Publish Event    ${TOPIC}    {"next": null}    schema=${SCHEMAS}/order.json

A Value That Does Not Fit
    Publish Event    ${TOPIC}    {"orderId": "42", "odrerId": 42}    schema=${SUBJECT}

What Is No Schema
    Register Schema    ${SUBJECT}    {"type": "record", "name": "Order"}

A Schema That Breaks The Rule
    Register Schema    ${SUBJECT}    ${ORDER.replace('orderId', 'number')}

A Wait Among Events That Can't Be Read
    Wait For Event    ${UNREADABLE}    orderId == 42    since=suite start    timeout=0.2 s

No Proof Among Events That Can't Be Read
    No Event Should Arrive    ${UNREADABLE}    orderId == 7    since=suite start    within=0 s

An Event Of Another Kind Than Was Declared
    Set Topic Format    ${UNREADABLE}    value=json-schema
    Wait For Event    ${UNREADABLE}    key == k-1    orderId == 42    since=suite start    timeout=0.2 s


*** Keywords ***
Connect With The Registry
    ${unreadable}=    Given A Topic
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    schema_registry=${SCHEMA_REGISTRY}
    ...    schema_registry_timeout=60
    ${topic}=    Given A Topic    payments
    VAR    ${TOPIC}    ${topic}    scope=SUITE
    VAR    ${SUBJECT}    ${unreadable}-value    scope=SUITE
    VAR    ${UNREADABLE}    ${unreadable}    scope=SUITE
    Have Events That Can't Be Read

Have Events That Can't Be Read
    ${id}=    Register Schema    ${SUBJECT}    ${ORDER}
    Set Topic Format    ${UNREADABLE}    value=avro
    Watch Topics    ${UNREADABLE}
    Publish Event    ${UNREADABLE}    {"orderId": 41}    key=k-1    partition=0
    VAR    ${frame}    ${{ bytes(1) + $id.to_bytes(4, "big") }}
    Another Client Publishes    ${UNREADABLE}    ${frame[:3]}    key=k-2    partition=0
    Another Client Publishes    ${UNREADABLE}    ${{ $frame + b"\xff" * 40 }}    key=k-3    partition=0
    Another Client Publishes    ${UNREADABLE}    ${{ b"\0\x7f\xff\xff\xff\x52" }}    key=k-4    partition=0
    Another Client Publishes    ${UNREADABLE}    {"orderId": 41}    key=k-5    partition=0
