*** Settings ***
Documentation    Wait Until Consumer Group Is Ready waits until every partition of a topic has its member.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients
Test Setup       Choose A Group

Test Tags        real-kafka


*** Test Cases ***
A Group That Forms
    ${topic}=    New Topic
    Another Client Consumes    ${topic}    ${GROUP}    after=0.2 s
    Wait Until Consumer Group Is Ready    ${GROUP}    ${topic}    timeout=20 s
    Group Should Have A Member    ${GROUP}

What Is Published Then Is Consumed
    ${topic}=    New Topic
    Another Client Consumes    ${topic}    ${GROUP}
    Wait Until Consumer Group Is Ready    ${GROUP}    ${topic}    timeout=20 s
    ${event}=    Publish Event    ${topic}    {"n": 1}
    Wait Until Event Is Consumed    ${event}    ${GROUP}

A Group Of The Newer Protocol
    ${topic}=    New Topic
    Another Client Consumes    ${topic}    ${GROUP}    protocol=consumer
    Wait Until Consumer Group Is Ready    ${GROUP}    ${topic}    timeout=20 s

A Group That Nobody Has Heard Of
    ${topic}=    New Topic
    Run Keyword And Expect Error    *${GROUP}*
    ...    Wait Until Consumer Group Is Ready    ${GROUP}    ${topic}    timeout=0.3 s

A Group That Consumes Something Else
    ${topic}=    New Topic
    ${other}=    New Topic
    Another Client Consumes    ${other}    ${GROUP}
    Wait Until Consumer Group Is Ready    ${GROUP}    ${other}    timeout=20 s
    Run Keyword And Expect Error    *${topic}*
    ...    Wait Until Consumer Group Is Ready    ${GROUP}    ${topic}    timeout=0.3 s

A Topic That Does Not Exist
    VAR    ${topic}    never.made.${{ uuid.uuid4().hex }}
    Run Keyword And Expect Error    *${topic}*
    ...    Wait Until Consumer Group Is Ready    ${GROUP}    ${topic}    timeout=0.3 s

A Group Without A Name Is Refused
    Run Keyword And Expect Error    *group*    Wait Until Consumer Group Is Ready    ${EMPTY}    orders
    Run Keyword And Expect Error    *group*    Wait Until Consumer Group Is Ready    ${None}    orders
    Run Keyword And Expect Error    *topic*    Wait Until Consumer Group Is Ready    ${GROUP}    ${EMPTY}


*** Keywords ***
Choose A Group
    VAR    ${GROUP}    shop-${{ uuid.uuid4().hex }}    scope=SUITE
