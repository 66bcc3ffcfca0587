*** Settings ***
Documentation    JSON of Kafka Connect in an envelope with its schema: a test meets the payload, read by the schema.

Resource         resources/kafka.resource


*** Variables ***
${ROW}       {"type": "struct", "field": "after", "fields": [{"type": "int32", "field": "id"},
...          {"type": "bytes", "field": "total", "name": "org.apache.kafka.connect.data.Decimal",
...          "parameters": {"scale": "2"}},
...          {"type": "int32", "field": "placed", "name": "io.debezium.time.Date"}]}
${SCHEMA}    {"type": "struct", "fields": [${ROW}, {"type": "string", "field": "op"}]}
${CHANGE}    {"schema": ${SCHEMA}, "payload": {"after": {"id": 1, "total": "BNI=", "placed": 20787}, "op": "u"}}
${KEY}       {"schema": {"type": "int32"}, "payload": 1}


*** Test Cases ***
A Row Is Found By What Its Schema Says Of It
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${CHANGE}    key=${KEY}
    ${event}=    Wait For Event    ${topic}    after.total == 12.34    after.placed == 2026-11-30    key == 1
    Should Be Equal    ${event.format}    connect-json
    Should Be Equal    ${event.value.after.total}    ${{ decimal.Decimal("12.34") }}
    Should Be Equal    ${event.raw_value}    ${{ $CHANGE.encode() }}

Paths From The Envelope On Go On To Work
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${CHANGE}    key=${KEY}
    ${event}=    Wait For Event
    ...    ${topic}
    ...    payload.after.total == 12.34
    ...    key.payload == 1
    ...    schema.type == struct
    Event Field Should Be    ${event}    payload.op    u
    ${total}=    Get Event Field    ${event}    payload.after.total
    Should Be Equal    ${total}    ${{ decimal.Decimal("12.34") }}
    Event Should Be Like    ${event}    {"after": {"id": 1, "total": 12.34, "placed": "2026-11-30"}, "op": "u"}

A Decimal Is Not Compared By Its Letters
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${CHANGE}    key=${KEY}
    No Event Should Arrive    ${topic}    after.total > 50    within=0.1 s
    Event Count Should Be    ${topic}    1    after.total < 50    within=0.1 s

A Value That Does Not Fit Its Schema Is Told
    [Documentation]    It is compared as it came.
    ${topic}=    New Watched Topic
    VAR    ${misfit}    ${{ $CHANGE.replace('BNI=', '***') }}
    Publish Event    ${topic}    ${misfit}    key=${KEY}    format=text
    ${said}=    Run Keyword And Expect Error
    ...    *
    ...    Wait For Event
    ...    ${topic}
    ...    after.total == 12.34
    ...    timeout=0.2 s
    Should Contain    ${said}    does not fit the schema that came with it
    Should Contain    ${said}    $.payload.after.total should be the unscaled bytes of a decimal

A Row Is Found Among Many Events That Are None
    ${topic}=    New Watched Topic
    Publish Events    ${topic}    ${{ [{"after": {"total": 50}, "n": n} for n in range(300)] }}
    Publish Event    ${topic}    ${CHANGE}    key=${KEY}
    Publish Events    ${topic}    ${{ [{"after": {"total": 50}, "n": n} for n in range(300)] }}
    Wait For Event    ${topic}    after.total == 12.34
    Event Count Should Be    ${topic}    1    after.total <= 12.34    within=0.1 s
    Event Count Should Be    ${topic}    1    payload exists    within=0.1 s

A Declared Format Holds For Every Event
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=connect-json    key=connect-json
    Publish Event    ${topic}    ${CHANGE}    key=${KEY}
    Wait For Event    ${topic}    after.total == 12.34    key == 1
    Publish Event    ${topic}    {"after": {"total": 1}}    format=json    key=${KEY}
    Run Keyword And Expect Error    *could not be judged*
    ...    No Event Should Arrive    ${topic}    after.total > 50    within=0.1 s
