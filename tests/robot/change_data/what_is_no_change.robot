*** Settings ***
Documentation    What a wait for a change of a row does not take, and what it leaves undecided, by name.
...              The events are those that Debezium's connector for PostgreSQL wrote.

Library          tests.robot.libraries.ChangeData
Resource         resources/kafka.resource


*** Variables ***
${ENVELOPE}    {"before": null, "after": {"id": 1, "status": "PAID"}, "op": "u"}


*** Test Cases ***
A Row Of The Snapshot Is No Change
    ${topic}=    New Watched Topic    orders
    Publish Event    ${topic}    {"before": null, "after": {"id": 1}, "op": "r", "source": {"snapshot": "last"}}
    ${said}=    Fail To Find    ${topic}    after.id == 1
    Should Contain    ${said}    $.snapshot was true

Where Nothing Tells Of A Snapshot It Doubts
    ${topic}=    New Topic    orders
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    KafkaLibrary
    ${doubting}=    Get Library Instance    Doubting
    Publish Recorded Changes    ${doubting}    flat    ${topic}
    ${said}=    Run Keyword And Expect Error    *    Doubting.Wait For Row Change    ${topic}    after.id == 1
    Should Contain    ${said}    snapshot is not in the event
    Doubting.Wait For Row Change    ${topic}    after.id == 1    snapshot=also

A Flattened Row Has No Before
    ${topic}=    Recorded    flaton
    ${said}=    Fail To Find    ${topic}    before.status == NEW    after.status == PAID
    Should Contain    ${said}    before.status is not in the event: ExtractNewRecordState left the row as it is now

A Flattened Row May Not Know What Was Done
    ${topic}=    Recorded    flat
    ${said}=    Fail To Find    ${topic}    op=update    after.status == PAID
    Should Contain    ${said}    it was flattened without add.fields=op or add.headers=op

A Row That Is There Was Not Deleted
    ${topic}=    Recorded    drop
    ${said}=    Fail To Find    ${topic}    op=delete    key.id == 1
    Should Not Contain    ${said}    could not be judged

Before Of An Update Needs The Whole Row
    ${topic}=    Recorded    off    lines
    ${said}=    Fail To Find    ${topic}    op=update    before.qty != 17
    Should Contain    ${said}    unless the table has REPLICA IDENTITY FULL

What Stands For Columns That Were Not Sent Is No Value
    ${topic}=    Recorded    off    lines
    ${said}=    Fail To Find    ${topic}    op=delete    before.qty == 0
    Should Contain    ${said}    before has the key and nothing else
    Wait For Row Change    ${topic}    op=delete    before.id == 1

A Long Text That Was Left Alone Is Never Compared
    ${topic}=    New Watched Topic    orders
    VAR    ${row}    {"id": 1, "doc": "__debezium_unavailable_value"}
    Publish Event    ${topic}    {"before": null, "after": ${row}, "op": "u"}
    FOR    ${condition}    IN    after.doc != x    after.doc contains debezium    after.doc.a does not exist
        ${said}=    Fail To Find    ${topic}    ${condition}
        Should Contain    ${said}    Debezium did not send it
    END
    Wait For Row Change    ${topic}    after.doc exists

A Tombstone Whose Delete Came Before Is No Change
    ${topic}=    New Topic    orders
    Publish Event    ${topic}    {"before": {"id": 2}, "after": null, "op": "d"}    key={"id": 2}    partition=0
    Watch Topics    ${topic}
    Publish Tombstone    ${topic}    {"id": 2}    partition=0
    ${said}=    Fail To Find    ${topic}    op=delete
    Should Contain    ${said}    tombstone

A Tombstone That Is The Delete Is Not Missed
    ${topic}=    New Topic    orders
    Publish Event    ${topic}    {"id": 2, "status": "NEW"}    key={"id": 2}    partition=0
    Watch Topics    ${topic}
    Publish Tombstone    ${topic}    {"id": 2}    partition=0
    ${event}=    Wait For Row Change    ${topic}    op=delete    key.id == 2
    Should Be Equal    ${event.change.op}    delete
    Should Be True    ${event.is_tombstone}

Heartbeats, Transactions And Schemas Among The Topics Are No Changes
    @{topics}=    New Topics Of A Connector
    VAR    ${all}    ${topics}[0]*
    Watch Topics    ${all}
    Publish Event    ${topics}[0]    {"databaseName": "shop", "ddl": "CREATE TABLE orders", "tableChanges": []}
    Publish Event    ${topics}[1]    {"status": "END", "id": "8:9", "event_count": 1, "data_collections": []}
    Publish Event    ${topics}[2]    {"ts_ms": 1796053397062}
    Publish Event    ${topics}[3]    ${ENVELOPE}
    ${event}=    Wait For Row Change    ${all}
    Should Be Equal    ${event.topic}    ${topics}[3]
    Fail To Find    ${all}    status == END


*** Keywords ***
Recorded
    [Documentation]    Gives a topic with what a connector wrote of a table in this form.
    [Arguments]    ${form}    ${table}=orders
    ${topic}=    New Watched Topic    ${table}
    ${library}=    Get Library Instance    KafkaLibrary
    Publish Recorded Changes    ${library}    ${form}    ${topic}
    RETURN    ${topic}

New Topics Of A Connector
    [Documentation]    Gives those of schema changes, of transactions, of heartbeats and of a table.
    VAR    ${prefix}    shop${{ uuid.uuid4().hex[:8] }}
    VAR    @{topics}    ${prefix}    ${prefix}.transaction    ${prefix}.heartbeat    ${prefix}.public.orders
    IF    ${{ $BOOTSTRAP_SERVERS != 'embedded' }}
        FOR    ${topic}    IN    @{topics}
            Create Topic    ${topic}
        END
    END
    RETURN    ${topics}

Fail To Find
    [Documentation]    Gives the failure of a wait for a change.
    [Arguments]    ${topic}    @{conditions}
    ${said}=    Run Keyword And Expect Error    *    Wait For Row Change    ${topic}    @{conditions}    timeout=0.4 s
    RETURN    ${said}
