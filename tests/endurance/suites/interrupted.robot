*** Settings ***
Documentation    Topics of a suite and of a test, and something in the test that ends it before its time.
...              The folder ${NOTES} learns how far it came.

Library          OperatingSystem
Library          KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=30 s
Library          tests.endurance.Endings

Suite Setup      Create Noted Topic    suite


*** Test Cases ***
Waits Until It Is Interrupted
    [Tags]    ctrl-c
    ${topic}=    Create Noted Topic    test
    Create File    ${NOTES}/waits
    Wait For Event    ${topic}    timeout=60 s

Times Out In A Wait
    [Tags]    robot-timeout
    [Timeout]    1 s
    ${topic}=    Create Noted Topic    test
    Wait For Event    ${topic}    timeout=60 s

Is Fatal
    [Tags]    fatal-error
    Create Noted Topic    test
    Fatal Error    Nothing goes on.

Ends Its Process
    [Tags]    system-exit
    Create Noted Topic    test
    End This Process

Is Killed
    [Tags]    killed
    Create Noted Topic    test
    Kill This Process


*** Keywords ***
Create Noted Topic
    [Arguments]    ${prefix}
    ${topic}=    Create Temporary Topic    ${prefix}
    Create File    ${NOTES}/${topic}
    RETURN    ${topic}
