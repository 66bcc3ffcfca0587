*** Settings ***
Documentation    Events that an application wrote into a table, and a connector took from there.

Resource         resources/kafka.resource


*** Variables ***
&{PLACED}    id=6f1c    eventType=OrderPlaced
${TEXT}      "{\\"orderId\\": 42, \\"total\\": 12.34}"


*** Test Cases ***
The Event In A Text Is The Event
    ${topic}=    New Watched Topic    outbox
    Publish Event    ${topic}    ${TEXT}    key="42"    headers=${PLACED}    format=json
    ${event}=    Wait For Outbox Event    ${topic}    type=OrderPlaced    id=6f1c    orderId == 42    key == 42
    Should Be Equal    ${event.value.orderId}    ${42}
    Should Be Equal    ${event.key}    42

So Is One That Was Expanded
    ${topic}=    New Watched Topic    outbox
    Publish Event    ${topic}    {"orderId": 42}    key="42"    headers=${PLACED}
    ${event}=    Wait For Outbox Event    ${topic}    type=OrderPlaced    orderId == 42
    Should Be Equal    ${event.value.orderId}    ${42}

So Is One In The Envelope Of Connect
    ${topic}=    New Watched Topic    outbox
    VAR    ${schema}    {"type": "string", "optional": true}
    Publish Event    ${topic}    {"schema": ${schema}, "payload": ${TEXT}}    headers=${PLACED}    format=json
    ${event}=    Wait For Outbox Event    ${topic}    total == 12.34
    Should Be Equal    ${event.value.orderId}    ${42}

So Is One In Avro
    ${topic}=    New Watched Topic    outbox
    VAR    ${schema}
    ...    {"type": "record", "name": "Placed", "fields": [{"name": "orderId", "type": "int"}]}
    Set Topic Format    ${topic}    value=avro    schema=${schema}
    Publish Event    ${topic}    {"orderId": 42}    key="42"    headers=${PLACED}
    ${event}=    Wait For Outbox Event    ${topic}    type=OrderPlaced    orderId == 42
    Should Be Equal    ${event.value.orderId}    ${42}

An Id That Connect Wrote As JSON Is The Text In It
    ${topic}=    New Watched Topic    outbox
    FOR    ${id}    IN    "6f1c"    {"schema": {"type": "string"}, "payload": "7a2d"}
        VAR    &{headers}    id=${id}    eventType="OrderPlaced"
        Publish Event    ${topic}    ${TEXT}    headers=${headers}    format=json
    END
    FOR    ${cell}    IN    id\=6f1c    id\=7a2d
        Wait For Outbox Event    ${topic}    ${cell}    type=OrderPlaced
    END
    Outbox Events Should Come Once    ${topic}    within=0 s
    Publish Event    ${topic}    ${TEXT}    headers=${PLACED}    format=json
    Run Keyword And Expect Error    *    Outbox Events Should Come Once    ${topic}    within=0 s

Another Type Or Id Is Not Taken
    ${topic}=    New Watched Topic    outbox
    Publish Event    ${topic}    ${TEXT}    headers=${PLACED}    format=json
    FOR    ${cell}    IN    type=OrderPaid    id\=7a2d
        Run Keyword And Expect Error    *    Wait For Outbox Event    ${topic}    ${cell}    timeout=0.3 s
    END

A Type That No Header Tells Is Undecided
    ${topic}=    New Watched Topic    outbox
    VAR    &{headers}    id=6f1c
    Publish Event    ${topic}    ${TEXT}    headers=${headers}    format=json
    ${said}=    Run Keyword And Expect Error
    ...    *
    ...    Wait For Outbox Event
    ...    ${topic}
    ...    type=OrderPlaced
    ...    timeout=0.3 s
    Should Contain    ${said}    table.fields.additional.placement=type:header:eventType

Each Comes Once
    ${topic}=    New Watched Topic    outbox
    Publish Event    ${topic}    ${TEXT}    headers=${PLACED}    format=json
    ${events}=    Outbox Events Should Come Once    ${topic}    within=0.2 s
    Length Should Be    ${events}    1
    Publish Event    ${topic}    ${TEXT}    headers=${PLACED}    format=json
    ${said}=    Run Keyword And Expect Error    *    Outbox Events Should Come Once    ${topic}    within=0.2 s
    Should Contain    ${said}    6f1c is in 2 events

What May Be Of The Type Is Named
    ${topic}=    New Watched Topic    outbox
    VAR    &{headers}    id=6f1d
    Publish Event    ${topic}    ${TEXT}    headers=${PLACED}    format=json
    ${other}=    Publish Event    ${topic}    ${TEXT}    headers=${headers}    format=json
    ${said}=    Run Keyword And Expect Error
    ...    *
    ...    Outbox Events Should Come Once
    ...    ${topic}
    ...    type=OrderPlaced
    ...    within=0.2 s
    Should Contain    ${said}    1 event was read that could not be judged:
    Should Contain    ${said}    ${other.place}
    Should Contain    ${said}    No header tells its type

Nothing Came Once
    ${topic}=    New Watched Topic    outbox
    Publish Event    ${topic}    ${TEXT}    format=json
    Run Keyword And Expect Error
    ...    There are no events to check.*
    ...    Outbox Events Should Come Once
    ...    ${topic}
    ...    orderId == 43
    ...    within=0.2 s
    ${said}=    Run Keyword And Expect Error    *    Outbox Events Should Come Once    ${topic}    within=0.2 s
    Should Contain    ${said}    headers.id is missing

It Belongs To Its Row
    ${outbox}    ${rows}=    New Outbox And Rows
    ${event}=    Wait For Outbox Event    ${outbox}
    ${row}=    Wait For Row Change    ${rows}    op=insert    after.id == 42
    Outbox Event Should Belong To Row    ${event}    ${row}

It Does Not Belong To Another
    ${outbox}    ${rows}=    New Outbox And Rows
    ${event}=    Wait For Outbox Event    ${outbox}
    ${row}=    Wait For Row Change    ${rows}    op=insert    after.id == 43
    Run Keyword And Expect Error
    ...    *its id is 42, that of the row 43.
    ...    Outbox Event Should Belong To Row
    ...    ${event}
    ...    ${row}

The Change Of The Outbox Table Belongs By Its Transaction
    ${topic}=    New Watched Topic    rows
    Publish Change    ${topic}    42    8
    Publish Change    ${topic}    6f1c    8
    Publish Change    ${topic}    7a2d    9
    ${row}=    Wait For Row Change    ${topic}    after.id == 42
    ${same}=    Wait For Row Change    ${topic}    after.id == 6f1c
    ${other}=    Wait For Row Change    ${topic}    after.id == 7a2d
    Outbox Event Should Belong To Row    ${same}    ${row}
    Run Keyword And Expect Error    *its transaction is 9, that of the row 8.
    ...    Outbox Event Should Belong To Row    ${other}    ${row}


*** Keywords ***
New Outbox And Rows
    [Documentation]    Gives the topic of an outbox with the event of order 42, and one with the rows of 42 and 43.
    ${outbox}=    New Watched Topic    outbox
    ${rows}=    New Watched Topic    rows
    Publish Event    ${outbox}    ${TEXT}    key="42"    headers=${PLACED}    format=json
    Publish Change    ${rows}    42    8
    Publish Change    ${rows}    43    9
    RETURN    ${outbox}    ${rows}

Publish Change
    [Documentation]    Publishes the insert of a row with this id.
    [Arguments]    ${topic}    ${id}    ${transaction}
    Publish Event
    ...    ${topic}
    ...    {"before": null, "after": {"id": "${id}"}, "op": "c", "source": {"txId": ${transaction}}}
    ...    key={"id": "${id}"}
