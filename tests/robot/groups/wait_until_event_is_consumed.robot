*** Settings ***
Documentation    Wait Until Event Is Consumed waits until a consumer group has committed past an event.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients
Test Setup       Choose A Group


*** Test Cases ***
A Group That Consumes It
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"n": 1}
    Another Client Consumes    ${topic}    ${GROUP}
    Wait Until Event Is Consumed    ${event}    ${GROUP}    timeout=15 s

A Group That Comes Later
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"n": 1}
    Another Client Consumes    ${topic}    ${GROUP}    after=0.3 s
    Wait Until Event Is Consumed    ${event}    ${GROUP}    timeout=15 s

Only The Event And Those Before It
    ${topic}=    New Topic
    ${one}=    Publish Event    ${topic}    {"n": 1}    partition=0
    ${two}=    Publish Event    ${topic}    {"n": 2}    partition=0
    Another Client Consumes    ${topic}    ${GROUP}    at_most=1
    Wait Until Event Is Consumed    ${one}    ${GROUP}    timeout=15 s
    Run Keyword And Expect Error    *${GROUP}*    Wait Until Event Is Consumed    ${two}    ${GROUP}    timeout=0.3 s

An Event That Was Waited For
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}
    ${event}=    Wait For Event    ${topic}    n == 1
    Another Client Consumes    ${topic}    ${GROUP}
    Wait Until Event Is Consumed    ${event}    ${GROUP}    timeout=15 s

A Group That Nobody Has Heard Of
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"n": 1}
    Run Keyword And Expect Error    *${GROUP}*${topic}*
    ...    Wait Until Event Is Consumed    ${event}    ${GROUP}    timeout=0.3 s

A Group That Takes But Does Not Commit
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"n": 1}
    Another Client Consumes    ${topic}    ${GROUP}    commit=False
    Run Keyword And Expect Error    *${GROUP}*
    ...    Wait Until Event Is Consumed    ${event}    ${GROUP}    timeout=0.5 s

A Group That Stands Somewhere Else Is Told
    [Tags]    real-kafka
    ${topic}=    New Topic
    ${one}=    Publish Event    ${topic}    {"n": 1}    partition=0
    ${two}=    Publish Event    ${topic}    {"n": 2}    partition=0
    Group Commits    ${GROUP}    ${topic}    partition=0    offset=1
    Wait Until Event Is Consumed    ${one}    ${GROUP}
    Run Keyword And Expect Error    *1*    Wait Until Event Is Consumed    ${two}    ${GROUP}    timeout=0.3 s

A Group That Commits In A Transaction
    [Tags]    real-kafka
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"n": 1}    partition=0
    Group Commits In A Transaction    ${GROUP}    ${topic}    partition=0    offset=1
    Run Keyword And Expect Error
    ...    *transaction*
    ...    Wait Until Event Is Consumed
    ...    ${event}
    ...    ${GROUP}
    ...    timeout=0.2 s
    Another Client Commits    after=0.2 s
    Wait Until Event Is Consumed    ${event}    ${GROUP}

An Event Of A Topic That Was Made Again
    [Tags]    real-kafka
    ${topic}=    New Watched Topic    partitions=1
    ${event}=    Publish Event    ${topic}    {"n": 1}
    Another Client Makes The Topic Again    ${topic}    other
    Group Has Committed    ${GROUP}    ${topic}    partition=0    offset=1
    Run Keyword And Expect Error    *recreated*    Wait Until Event Is Consumed    ${event}    ${GROUP}

A Group Without A Name Is Refused
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"n": 1}
    Run Keyword And Expect Error    *group*    Wait Until Event Is Consumed    ${event}    ${EMPTY}
    Run Keyword And Expect Error    *group*    Wait Until Event Is Consumed    ${event}    ${None}

What Is No Event Is Refused
    Run Keyword And Expect Error    *event*    Wait Until Event Is Consumed    no event    ${GROUP}
    Run Keyword And Expect Error    *event*    Wait Until Event Is Consumed    ${None}    ${GROUP}


*** Keywords ***
Choose A Group
    VAR    ${GROUP}    shop-${{ uuid.uuid4().hex }}    scope=SUITE
