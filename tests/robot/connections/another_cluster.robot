*** Settings ***
Documentation     Marks and events belong to one Kafka cluster. On another one their offsets mean nothing.

Resource          resources/kafka.resource

Suite Setup       Connect To Another Kafka
Suite Teardown    Disconnect From Kafka    other


*** Variables ***
${REFUSED}    *is of another Kafka cluster than the one that is asked: it came from connection 'default' to *


*** Test Cases ***
A Mark Of Another Cluster Is Refused
    [Documentation]    The topic has the same name there, and an event that would match.
    ${topic}=    New Topic
    ${mark}=    Watch Topics    ${topic}
    Publish Event    ${topic}    {"orderId": 1}    alias=other
    Another Cluster Should Be Told    Wait For Event    ${topic}    orderId > 0    since=${mark}    alias=other
    Another Cluster Should Be Told    No Event Should Arrive    ${topic}    orderId > 1    since=${mark}    alias=other
    Another Cluster Should Be Told    Get Events    ${topic}    since=${mark}    alias=other
    Another Cluster Should Be Told    Event Count Should Be    ${topic}    1    since=${mark}    alias=other
    Another Cluster Should Be Told    Watch Topics    ${topic}    since=${mark}    alias=other

An Event Of Another Cluster Is Refused As A Start
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 1}
    Publish Event    ${topic}    {"orderId": 1}    alias=other
    Publish Event    ${topic}    {"orderId": 2}    alias=other
    Another Cluster Should Be Told    Wait For Event    ${topic}    orderId > 1    since=${event}    alias=other
    ${read}=    Wait For Event    ${topic}    orderId == 1
    Another Cluster Should Be Told    Wait For Event    ${topic}    orderId > 1    since=${read}    alias=other

No Dead Letter Of Another Cluster Is Taken For That Of An Event
    [Documentation]    It names the same place, which is another event there.
    ${topic}=    New Topic    orders
    ${order}=    Publish Event    ${topic}    {"orderId": 1}
    VAR    &{headers}    __connect.errors.topic=${topic}    __connect.errors.partition=${order.partition}
    ...    __connect.errors.offset=${order.offset}
    ${letter}=    Publish Event    ${topic}-dlt    {"orderId": 9}    headers=${headers}
    ...    timestamp=${order.timestamp_ms}    alias=other
    Another Cluster Should Be Told    Event Should Be Dead-Lettered    ${order}    ${topic}-dlt    alias=other
    Another Cluster Should Be Told    Event Should Not Be Dead-Lettered    ${order}    ${topic}-dlt    alias=other
    Another Cluster Should Be Told    Event Should Not Be Dead-Lettered    ${order}    no-such    alias=other
    Run Keyword And Expect Error    STARTS: ${letter.place} is of another Kafka cluster than the one that is asked
    ...    Replay Dead Letter    ${letter}
    Replay Dead Letter    ${letter}    alias=other

A Group Of Another Cluster Is Not Asked About An Event
    ${event}=    Publish Event    ${ORDERS}    {"orderId": 1}
    Another Cluster Should Be Told    Wait Until Event Is Consumed    ${event}    billing    alias=other
    Another Cluster Should Be Told    Reset Consumer Group Offsets    billing    ${ORDERS}    ${event}    alias=other

What Is Asked On Its Own Cluster Is Taken
    ${topic}=    New Topic
    ${mark}=    Watch Topics    ${topic}    alias=other
    ${event}=    Publish Event    ${topic}    {"orderId": 1}    alias=other
    Wait For Event    ${topic}    orderId == 1    since=${mark}    alias=other
    No Event Should Arrive    ${topic}    since=${event}    within=0.1 s    alias=other

Two Connections To One Cluster Share Marks And Events
    [Tags]    real-kafka
    ${topic}=    New Topic
    ${mark}=    Watch Topics    ${topic}
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=again
    ${event}=    Publish Event    ${topic}    {"orderId": 1}
    Wait For Event    ${topic}    orderId == 1    since=${mark}
    Event Should Not Be Dead-Lettered    ${event}    ${topic}-dlt    within=0.1 s    alias=default
    Wait For Event    ${topic}    orderId == 1    since=${mark}    alias=default
    No Event Should Arrive    ${topic}    since=${event}    within=0.1 s    alias=default
    [Teardown]    Disconnect From Kafka    again


*** Keywords ***
Connect To Another Kafka
    Connect To Kafka    embedded    alias=other
    Switch Kafka Connection    default
    ${orders}=    New Topic    orders
    VAR    ${ORDERS}    ${orders}    scope=SUITE

Another Cluster Should Be Told
    [Arguments]    @{keyword}    &{arguments}
    ${said}=    Run Keyword And Expect Error    ${REFUSED}    @{keyword}    &{arguments}
    Should Contain    ${said}    Give alias=default, or what came from 'other'.
