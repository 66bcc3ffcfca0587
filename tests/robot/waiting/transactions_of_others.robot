*** Settings ***
Documentation    What others publish in transactions counts when it is committed, and not before.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients

Test Tags        real-kafka


*** Test Cases ***
An Event Of An Open Transaction Is Not There
    ${topic}=    New Watched Topic
    Another Client Publishes In A Transaction    ${topic}    {"n": 1}
    Run Keyword And Expect Error    *    Wait For Event    ${topic}    n == 1    timeout=0.3 s
    Another Client Commits
    Wait For Event    ${topic}    n == 1

An Event Of An Aborted Transaction Never Comes
    ${topic}=    New Watched Topic
    Another Client Publishes In A Transaction    ${topic}    {"n": 1}
    Another Client Aborts
    Publish Event    ${topic}    {"n": 2}    partition=0
    Wait For Event    ${topic}    n == 2
    Event Count Should Be    ${topic}    1    within=0.2 s

A Failed Wait Names The Transaction That Is Still Open
    ${topic}=    New Watched Topic
    Another Client Publishes In A Transaction    ${topic}    {"n": 1}
    Run Keyword And Expect Error    *transaction*    Wait For Event    ${topic}    n == 1    timeout=0.3 s

A Connection That Reads Uncommitted Events Sees Them
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=uncommitted    isolation.level=read_uncommitted
    ${topic}=    New Watched Topic
    Another Client Publishes In A Transaction    ${topic}    {"n": 1}
    Wait For Event    ${topic}    n == 1
    No Event Should Arrive    ${topic}    n == 2    within=0.1 s
    [Teardown]    Disconnect From Kafka    uncommitted

Quiet Can Not Be Proven While A Transaction Is Open
    ${topic}=    New Watched Topic
    Another Client Publishes In A Transaction    ${topic}    {"n": 1}
    Set Kafka Timeout    1 s
    Run Keyword And Expect Error    *transaction*
    ...    Wait Until Topic Is Quiet    ${topic}    quiet=0.2 s    timeout=0.6 s
    [Teardown]    Set Kafka Timeout    5 s

What Is There Now Can Not Be Told While A Transaction Is Open
    [Documentation]    What is visible now is told: the transaction may never be committed.
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}    partition=0
    Another Client Publishes In A Transaction    ${topic}    {"n": 2}
    ${events}=    Get Events    ${topic}
    Length Should Be    ${events}    1
