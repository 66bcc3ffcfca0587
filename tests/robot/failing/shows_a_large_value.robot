*** Settings ***
Documentation    Failures on events of 5 MB.

Resource         resources/failing.resource

Suite Setup      Publish A Large Event


*** Test Cases ***
A Wait
    Wait For Event    ${TOPIC}    status == PAID    timeout=1 s

A Check
    Event Field Should Be    ${EVENT}    status    PAID

An Event That Should Not Have Come
    No Event Should Arrive    ${TOPIC}    status == NEW    within=1 s    since=earliest


*** Keywords ***
Publish A Large Event
    ${topic}=    New Watched Topic
    VAR    &{fields}    text=${{ '<' * 5_000_000 }}    status=NEW
    ${event}=    Publish Event    ${topic}    ${fields}    partition=0
    VAR    ${TOPIC}    ${topic}    scope=SUITE
    VAR    ${EVENT}    ${event}    scope=SUITE
