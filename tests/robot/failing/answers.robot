*** Settings ***
Documentation    Tests in which events are answered. What becomes of each is known to the suite that runs them.

Resource         resources/kafka.resource


*** Variables ***
&{PAID}    id={$.id}    status=PAID


*** Test Cases ***
A Field Is Missing In A Question
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    with=${PAID}    to=${told}
    Publish Event    ${asked}    {"ID": 1}    partition=0

A Question Can Not Be Judged
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    status == NEW    with=${PAID}    to=${told}
    Publish Event    ${asked}    no JSON    partition=0    key=k

An Answer Does Not Fit
    ${asked}    ${told}=    Topics
    Set Topic Format    ${told}    json-schema    schema={"type": "object", "properties": {"id": {"type": "integer"}}}
    Answer Events    ${asked}    with=${PAID}    to=${told}
    Publish Event    ${asked}    {"id": "one"}    partition=0

A Function Fails
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    with=json.loads    to=${told}
    Publish Event    ${asked}    {"id": 1}    partition=0

A Test That Failed Is Told It Too
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    with=${PAID}    to=${told}
    Publish Event    ${asked}    {}    partition=0
    Fail    Something else.

Fewer Answers Than Expected
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    id == 1    with=${PAID}    to=${told}
    Publish Event    ${asked}    {"id": 1}    partition=0
    Publish Event    ${asked}    {"id": 2}    partition=0
    Answers Should Have Been    2    timeout=0.3 s

It Is Begun Twice
    ${asked}    ${told}=    Topics
    Answer Events    ${asked}    id == 1    with=${PAID}    to=${told}
    Answer Events    ${asked}    id == 1    with=x    to=${told}

A Keyword Is To Read The Questions
    ${asked}    ${told}=    Topics
    Set Topic Format    ${asked}    own:Reverse Bytes
    Answer Events    ${asked}    id == 1    with=x    to=${told}
    Publish Event    ${asked}    }1 :"di"{    format=text    partition=0


*** Keywords ***
Topics
    ${asked}=    New Topic    questions
    ${told}=    New Topic    answers
    RETURN    ${asked}    ${told}

Reverse Bytes
    [Arguments]    ${raw}
    RETURN    ${raw[::-1]}
