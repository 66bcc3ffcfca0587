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

A Value That Takes Long To Read
    [Timeout]    0.5 s
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    x
    Wait For Event    ${topic}    $ == y    timeout=60 s    format=own:tests.robot.libraries.slow_format

A Negative Over A Value That Takes Long To Read
    [Timeout]    0.5 s
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    x
    No Event Should Arrive    ${topic}    $ == y    within=0 s    format=own:tests.robot.libraries.slow_format


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
