*** Settings ***
Documentation    Wait For Event On Each Topic wants one event on each of several topics.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients
Test Setup       Given Three Topics


*** Test Cases ***
Each Topic Gives Its Own Event
    Another Client Publishes    ${ALL}[2]    {"id": 2, "n": 0}    {"id": 1, "n": 3}    partition=0
    Another Client Publishes    ${ALL}[0]    {"id": 1, "n": 1}
    Another Client Publishes    ${ALL}[1]    {"id": 1, "n": 2}
    ${events}=    Wait For Event On Each Topic    ${ALL}    id == 1
    FOR    ${number}    ${topic}    IN ENUMERATE    @{ALL}    start=1
        Event Field Should Be    ${events}[${topic}]    n    ${number}
    END
    Lists Should Be Equal    ${{ list($events) }}    ${ALL}

The Wait Goes On Until The Last Topic Has One
    Publish Event    ${ALL}[1]    {"id": 1}
    Another Client Publishes    ${ALL}[0]    {"id": 1}    after=0.2 s
    Another Client Publishes    ${ALL}[2]    {"id": 1}    after=0.4 s
    Wait For Event On Each Topic    ${ALL}    id == 1

Two On One Topic Are Not One On Each
    Publish Event    ${ALL}[0]    {"id": 1}
    Publish Event    ${ALL}[0]    {"id": 1}
    Publish Event    ${ALL}[1]    {"id": 1}
    Wait For Events    ${ALL}    3    id == 1
    ${message}=    Run Keyword And Expect Error    *
    ...    Wait For Event On Each Topic    ${ALL}    id == 1    timeout=0.2 s
    Should Start With    ${message}    No event on '${ALL}[2]' matched within

One Topic Is Enough
    Publish Event    ${ALL}[0]    {"id": 1}
    ${events}=    Wait For Event On Each Topic    ${ALL}[0]    id == 1
    Length Should Be    ${events}    1

What It Gives Can Be Checked Together
    FOR    ${topic}    IN    @{ALL}
        Publish Event    ${topic}    {"id": 1}    headers={"trace": "${topic}"}
    END
    ${events}=    Wait For Event On Each Topic    ${ALL}    id == 1
    ${traces}=    Get Event Fields    ${events}    headers.trace
    Lists Should Be Equal    ${traces}    ${ALL}
    Events Should Be Unique    ${events}    topic

It Begins Where Other Waits Do
    FOR    ${topic}    IN    @{ALL}
        Publish Event    ${topic}    {"id": 1}
    END
    ${mark}=    Watch Topics    @{ALL}
    Run Keyword And Expect Error    No event on*
    ...    Wait For Event On Each Topic    ${ALL}    id == 1    since=${mark}    timeout=0.1 s
    Wait For Event On Each Topic    ${ALL}    id == 1    since=earliest

No Topics Are Refused
    Run Keyword And Expect Error    *the list of topics is empty*    Wait For Event On Each Topic    ${{ [] }}


*** Keywords ***
Given Three Topics
    ${one}=    New Watched Topic
    ${two}=    New Watched Topic
    ${three}=    New Watched Topic
    VAR    @{ALL}    ${one}    ${two}    ${three}    scope=SUITE
