*** Settings ***
Documentation    Waits that Robot stops while they go through many events, and what the next ones find.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
Stopped At Once
    [Setup]    Have Many Events
    Wait At Most    0.02 s
    [Teardown]    Count Them All

Stopped Soon
    [Setup]    Have Many Events
    Wait At Most    0.04 s
    [Teardown]    Count Them All

Stopped A Little Later
    [Setup]    Have Many Events
    Wait At Most    0.06 s
    [Teardown]    Count Them All


*** Keywords ***
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
