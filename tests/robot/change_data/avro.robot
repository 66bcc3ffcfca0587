*** Settings ***
Documentation    Changes of rows in Avro: whatever the format of the topic reads is the change.

Resource         resources/kafka.resource


*** Variables ***
${ROW}       {"type": "record", "name": "Row", "fields": [{"name": "id", "type": "int"}, ${TOTAL}]}
${TOTAL}     {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}}
${BEFORE}    {"name": "before", "type": ["null", ${ROW}], "default": null}
${AFTER}     {"name": "after", "type": ["null", "Row"], "default": null}
${SCHEMA}    {"type": "record", "name": "Envelope", "fields": [${BEFORE}, ${AFTER}, {"name": "op", "type": "string"}]}


*** Test Cases ***
An Update In The Envelope
    ${topic}=    New Topic In Avro    ${SCHEMA}
    Publish Event    ${topic}    {"before": {"id": 1, "total": 1}, "after": {"id": 1, "total": 12.34}, "op": "u"}
    ${event}=    Wait For Row Change    ${topic}    op=update    after.total == 12.34    before.total < 2
    Should Be Equal    ${event.change.after.total}    ${{ decimal.Decimal('12.34') }}

An Update That Does Not Tell The Row Before
    ${topic}=    New Topic In Avro    ${SCHEMA}
    Publish Event    ${topic}    {"before": null, "after": {"id": 1, "total": 12.34}, "op": "u"}
    Run Keyword And Expect Error
    ...    *before.total is not in the event*
    ...    Wait For Row Change
    ...    ${topic}
    ...    before.total != 1
    ...    timeout=0.3 s

A Flattened Row And Its Delete
    ${topic}=    New Topic In Avro    ${ROW}
    Publish Event    ${topic}    {"id": 1, "total": 12.34}    key=1    partition=0
    Publish Tombstone    ${topic}    1    partition=0
    Wait For Row Change    ${topic}    after.total == 12.34    snapshot=also
    Wait For Row Change    ${topic}    op=delete    key == 1


*** Keywords ***
New Topic In Avro
    [Documentation]    Gives a watched topic whose values have this schema.
    [Arguments]    ${schema}
    ${topic}=    New Watched Topic    rows
    Set Topic Format    ${topic}    value=avro    schema=${schema}
    RETURN    ${topic}
