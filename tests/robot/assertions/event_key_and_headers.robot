*** Settings ***
Documentation    The keywords on an event's key and headers.

Resource         resources/kafka.resource

Suite Setup      Prepare A Topic


*** Test Cases ***
The Key
    ${event}=    Publish Event    ${TOPIC}    x    key=k-42
    Event Key Should Be    ${event}    k-42
    Run Keyword And Expect Error    *k-43*k-42*    Event Key Should Be    ${event}    k-43
    Run Keyword And Expect Error    Whose?*    Event Key Should Be    ${event}    k-43    message=Whose?

A Number As A Key
    ${event}=    Publish Event    ${TOPIC}    x    key=42
    Event Key Should Be    ${event}    42
    Event Key Should Be    ${event}    ${42}
    Run Keyword And Expect Error    *expected 42 (number)*    Event Key Should Be    ${event}    ${42}    strict=True
    Run Keyword And Expect Error    *was "42"*    Event Key Should Be    ${event}    ${43}

No Key
    ${event}=    Publish Event    ${TOPIC}    x
    Event Key Should Be    ${event}    ${None}
    Run Keyword And Expect Error    *k-42*    Event Key Should Be    ${event}    k-42

A Header
    VAR    &{headers}    source=web    count=5
    ${event}=    Publish Event    ${TOPIC}    x    headers=${headers}
    Event Header Should Be    ${event}    source    web
    Event Header Should Be    ${event}    count    5
    Run Keyword And Expect Error    *source*app*web*    Event Header Should Be    ${event}    source    app
    ${source}=    Get Event Header    ${event}    source
    Should Be Equal    ${source}    web

A Number Beside A Header
    [Documentation]    A header has no type. What a keyword before returned may be a number all the same.
    VAR    &{headers}    partition=0    partly=0.5    again=true
    ${event}=    Publish Event    ${TOPIC}    x    headers=${headers}    partition=0
    Event Header Should Be    ${event}    partition    ${event.partition}
    Event Header Should Be    ${event}    partly    ${0.5}
    Event Header Should Be    ${event}    again    ${True}
    ${partition}=    Get Event Header    ${event}    partition    in    ${{ [0, 1] }}
    Should Be Equal    ${partition}    0
    Event Should Match    ${event}    headers.partition    ==    ${0}    headers.partition    <    ${1}
    Event Should Match    ${event}    headers.partition    !=    ${1}

A Number Beside A Header Where Types Count
    VAR    &{headers}    partition=0
    ${event}=    Publish Event    ${TOPIC}    x    headers=${headers}
    Run Keyword And Expect Error    *was "0"*    Event Header Should Be    ${event}    partition    ${1}
    Run Keyword And Expect Error    *was "0" (text), expected 0 (number)*
    ...    Event Header Should Be    ${event}    partition    ${0}    strict=True
    Run Keyword And Expect Error    *was "0" (text), expected 0 (number)*
    ...    Event Should Match    ${event}    headers.partition    ==    ${0}    strict=True

A Header That Is Not There
    VAR    &{headers}    source=web
    ${event}=    Publish Event    ${TOPIC}    x    headers=${headers}
    Run Keyword And Expect Error    *sorce*source*    Event Header Should Be    ${event}    sorce    web
    Run Keyword And Expect Error    *sorce*source*    Get Event Header    ${event}    sorce

A Header That Is Not Text
    VAR    ${headers}    ${{ {'raw': bytes([255, 254]), 'nothing': None} }}
    ${event}=    Publish Event    ${TOPIC}    x    headers=${headers}
    ${raw}=    Get Event Header    ${event}    raw
    Should Be Equal    ${raw}    ${{ bytes([255, 254]) }}
    Event Header Should Be    ${event}    raw    ${{ bytes([255, 254]) }}
    ${nothing}=    Get Event Header    ${event}    nothing
    Should Be Equal    ${nothing}    ${None}
    Run Keyword And Expect Error    *raw*    Event Header Should Be    ${event}    raw    web

A Header Of Another Client That Is Not Text Stops No Wait
    ${topic}=    New Watched Topic
    VAR    ${headers}    ${{ [('raw', bytes([255, 254]))] }}
    Another Client Publishes    ${topic}    {"n": 1}    headers=${headers}
    ${event}=    Wait For Event    ${topic}    n == 1
    Event Header Should Be    ${event}    raw    ${{ bytes([255, 254]) }}
    Wait For Event    ${topic}    headers.raw exists


*** Keywords ***
Prepare A Topic
    Meet Other Clients
    ${topic}=    New Topic
    VAR    ${TOPIC}    ${topic}    scope=SUITE
