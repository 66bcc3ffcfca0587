*** Settings ***
Documentation    A transaction's events become visible together, or never.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
Committed Events Are There
    ${topic}=    New Watched Topic
    Begin Kafka Transaction
    Publish Event    ${topic}    {"n": 1}
    Publish Event    ${topic}    {"n": 2}
    Commit Kafka Transaction
    Wait For Events    ${topic}    2    timeout=2 s

Events On Several Topics Come Together
    [Tags]    real-kafka
    ${one}=    New Watched Topic
    ${other}=    New Watched Topic
    VAR    @{both}    ${one}    ${other}
    Begin Kafka Transaction
    Publish Event    ${one}    {"n": 1}
    Publish Event    ${other}    {"n": 1}
    Run Keyword And Expect Error    *    Wait For Event    ${both}    n == 1    timeout=0.3 s
    Commit Kafka Transaction
    Event Count Should Be    ${both}    2    within=0.3 s

Aborted Events Never Come
    [Tags]    real-kafka
    ${topic}=    New Watched Topic
    Begin Kafka Transaction
    Publish Event    ${topic}    {"n": 1}
    Abort Kafka Transaction
    No Event Should Arrive    ${topic}    within=0.3 s

After A Transaction Events Are Published As Before
    ${topic}=    New Watched Topic
    Begin Kafka Transaction
    Publish Event    ${topic}    {"n": 1}
    Commit Kafka Transaction
    Publish Event    ${topic}    {"n": 2}
    Wait For Event    ${topic}    n == 2
    Begin Kafka Transaction
    Publish Event    ${topic}    {"n": 3}
    Commit Kafka Transaction
    Wait For Event    ${topic}    n == 3

One That Nobody Began Can Not End
    Run Keyword And Expect Error    *Begin Kafka Transaction*    Commit Kafka Transaction
    Run Keyword And Expect Error    *Begin Kafka Transaction*    Abort Kafka Transaction

One At A Time
    Begin Kafka Transaction
    Run Keyword And Expect Error    *    Begin Kafka Transaction
    [Teardown]    Abort Kafka Transaction

One That Is Left Open
    ${topic}=    New Topic
    Begin Kafka Transaction
    Publish Event    ${topic}    {"n": 1}

Is Aborted When Its Test Ends
    Run Keyword And Expect Error    *Begin Kafka Transaction*    Commit Kafka Transaction
