*** Settings ***
Documentation    Event Count Should Be says exactly how many events meet all conditions.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
Exactly As Many
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}    {"n": 2}    {"n": 2}    partition=0
    ${events}=    Event Count Should Be    ${topic}    2    n == 2    within=0.2 s
    ${offsets}=    Get Event Fields    ${events}    offset
    Should Be Equal    ${offsets}    ${{ [1, 2] }}

None At All
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}
    ${events}=    Event Count Should Be    ${topic}    0    n == 2    within=0.2 s
    Should Be Empty    ${events}

Events That Come In Time Are Counted
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}
    Another Client Publishes    ${topic}    {"n": 2}    after=0.2 s
    Event Count Should Be    ${topic}    2    within=0.6 s

Too Few And Too Many Fail
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}    {"n": 2}
    Run Keyword And Expect Error
    ...    2 events*expected 3 events*
    ...    Event Count Should Be
    ...    ${topic}
    ...    3
    ...    within=0.2 s
    Run Keyword And Expect Error
    ...    2 events*expected 1 event*
    ...    Event Count Should Be
    ...    ${topic}
    ...    1
    ...    within=0.2 s

On Several Topics They Are Counted Together
    ${one}=    New Watched Topic
    ${other}=    New Watched Topic
    VAR    @{both}    ${one}    ${other}
    Another Client Publishes    ${one}    {"n": 1}
    Another Client Publishes    ${other}    {"n": 1}
    Event Count Should Be    ${both}    2    n == 1    within=0.2 s

A Count That Is None Is Refused
    [Template]    Run Keyword And Expect Error
    *few*    Event Count Should Be    orders    few    within=0.1 s
    *-2*    Event Count Should Be    orders    -2    within=0.1 s
