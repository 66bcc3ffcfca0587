*** Settings ***
Documentation    What the JSON converter of Kafka Connect writes: a row, the null of a row that is gone, a tombstone.

Library          KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=30 s
Library          tests.kafka.Applications

Suite Setup      Let Connect Write

Test Tags        real-kafka


*** Test Cases ***
Null Of A Row That Is Gone Is No Tombstone
    ${event}=    Wait For Event    ${PLAIN}    $ == null    key == 2    since=earliest
    Should Not Be True    ${event.is_tombstone}
    Event Count Should Be    ${PLAIN}    1    value == null    since=earliest    within=0.1 s

The Tombstone Is Found Beside It
    ${events}=    Event Count Should Be    ${PLAIN}    1    is_tombstone == true    since=earliest    within=0.1 s
    Event Key Should Be    ${events[0]}    3

Null With Its Schema Is A Document
    Wait For Event    ${WITH_SCHEMAS}    $.payload == null    key.payload == 2    since=earliest
    ${event}=    Wait For Event    ${WITH_SCHEMAS}    $ == null    key == 2    since=earliest
    Should Not Be True    ${event.is_tombstone}
    ${event}=    Wait For Event    ${WITH_SCHEMAS}    value == null    since=earliest
    Should Be True    ${event.is_tombstone}

A Row Is Read By The Schema That Came With It
    ${event}=    Wait For Event    ${WITH_SCHEMAS}    total == 12.34    placed == 2026-11-30
    ...    at == 2026-11-30T10:00:00.120Z    customer.since == 1970-01-01    customer.credit > 99.5    key == 1
    ...    since=earliest
    Should Be Equal    ${event.format}    connect-json
    Should Be Equal    ${event.value.total}    ${{ decimal.Decimal("12.34") }}
    Should Be Equal    ${event.value.prices}    ${{ [[7, decimal.Decimal("0.10")]] }}
    Event Should Match    ${event}    payload.total == 12.34    key.payload == 1    schema.type == struct

A Decimal Whose Schema Was Left Out Is Not Compared By Its Letters
    Run Keyword And Expect Error    *looks like Connect's Decimal: 12.34 at scale 2*
    ...    No Event Should Arrive    ${PLAIN}    total == 12.34    key == 1    since=earliest    within=0 s
    Run Keyword And Expect Error    *looks like Connect's Decimal: 99.505 at scale 3*
    ...    No Event Should Arrive    ${PLAIN}    customer.credit == ${99.505}    since=earliest    within=0 s
    Run Keyword And Expect Error    *looks like Connect's Decimal*
    ...    No Event Should Arrive    ${PLAIN}    total > 50    key == 1    since=earliest    within=0 s
    No Event Should Arrive    ${PLAIN}    total == 12.35    key == 1    since=earliest    within=0 s

A Row Is Read The Same Where Its Format Is Declared
    Set Topic Format    ${WITH_SCHEMAS}    value=connect-json    key=connect-json
    Wait For Event
    ...    ${WITH_SCHEMAS}
    ...    total == 12.34
    ...    prices[0][1] == 0.1
    ...    key == 1
    ...    since=earliest
    No Event Should Arrive    ${WITH_SCHEMAS}    total > 12.34    since=earliest    within=0.1 s
    [Teardown]    Set Topic Format    ${WITH_SCHEMAS}

JSON In A Text Of The Row
    Wait For Event    ${PLAIN}    doc.a == 1    doc.tags contains new    since=earliest
    Wait For Event    ${PLAIN}    doc == {"tags": ["new"], "a": 1}    since=earliest
    Wait For Event    ${WITH_SCHEMAS}    payload.doc.tags[0] == new    doc.a == 1    since=earliest


*** Keywords ***
Let Connect Write
    ${plain}=    Create Temporary Topic    rows
    ${with_schemas}=    Create Temporary Topic    rows-with-schemas
    VAR    ${PLAIN}    ${plain}    scope=SUITE
    VAR    ${WITH_SCHEMAS}    ${with_schemas}    scope=SUITE
    Write Rows As Connect Does    ${BOOTSTRAP_SERVERS}    ${PLAIN}    ${WITH_SCHEMAS}
