*** Settings ***
Documentation    A table is named as testers name it, and none is taken by chance.

Resource         resources/kafka.resource


*** Variables ***
${PAID}    {"before": {"status": "NEW"}, "after": {"status": "PAID"}, "op": "u"}


*** Test Cases ***
The Table, Its Schema, Or The Topic
    ${table}    ${topic}=    New Table
    Publish Event    ${topic}    ${PAID}
    FOR    ${name}    IN    ${table}    public.${table}    ${topic}
        ${event}=    Wait For Row Change    ${name}    op=update    after.status == PAID    before.status == NEW
        Should Be Equal    ${event.topic}    ${topic}
    END

A Table Whose Topic Is Made Later
    VAR    ${table}    t${{ uuid.uuid4().hex[:8] }}
    ${said}=    Run Keyword And Expect Error    *    Wait For Row Change    ${table}    timeout=0.3 s
    Should Contain    ${said}    No topic ends with '${table}'
    Should Not Contain    ${said}    ^
    VAR    ${topic}    shop.public.${table}
    IF    ${{ $BOOTSTRAP_SERVERS != 'embedded' }}    Create Topic    ${topic}
    Publish Event    ${topic}    ${PAID}
    Wait For Row Change    ${table}    op=update

What There Is Instead Is Told
    ${table}    ${topic}=    New Table
    Publish Event    ${topic}    ${PAID}
    ${said}=    Run Keyword And Expect Error    *    Wait For Row Change    ${table}z    timeout=0.3 s
    Should Contain    ${said}    Topics that may be of tables:

Of Two That Fit None Is Taken
    ${table}    ${topic}=    New Table
    VAR    ${other}    crm.public.${table}
    IF    ${{ $BOOTSTRAP_SERVERS != 'embedded' }}    Create Topic    ${other}
    Publish Event    ${topic}    ${PAID}
    Publish Event    ${other}    ${PAID}
    ${said}=    Run Keyword And Expect Error    *    Wait For Row Change    ${table}    op=update
    Should Contain    ${said}    Several topics may have the changes of '${table}': '${other}', '${topic}'
    Wait For Row Change    shop.public.${table}    op=update

Events Of An Application Are Not Taken For Rows
    ${table}    ${topic}=    New Table
    IF    ${{ $BOOTSTRAP_SERVERS != 'embedded' }}    Create Topic    ${table}
    Publish Event    ${topic}    ${PAID}
    Publish Event    ${table}    {"status": "PAID"}
    ${said}=    Run Keyword And Expect Error    *    Wait For Row Change    ${table}    after.status == PAID
    Should Contain    ${said}    Several topics may have the changes

An Operation That There Is Not Is Told
    ${_}    ${topic}=    New Table
    Run Keyword And Expect Error
    ...    op= is one of insert, update, delete, snapshot, truncate, not 'updated'. Did you mean 'update'?
    ...    Wait For Row Change
    ...    ${topic}
    ...    op=updated
    Run Keyword And Expect Error
    ...    op= is given twice*
    ...    Wait For Row Change
    ...    ${topic}
    ...    op=update
    ...    op=delete

Several Operations
    ${_}    ${topic}=    New Table
    Publish Event    ${topic}    ${PAID}
    Wait For Row Change    ${topic}    op=insert, update    timeout=5 s
    Wait For Row Change    ${topic}    op == u


*** Keywords ***
New Table
    [Documentation]    Gives the name of a table that no other test uses, and the topic of its changes, watched.
    VAR    ${table}    orders_${{ uuid.uuid4().hex[:8] }}
    VAR    ${topic}    shop.public.${table}
    IF    ${{ $BOOTSTRAP_SERVERS != 'embedded' }}    Create Topic    ${topic}
    Watch Topics    ${topic}    ${table}
    RETURN    ${table}    ${topic}
