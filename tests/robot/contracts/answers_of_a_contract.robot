*** Settings ***
Documentation    The contract says what a service that isn't there would answer, where, and to which question.

Library          OperatingSystem
Resource         resources/kafka.resource

Test Setup       Read The Contract


*** Variables ***
${ASKED}    ${EMPTY}
${TOLD}     ${EMPTY}


*** Test Cases ***
An Example Of The Contract Answers On The Channel Of The Reply
    Answer Events    ${ASKED}    with=example    fields={"id": {$.id}}
    Publish Event    ${ASKED}    {"id": 42}    key=k-42    headers={"requestId": "r-42"}
    ${answer}=    Wait For Event    ${TOLD}    id == 42    status == PAID    requestId == r-42
    Event Key Should Be    ${answer}    k-42
    Event Should Match Contract    ${answer}    contract=replies
    Answers Should Have Been    1

Another Example Is Named
    Answer Events    ${ASKED}    id >= 100    with=example: declined
    Answer Events    ${ASKED}    id < 100    with=example: paid
    Publish Event    ${ASKED}    {"id": 100}    headers={"requestId": "r-1"}
    Publish Event    ${ASKED}    {"id": 99}    headers={"requestId": "r-2"}
    Wait For Event    ${TOLD}    requestId == r-1    status == DECLINED
    Wait For Event    ${TOLD}    requestId == r-2    status == PAID

The Question Says Where Its Answer Goes
    ${elsewhere}=    New Watched Topic
    Answer Events    ${ASKED}    with=example
    Publish Event    ${ASKED}    {"id": 1}    headers={"requestId": "r-1", "replyTo": "${elsewhere}"}
    Wait For Event    ${elsewhere}    requestId == r-1

What Is Answered Otherwise Has The Id Of Its Question Too
    Answer Events    ${ASKED}    with={"id": {$.id}, "status": "PAID"}
    Publish Event    ${ASKED}    {"id": 7}    headers={"requestId": "r-7"}
    Wait For Event    ${TOLD}    id == 7    requestId == r-7

A Question Without The Id Is Not Answered By An Example
    Answer Events    ${ASKED}    with=example
    Publish Event    ${ASKED}    {"id": 1}
    Run Keyword And Expect Error
    ...    *takes headers.requestId from the question, and it is missing*
    ...    Stop Answering

An Example That The Contract Does Not Have Is Refused
    Run Keyword And Expect Error
    ...    The contract has no example 'lost' of '${TOLD}'.*They are: paid, declined.
    ...    Answer Events    ${ASKED}    with=example: lost    to=${TOLD}


*** Keywords ***
Read The Contract
    ${asked}=    New Topic    questions
    ${told}=    New Watched Topic    answers
    ${text}=    Get File    ${CURDIR}${/}replies.asyncapi.yaml
    ${text}=    Replace String    ${text}    payment-requests    ${asked}
    ${text}=    Replace String    ${text}    payment-answers    ${told}
    Create File    ${OUTPUT_DIR}${/}replies.asyncapi.yaml    ${text}
    Load Contract    ${OUTPUT_DIR}${/}replies.asyncapi.yaml    replies
    VAR    ${ASKED}    ${asked}    scope=TEST    # robocop: off=VAR06
    VAR    ${TOLD}    ${told}    scope=TEST    # robocop: off=VAR06
