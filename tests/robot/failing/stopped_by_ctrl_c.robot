*** Settings ***
Documentation    A wait that somebody ends with Ctrl-C. It shows with a file, ${SIGN}, that it is about to wait.

Library          OperatingSystem
Resource         resources/kafka.resource


*** Test Cases ***
A Wait Of A Minute
    ${topic}=    New Watched Topic
    VAR    ${WATCHED}    ${topic}    scope=SUITE
    Publish Event    ${topic}    {"orderId": 1}
    Create File    ${SIGN}
    Wait For Event    ${topic}    orderId == 99    timeout=60 s
    [Teardown]    Look Again


*** Keywords ***
Look Again
    Publish Event    ${WATCHED}    {"orderId": 2}
    Wait For Events    ${WATCHED}    2
    Create File    ${SIGN}    The teardown found its event.
