*** Settings ***
Documentation     Avro goes both ways between the library and Java: every type, in values and in keys.

Library           OperatingSystem
Resource          resources/java.resource

Suite Setup       Prepare Everything
Suite Teardown    Switch Kafka Connection    default


*** Variables ***
# The same event: in Avro's own JSON encoding, as Java takes it, and as a test sees it.
${OF_JAVA}      {"truth": true, "whole": -2147483648, "long": 9223372036854775807, "single": 0.1, "twofold": 0.1,
...             "text": "Żółw 🐢", "raw": "\\u0000\\u00FF", "four": "\\u0001\\u0002\\u0003\\u0004", "status": "PAID",
...             "amount": "\\u0001\\u00E2\\u0040", "fixedAmount": "\\u00FF\\u00FF\\u00FF\\u00FF\\u00FF\\u009C",
...             "day": 20604, "clock": 61391120, "fineClock": 61391120001,
...             "moment": 1780246991120, "fineMoment": 1780246991120001, "localMoment": 1780246991120,
...             "id": "123e4567-e89b-12d3-a456-426614174000", "maybe": {"string": "here"},
...             "either": {"shop.Status": "NEW"}, "tags": ["a", ""], "counts": {"x": 1},
...             "billing": {"city": "London", "street": null},
...             "delivery": {"shop.Address": {"city": "Paris", "street": {"string": "Rue 1"}}}, "currency": "PLN"}
${OF_A_TEST}    {"truth": true, "whole": -2147483648, "long": 9223372036854775807, "single": 0.1, "twofold": 0.1,
...             "text": "Żółw 🐢", "raw": "AP8=", "four": "AQIDBA==", "status": "PAID",
...             "amount": 12.3456, "fixedAmount": -1.00,
...             "day": "2026-05-31", "clock": "17:03:11.120", "fineClock": "17:03:11.120001",
...             "moment": "2026-05-31T17:03:11.120Z", "fineMoment": "2026-05-31T17:03:11.120001Z",
...             "localMoment": "2026-05-31T17:03:11.120",
...             "id": "123e4567-e89b-12d3-a456-426614174000", "maybe": "here",
...             "either": "NEW", "tags": ["a", ""], "counts": {"x": 1},
...             "billing": {"city": "London", "street": null},
...             "delivery": {"city": "Paris", "street": "Rue 1"}, "currency": "PLN"}


*** Test Cases ***
Every Type Comes From Java
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    avro    ${OF_JAVA}    schema=${SCHEMA}
    ${event}=    Wait For Event    ${topic}    long == 9223372036854775807
    ${expected}=    Evaluate    json.loads($OF_A_TEST)
    FOR    ${name}    ${value}    IN    &{expected}
        Event Field Should Be    ${event}    ${name}    ${value}
    END
    Should Be Equal    ${{ list($event.value) }}    ${{ list($expected) }}

Every Type Goes To Java
    ${topic}=    New Topic With The Schema    ${SCHEMA}
    # Java writes a float of 32 bits with the digits of its 64.
    VAR    ${expected}    ${{ {**json.loads($OF_JAVA), "single": 0.10000000149011612} }}
    ${event}=    Publish Event    ${topic}    ${OF_A_TEST}
    Java Should Read    ${event}    avro    ${expected}
    ${event}=    Publish Event    ${topic}    ${{ json.loads($OF_A_TEST) }}
    Java Should Read    ${event}    avro    ${expected}

Conditions Ask For Numbers And Bytes
    [Setup]    Java Writes Everything
    [Template]    Condition Should Hold And Not Hold
    truth == true    truth == false
    long == 9223372036854775807    long == 9223372036854775806
    single == 0.1    single == 0.10000000149
    amount == 12.3456    amount == 12.345
    amount > 12.34559    amount > 12.3456
    fixedAmount == -1    fixedAmount == 1
    raw == AP8=    raw == ff
    either == NEW    either == PAID

Conditions Ask For Moments
    [Setup]    Java Writes Everything
    [Template]    Condition Should Hold And Not Hold
    day == 2026-05-31    day == 2026-06-01
    clock == 17:03:11.120    clock > 18
    moment == 2026-05-31T17:03:11.120Z    moment < 2026-05-31T17:03:11.120Z
    fineMoment >= 2026-05-31T17:03:11.120001Z    fineMoment > 2026-05-31T17:03:11.120001Z

Conditions Ask For Texts And Parts
    [Setup]    Java Writes Everything
    [Template]    Condition Should Hold And Not Hold
    id == 123e4567-e89b-12d3-a456-426614174000    id == 0
    tags contains a    tags contains b
    tags[1] ==    tags[0] ==
    counts.x == 1    counts.y exists
    delivery.street == Rue 1    delivery.street == null
    billing.street == null    billing.street does not exist

Unions Have Each Of Their Values
    ${topic}=    New Topic With The Schema    ${UNIONS}
    FOR    ${value}    ${encoded}    IN
    ...    ${None}    null
    ...    ${42}    {"long": 42}
    ...    ${1.5}    {"double": 1.5}
    ...    forty-two    {"string": "forty-two"}
    ...    ${{ [1, None] }}    {"array": [{"long": 1}, null]}
    ...    ${{ {"b": 2} }}    {"shop.B": {"b": 2}}
        ${event}=    Publish Event    ${topic}    ${{ {"either": $value} }}
        Java Should Read    ${event}    avro    ${{ {"either": json.loads($encoded)} }}
        ${place}=    Java Writes    ${topic}    avro    {"either": ${encoded}}    schema=${UNIONS}
        ${events}=    Get Events    ${topic}    offset == ${place}[offset]    partition == ${place}[partition]
        Should Be Equal    ${events[0].value}[either]    ${value}
    END

Defaults Are Filled In
    ${topic}=    New Topic With The Schema    ${SCHEMA}
    ${value}=    Evaluate    {**json.loads($OF_A_TEST), "billing": {"city": "Oslo"}}
    Remove From Dictionary    ${value}    currency
    ${event}=    Publish Event    ${topic}    ${value}
    ${read}=    Java Reads    ${topic}    avro    ${event.partition}    ${event.offset}
    Should Be Equal    ${read}[value][currency]    EUR
    Should Be Equal    ${read}[value][billing]    ${{ {"city": "Oslo", "street": None} }}
    Event Field Should Be    ${event}    currency    EUR

Values That Are No Records
    FOR    ${schema}    ${encoded}    ${value}    IN
    ...    "string"    "text"    text
    ...    "long"    42    ${42}
    ...    {"type": "array", "items": "int"}    [1, 2]    ${{ [1, 2] }}
        ${topic}=    New Topic With The Schema    ${schema}
        Java Writes    ${topic}    avro    ${encoded}    schema=${schema}
        ${event}=    Wait For Event    ${topic}
        Should Be Equal    ${event.value}    ${value}
        ${event}=    Publish Event    ${topic}    ${value}
        Java Should Read    ${event}    avro    ${value}    schema=${schema}
    END

Keys Are Avro Too
    ${topic}=    Java Writes A Key    {"shop": "S-1", "id": 1}
    Wait For Event    ${topic}    key.shop == S-1    key.id == 1    value == plain
    Set Topic Format    ${topic}    value=text    key=avro
    VAR    &{key}    shop=S-2    id=${2}
    ${event}=    Publish Event    ${topic}    plain    key=${key}
    Wait For Event    ${topic}    key.id == 2    timeout=1 s
    ${read}=    Java Reads    ${topic}    text    ${event.partition}    ${event.offset}    keyFormat=avro
    Should Be Equal    ${read}[key]    ${key}
    Publish Tombstone    ${topic}    ${key}
    Wait For Events    ${topic}    2    key.shop == S-2

A Newer Version Is Read Beside The Older
    ${topic}=    New Watched Topic
    VAR    ${id}    {"name": "id", "type": "int"}
    VAR    ${by}    {"name": "by", "type": "string", "default": "?"}
    VAR    ${note}    {"type": "record", "name": "Note", "fields": [${id}
    Java Writes    ${topic}    avro    {"id": 1}    schema=${note}]}
    Wait For Event    ${topic}    id == 1    by does not exist
    Java Writes    ${topic}    avro    {"id": 2, "by": "Ada"}    schema=${note}, ${by}]}
    Wait For Event    ${topic}    id == 2    by == Ada
    ${events}=    Wait For Events    ${topic}    2    id exists
    Should Be Equal    ${{ [dict(event.value) for event in $events if 'by' not in event.value] }}    ${{ [{"id": 1}] }}


*** Keywords ***
Java Writes A Key
    [Arguments]    ${key}
    ${topic}=    New Watched Topic
    VAR    ${shop}    {"name": "shop", "type": "string"}
    VAR    ${id}    {"name": "id", "type": "int"}
    VAR    ${key_schema}    {"type": "record", "name": "Key", "fields": [${shop}, ${id}]}
    Java Writes    ${topic}    text    "plain"    key=${key}    keyFormat=avro    keySchema=${key_schema}
    RETURN    ${topic}

Prepare Everything
    Meet Java
    ${schema}=    Get File    ${CURDIR}/../schemas/everything.avsc
    VAR    ${SCHEMA}    ${schema}    scope=SUITE
    VAR    ${unions}
    ...    {"type": "record", "name": "U", "namespace": "shop", "fields": [{"name": "either", "type":
    ...    ["null", "long", "double", "string", {"type": "array", "items": ["null", "long"]},
    ...    {"type": "record", "name": "A", "fields": [{"name": "a", "type": "int"}]},
    ...    {"type": "record", "name": "B", "fields": [{"name": "b", "type": "int"}]}]}]}
    VAR    ${UNIONS}    ${unions}    scope=SUITE

Java Writes Everything
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    avro    ${OF_JAVA}    schema=${SCHEMA}
    VAR    ${TOPIC}    ${topic}    scope=TEST    # robocop: off=VAR06

Condition Should Hold And Not Hold
    [Arguments]    ${condition}    ${other}
    Wait For Event    ${TOPIC}    ${condition}    timeout=2 s
    No Event Should Arrive    ${TOPIC}    ${other}    within=0 s
