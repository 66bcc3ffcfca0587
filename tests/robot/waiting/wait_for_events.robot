*** Settings ***
Documentation    Wait For Events gives the first ``count`` events that meet all conditions.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
As Many Events As Were Asked For Are Given
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}    {"n": 2}    {"n": 3}    partition=0
    ${events}=    Wait For Events    ${topic}    2
    ${numbers}=    Get Event Fields    ${events}    n
    Should Be Equal    ${numbers}    ${{ [1, 2] }}

Only Those That Meet The Conditions Count
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}    {"n": 2}    {"n": 3}    {"n": 4}    partition=0
    ${events}=    Wait For Events    ${topic}    2    n > 2
    ${numbers}=    Get Event Fields    ${events}    n
    Should Be Equal    ${numbers}    ${{ [3, 4] }}

The Wait Goes On Until The Last Of Them Came
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}
    Another Client Publishes    ${topic}    {"n": 2}    {"n": 3}    after=0.2 s
    Wait For Events    ${topic}    3

Within A Partition They Are In The Order Of Offsets
    ${topic}=    New Watched Topic    partitions=2
    FOR    ${number}    IN RANGE    10
        Another Client Publishes    ${topic}    {"n": ${number}}    partition=${number % 2}
    END
    ${events}=    Wait For Events    ${topic}    10
    FOR    ${partition}    IN    0    1
        ${offsets}=    Evaluate    [one.offset for one in $events if one.partition == ${partition}]
        Should Be Equal    ${offsets}    ${{ [0, 1, 2, 3, 4] }}
    END

A Count That Is None Is Refused
    [Template]    Run Keyword And Expect Error
    *many*    Wait For Events    orders    many    timeout=0.1 s
    *-1*    Wait For Events    orders    -1    timeout=0.1 s
    *1 or more*    Wait For Events    orders    0    timeout=0.1 s
    *1.5*    Wait For Events    orders    1.5    timeout=0.1 s
    *orderId == 42*    Wait For Events    orders    orderId == 42    timeout=0.1 s
