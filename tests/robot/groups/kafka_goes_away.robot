*** Settings ***
Documentation     The coordinator of a group goes away and comes back while the group is asked about.
...               The Kafka client's own functions for that would end the whole process.

Library           tests.robot.libraries.OwnKafka
Library           tests.robot.libraries.OtherClients

Suite Setup       Start A Kafka Of Its Own
Suite Teardown    Stop Own Kafka

Test Tags         real-kafka


*** Test Cases ***
A Wait For A Commit Goes On When Kafka Comes Back
    ${topic}    ${group}=    Topic And Group Of Its Own
    ${event}=    Own.Publish Event    ${topic}    {"n": 2}
    Kill Own Kafka
    Start Own Kafka    after=0.2 s
    Group Has Committed    ${group}    ${topic}    partition=0    offset=2    after=0.5 s
    Own.Wait Until Event Is Consumed    ${event}    ${group}    timeout=30 s

A Wait For A Lag Goes On When Kafka Comes Back
    ${topic}    ${group}=    Topic And Group Of Its Own
    Own.Publish Event    ${topic}    {"n": 2}
    Kill Own Kafka
    Start Own Kafka    after=0.2 s
    Group Has Committed    ${group}    ${topic}    partition=0    offset=2    after=0.5 s
    Own.Get Consumer Group Lag    ${group}    ${topic}    ==    0    timeout=30 s

A Wait For Members Goes On When Kafka Comes Back
    ${topic}    ${group}=    Topic And Group Of Its Own
    Kill Own Kafka
    Start Own Kafka    after=0.2 s
    Another Client Consumes    ${topic}    ${group}    after=0.5 s
    Own.Wait Until Consumer Group Is Ready    ${group}    ${topic}    timeout=30 s

A Kafka That Is Away Is Told
    ${topic}    ${group}=    Topic And Group Of Its Own
    ${event}=    Own.Publish Event    ${topic}    {"n": 2}
    Kill Own Kafka
    Should Name The Address    Wait Until Event Is Consumed    ${event}    ${group}    timeout=0.5 s
    Should Name The Address    Get Consumer Group Lag    ${group}    ${topic}    timeout=0.5 s
    Should Name The Address    Wait Until Consumer Group Is Ready    ${group}    ${topic}    timeout=0.5 s
    Should Name The Address    Reset Consumer Group Offsets    ${group}    ${topic}    to=latest    timeout=0.5 s
    [Teardown]    Start Own Kafka

A Group Can Be Asked About Again Afterwards
    ${topic}    ${group}=    Topic And Group Of Its Own
    Kill Own Kafka
    Start Own Kafka
    Own.Reset Consumer Group Offsets    ${group}    ${topic}    to=earliest    timeout=30 s
    ${lag}=    Own.Get Consumer Group Lag    ${group}    ${topic}    timeout=30 s
    Should Be Equal    ${lag}    ${1}


*** Keywords ***
Start A Kafka Of Its Own
    ${started}=    Start Own Kafka
    Import Library    KafkaLibrary    bootstrap_servers=${started}    timeout=5 s    AS    Own
    Other Clients Use Kafka At    ${started}
    VAR    ${ADDRESS}    ${started}    scope=SUITE

Topic And Group Of Its Own
    [Documentation]    The group has committed the only event, and its coordinator is known.
    ${topic}=    Own.Create Temporary Topic    timeout=20 s
    VAR    ${group}    shop-${{ uuid.uuid4().hex }}
    Own.Publish Event    ${topic}    {"n": 1}    timeout=20 s
    Group Has Committed    ${group}    ${topic}    partition=0    offset=1
    Own.Get Consumer Group Lag    ${group}    ${topic}    ==    0    timeout=20 s
    RETURN    ${topic}    ${group}

Should Name The Address
    [Arguments]    ${name}    @{cells}    &{options}
    Run Keyword And Expect Error    *${ADDRESS}*    Own.${name}    @{cells}    &{options}
