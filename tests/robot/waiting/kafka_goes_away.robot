*** Settings ***
Documentation     A Kafka of this suite's own goes away and comes back, in an orderly way and without warning.

Library           tests.robot.libraries.OwnKafka
Library           tests.robot.libraries.OtherClients

Suite Setup       Start A Kafka Of Its Own
Suite Teardown    Stop Own Kafka

Test Tags         real-kafka


*** Variables ***
# Refused, or reset where the attempt met a Kafka that was just going.
${NO CONNECTION}    Connection re[fs]


*** Test Cases ***
A Wait Goes On When Kafka Comes Back
    ${topic}=    New Topic Of Its Own
    Kill Own Kafka
    Start Own Kafka    after=0.2 s
    Another Client Publishes    ${topic}    {"n": 2}    after=0.5 s
    Own.Wait For Event    ${topic}    n == 2    timeout=60 s
    Own.Wait For Events    ${topic}    2

A Kafka That Is Away Is Told, And What Failed Then Never Arrives
    [Documentation]    The failure is not that no event came.
    ${topic}=    New Topic Of Its Own
    Kill Own Kafka
    ${message}=    Run Keyword And Expect Error    *    Own.Wait For Event    ${topic}    n == 2    timeout=0.6 s
    Should Match    ${message}    *${ADDRESS}*${NO CONNECTION}*
    Should Not Contain    ${message}    No event on
    Keyword Should Name The Address    No Event Should Arrive    ${topic}    n == 2
    Keyword Should Name The Address    Publish Event    ${topic}    {"n": 2}
    Start Own Kafka
    Own.Publish Event    ${topic}    {"n": 3}    timeout=30 s
    Own.Event Count Should Be    ${topic}    0    n == 2    within=0.5 s

A Kafka That Does Not Answer Is Told
    ${topic}=    New Topic Of Its Own
    Pause Own Kafka
    Run Keyword And Expect Error    *${ADDRESS}*    Own.Wait For Event    ${topic}    n == 2    timeout=0.6 s
    Run Keyword And Expect Error    *${ADDRESS}*
    ...    Own.No Event Should Arrive    ${topic}    n == 2    within=0.2 s
    Run Keyword And Expect Error    *${ADDRESS}*    Own.Publish Event    ${topic}    {"n": 2}    timeout=0.5 s
    [Teardown]    Resume Own Kafka

Answers Go On When Kafka Comes Back, And None Comes Twice
    ${asked}=    New Topic Of Its Own
    ${told}=    New Topic Of Its Own
    Own.Answer Events    ${asked}    n >= 10    with={"answer": {$.n}}    to=${told}    timeout=20 s
    Own.Publish Event    ${asked}    {"n": 10}    timeout=20 s
    Kill Own Kafka
    Start Own Kafka    after=0.2 s
    Own.Publish Event    ${asked}    {"n": 11}    timeout=60 s
    Own.Wait For Event    ${told}    answer == 11    timeout=60 s
    Own.Answers Should Have Been    2    timeout=20 s
    Own.Event Count Should Be    ${told}    2    answer >= 10    within=0.3 s


*** Keywords ***
Start A Kafka Of Its Own
    ${started}=    Start Own Kafka
    Import Library    KafkaLibrary    bootstrap_servers=${started}    timeout=2 s    AS    Own
    Other Clients Use Kafka At    ${started}
    VAR    ${ADDRESS}    ${started}    scope=SUITE

New Topic Of Its Own
    [Documentation]    Watched, and with an event that was found.
    ${topic}=    Own.Create Temporary Topic    timeout=20 s
    Own.Watch Topics    ${topic}
    Own.Publish Event    ${topic}    {"n": 1}    timeout=20 s
    Own.Wait For Event    ${topic}    n == 1    timeout=20 s
    RETURN    ${topic}

Keyword Should Name The Address
    [Arguments]    ${keyword}    @{arguments}
    ${before}=    Own.Set Kafka Timeout    0.5 s
    Run Keyword And Expect Error    *${ADDRESS}*${NO CONNECTION}*    Own.${keyword}    @{arguments}
    Own.Set Kafka Timeout    ${before}
