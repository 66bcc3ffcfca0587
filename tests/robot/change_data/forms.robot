*** Settings ***
Documentation    Changes of rows in every form that connectors write them in: the same sentences for all.
...              The events are those that Debezium's connector for PostgreSQL wrote.

Library          tests.robot.libraries.ChangeData
Resource         resources/kafka.resource

Test Template    A Change Should Be Found


*** Variables ***
@{PAID}     after.status == PAID    op=update
@{NEW}      after.status == PAID    snapshot=also
@{GONE}     key.id == 2    op=delete
@{KNOWN}    before.status == NEW    after.status == PAID


*** Test Cases ***    FORM    CONDITIONS
Update In The Envelope With Its Schema    on    @{PAID}
Update In The Envelope    off    @{PAID}
Update Of A Flattened Row With Its Schema    flaton    @{PAID}
Update Of A Rewritten Row    rewrite    @{PAID}
Update Of A Row That Tells It In A Header    totomb    @{PAID}
Row That Tells Nothing    flat    @{NEW}
Row That Tells Only Whether It Was Deleted    rewritetomb    @{NEW}
Row Of A Connector That Drops Deletes    drop    @{NEW}
Before And After With Their Schema    on    @{KNOWN}
Before And After    off    @{KNOWN}
Delete And Its Tombstone    off    @{GONE}
Delete With Its Schema    on    @{GONE}
Delete As A Null    flat    @{GONE}
Delete As A Null In Its Schema    flaton    @{GONE}
Delete As A Rewritten Row    rewrite    @{GONE}
Delete As A Rewritten Row And A Tombstone    rewritetomb    @{GONE}
Delete As A Tombstone That Says So    totomb    @{GONE}
Delete As A Tombstone    totombbare    @{GONE}
Decimal Of A Schema    on    after.total == 12.34    op=update
Row Of The Snapshot    off    after.id == 1    op=snapshot
Row Of The Snapshot Among Others    on    after.id == 1    after.status == NEW    snapshot=only


*** Keywords ***
A Change Should Be Found
    [Arguments]    ${form}    @{conditions}
    ${topic}=    New Watched Topic    orders
    ${library}=    Get Library Instance    KafkaLibrary
    Publish Recorded Changes    ${library}    ${form}    ${topic}
    ${event}=    Wait For Row Change    ${topic}    @{conditions}
    Should Not Be Equal    ${event.change}    ${None}
