*** Settings ***
Documentation    What is asked of an event may be checked in the same step, in one form for fields and headers.

Resource         resources/kafka.resource

Suite Setup      Publish Some Orders


*** Test Cases ***
A Header Is Checked And Returned
    ${attempt}=    Get Event Header    ${EVENT}    attempt    >=    2
    Should Be Equal    ${attempt}    2
    ${source}=    Get Event Header    ${EVENT}    source    ==    web
    Should Be Equal    ${source}    web
    ${source}=    Get Event Header    ${EVENT}    source    ^=    we
    Should Be Equal    ${source}    web

One Of Several Headers Is Checked
    ${first}=    Get Event Header    ${EVENT}    attempt    ==    1    index=0
    Should Be Equal    ${first}    1
    ${all}=    Get Event Header    ${EVENT}    attempt    ==    1    index=*
    Length Should Be    ${all}    2
    Run Keyword And Expect Error    *attempt*    Get Event Header    ${EVENT}    attempt    ==    1

A Header That Is Not There Can Be Expected
    ${nothing}=    Get Event Header    ${EVENT}    nothing    does not exist
    Should Be Equal    ${nothing}    ${None}
    Run Keyword And Expect Error    *source*    Get Event Header    ${EVENT}    source    does not exist
    Run Keyword And Expect Error    *nothing*    Get Event Header    ${EVENT}    nothing    ==    x
    Run Keyword And Expect Error    *nothing*    Get Event Header    ${EVENT}    nothing

A Header That Differs Fails With What It Was
    Run Keyword And Expect Error    Wrong source*source*web*
    ...    Get Event Header    ${EVENT}    source    ==    app    Wrong source
    Run Keyword And Expect Error    *attempt*    Get Event Header    ${EVENT}    attempt    ==    ${2}    strict=True

The Fields Of All Events Are Checked And Returned
    ${numbers}=    Get Event Fields    ${EVENTS}    n    >=    1
    Should Be Equal    ${numbers}    ${{ [1, 2, 3] }}
    ${numbers}=    Get Event Fields    ${EVENTS}    n    in    1, 2, 3
    Length Should Be    ${numbers}    3

Each Event Is Checked
    Run Keyword And Expect Error    Too small*@0*    Get Event Fields    ${EVENTS}    n    >=    2    Too small
    Run Keyword And Expect Error    *@2*    Get Event Fields    ${EVENTS}    n    <    3
    Run Keyword And Expect Error    *n*    Get Event Fields    ${EVENTS}    n    ==    1    strict=True
    Run Keyword And Expect Error    *m*    Get Event Fields    ${EVENTS}    m    ==    1
    ${nothing}=    Get Event Fields    ${EVENTS}    m    does not exist
    Should Be Empty    ${nothing}

No Event Proves Nothing
    VAR    @{none}    @{EMPTY}
    Run Keyword And Expect Error    *event*    Get Event Fields    ${none}    n    >=    1
    ${nothing}=    Get Event Fields    ${none}    n
    Should Be Empty    ${nothing}

What Is No Operator Is Refused
    Run Keyword And Expect Error    *equals*    Get Event Header    ${EVENT}    source    equals    web
    Run Keyword And Expect Error    *equals*    Get Event Fields    ${EVENTS}    n    equals    1


*** Keywords ***
Publish Some Orders
    ${topic}=    New Topic    orders    partitions=1
    VAR    @{headers}    ${{ ("source", "web") }}    ${{ ("attempt", "1") }}    ${{ ("attempt", "2") }}
    VAR    @{events}    @{EMPTY}
    FOR    ${number}    IN RANGE    1    4
        ${event}=    Publish Event    ${topic}    {"n": ${number}}    headers=${headers}    partition=0
        Append To List    ${events}    ${event}
    END
    VAR    ${EVENT}    ${event}    scope=SUITE
    VAR    @{EVENTS}    @{events}    scope=SUITE
