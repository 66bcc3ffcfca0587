*** Settings ***
Documentation    Get Events gives what is there now.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
All That Meet The Conditions Are Given
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}    {"n": 2}    {"n": 3}    partition=0
    ${events}=    Get Events    ${topic}    n >= 2
    ${numbers}=    Get Event Fields    ${events}    n
    Should Be Equal    ${numbers}    ${{ [2, 3] }}

None Is A Good Answer
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}
    ${events}=    Get Events    ${topic}    n == 2
    Should Be Empty    ${events}

The Limit Keeps The Last
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}    {"n": 2}    {"n": 3}    partition=0
    ${events}=    Get Events    ${topic}    limit=2
    ${numbers}=    Get Event Fields    ${events}    n
    Should Be Equal    ${numbers}    ${{ [2, 3] }}

All That Ever Came Is Given From The Earliest On
    ${topic}=    New Topic
    Another Client Publishes Numbers    ${topic}    500
    Watch Topics    ${topic}
    ${events}=    Get Events    ${topic}    since=earliest
    Length Should Be    ${events}    500

A Topic That Does Not Exist Is A Failure
    ${topic}=    New Topic    orders.paid
    Publish Event    ${topic}    {"n": 1}
    Run Keyword And Expect Error    *${topic}x*does not exist*${topic}*    Get Events    ${topic}x

A Limit That Is None Is Refused
    [Template]    Run Keyword And Expect Error
    *few*    Get Events    orders    limit=few
    *-1*    Get Events    orders    limit=-1
