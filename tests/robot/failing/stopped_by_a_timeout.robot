*** Settings ***
Documentation    Waits that Robot stops, and what the next ones in the same process find.

Resource         resources/kafka.resource

Suite Setup      Prepare A Topic With An Event


*** Test Cases ***
A Wait That Is Stopped
    [Timeout]    0.5 s
    Watch Topics    ${WATCHED}    since=earliest
    Wait For Event    ${WATCHED}    orderId == 99    timeout=60 s
    [Teardown]    Look Again

A Wait After It
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 2}
    Wait For Event    ${topic}    orderId == 2

A Regular Expression That Goes Back Without End
    [Timeout]    0.5 s
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"text": "${{ 'a' * 60 }}!"}
    Wait For Event    ${topic}    text matches (a+)+$    timeout=60 s

A Path That Looks Everywhere Again And Again
    [Timeout]    0.5 s
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${{ '{"a":' * 60 + '1' + '}' * 60 }}
    Wait For Event    ${topic}    $..a..a..a..a..a..a..a..a exists    timeout=60 s


*** Keywords ***
Prepare A Topic With An Event
    [Documentation]    Outside the test, so that its timeout can only strike in its wait.
    Meet Other Clients
    ${topic}=    New Topic
    Another Client Publishes    ${topic}    {"orderId": 1}
    VAR    ${WATCHED}    ${topic}    scope=SUITE

Look Again
    Another Client Publishes    ${WATCHED}    {"orderId": 3}
    Wait For Event    ${WATCHED}    orderId == 1
    Wait For Event    ${WATCHED}    orderId == 3
    Event Count Should Be    ${WATCHED}    2    within=0.1 s
