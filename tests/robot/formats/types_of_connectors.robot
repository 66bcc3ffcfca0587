*** Settings ***
Documentation    JSON of connectors without its schema: the types of its fields are declared for the topic.

Resource         resources/kafka.resource


*** Variables ***
${ROW}      {"id": 1, "total": "BNI=", "at": 1796032800000000, "d": 20787, "doc": "{\\"a\\": 1}", "note": null}
${TYPES}    total:decimal(2), at:micros, d:days, doc:json


*** Test Cases ***
A Row Is Compared As The Table Shows It
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json    types=${TYPES}
    Publish Event    ${topic}    {"before": null, "after": ${ROW}, "op": "u"}    key={"id": 1}
    ${event}=    Wait For Event
    ...    ${topic}
    ...    after.total == 12.34
    ...    after.at == 2026-11-30T10:00:00Z
    ...    after.d == 2026-11-30
    ...    after.doc.a == 1
    ...    key.id == 1
    Should Be Equal    ${event.value.after.total}    ${{ decimal.Decimal("12.34") }}
    Event Should Be Like    ${event}    {"after": {"d": "2026-11-30", "total": 12.34, "doc": {"a": 1}}}
    No Event Should Arrive    ${topic}    after.total > 50    within=0.1 s
    Event Count Should Be    ${topic}    1    after.at >= 2026-11-30T11:00:00+01:00    within=0.1 s

A Flattened Row Too, And A Value Is Published As A Connector Writes It
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json    types=${TYPES}
    VAR    &{row}    id=${2}    total=99.50    at=2026-11-30T10:00:00.000001Z    d=1969-12-31
    ${event}=    Publish Event    ${topic}    ${row}
    Should Be Equal    ${event.raw_value.decode()}    {"id":2,"total":"Jt4=","at":1796032800000001,"d":-1}
    Wait For Event    ${topic}    total == 99.5    at > 2026-11-30T10:00:00Z    d < 1970-01-01

A Value That Debezium Did Not Send Is Compared With Nothing
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json    types=${TYPES}
    Publish Event    ${topic}    {"op": "u", "after": {"doc": "__debezium_unavailable_value"}}
    Wait For Event    ${topic}    after.doc exists    after.doc != null
    FOR    ${condition}    IN    after.doc.a == 1    after.doc contains value    after.doc != x
        Run Keyword And Expect Error
        ...    *could not be judged*Debezium did not send it*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0.1 s
    END
    Run Keyword And Expect Error
    ...    *could not be judged*Debezium did not send it*
    ...    Wait For Event    ${topic}    after.doc.a == 1    timeout=0.2 s

What Does Not Fit Its Type Is No Proof
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json    types=${TYPES}
    Publish Event    ${topic}    {"total": "twelve"}    format=text
    Run Keyword And Expect Error
    ...    *$.total should be the unscaled bytes of a decimal as base64 text, and is 'twelve'*
    ...    No Event Should Arrive    ${topic}    total > 50    within=0.1 s

A Type That Is None Is Refused
    Run Keyword And Expect Error    types= has no type 'decmal(2)' for 'total'. Did you mean 'decimal'?*
    ...    Set Topic Format    rows    value=json    types=total:decmal(2)
