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


*** Keywords ***
Look Again
    Another Client Publishes    ${WATCHED}    {"orderId": 3}
    Wait For Event    ${WATCHED}    orderId == 1
    Wait For Event    ${WATCHED}    orderId == 3
    Event Count Should Be    ${WATCHED}    2    within=0.1 s
