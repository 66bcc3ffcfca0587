*** Settings ***
Documentation    Waits that Robot stops, and what the next ones in the same process find.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
A Wait That Is Stopped
    [Timeout]    0.5 s
    ${topic}=    New Watched Topic
    VAR    ${WATCHED}    ${topic}    scope=SUITE
    Another Client Publishes    ${topic}    {"orderId": 1}
    Wait For Event    ${topic}    orderId == 99    timeout=60 s
    [Teardown]    Look Again

A Wait After It
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 2}
    Wait For Event    ${topic}    orderId == 2

A Wait That Is Stopped At Once Among Many Events
    [Setup]    Have Many Events
    Wait At Most    0.02 s
    [Teardown]    Count Them All

A Wait That Is Stopped Soon Among Many Events
    [Setup]    Have Many Events
    Wait At Most    0.04 s
    [Teardown]    Count Them All

A Wait That Is Stopped Among Many Events
    [Setup]    Have Many Events
    Wait At Most    0.06 s
    [Teardown]    Count Them All


*** Keywords ***
Look Again
    Another Client Publishes    ${WATCHED}    {"orderId": 3}
    Wait For Event    ${WATCHED}    orderId == 1
    Wait For Event    ${WATCHED}    orderId == 3
    Event Count Should Be    ${WATCHED}    2    within=0.1 s

Have Many Events
    ${topic}=    New Watched Topic
    VAR    ${WATCHED}    ${topic}    scope=SUITE
    Another Client Publishes Numbers    ${topic}    20000

Wait At Most
    [Arguments]    ${time}
    [Timeout]    ${time}
    Wait For Event    ${WATCHED}    number == -1    timeout=60 s

Count Them All
    Wait For Events    ${WATCHED}    20000
    Event Count Should Be    ${WATCHED}    20000    within=0 s
