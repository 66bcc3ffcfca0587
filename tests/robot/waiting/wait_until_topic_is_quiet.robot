*** Settings ***
Documentation    Wait Until Topic Is Quiet waits until no event came for a time.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
A Topic Without News Is Quiet
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"n": 1}
    Wait Until Topic Is Quiet    ${topic}    quiet=0.2 s

What Still Comes Is Waited For
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"n": 1}
    Another Client Publishes    ${topic}    {"n": 2}    after=0.3 s
    Another Client Publishes    ${topic}    {"n": 3}    after=0.6 s
    Wait Until Topic Is Quiet    ${topic}    quiet=0.8 s
    Event Count Should Be    ${topic}    3    within=0 s

A Topic That Is Never Quiet Fails
    ${topic}=    New Watched Topic
    Another Client Goes On Publishing    ${topic}    {"n": 1}    every=0.05 s
    Run Keyword And Expect Error    *${topic}*
    ...    Wait Until Topic Is Quiet    ${topic}    quiet=2 s    timeout=2.5 s

Several Topics Are Quiet Together
    ${one}=    New Watched Topic
    ${other}=    New Watched Topic
    Publish Event    ${one}    {"n": 1}
    Another Client Goes On Publishing    ${other}    {"n": 1}    every=0.05 s
    VAR    @{both}    ${one}    ${other}
    Run Keyword And Expect Error    *${other}*
    ...    Wait Until Topic Is Quiet    ${both}    quiet=2 s    timeout=2.5 s
    Wait Until Topic Is Quiet    ${one}    quiet=0.3 s

A Topic That Does Not Exist Is Not Quiet
    VAR    ${topic}    never.made.${{ uuid.uuid4().hex }}
    Run Keyword And Expect Error    *${topic}*does not exist*
    ...    Wait Until Topic Is Quiet    ${topic}    quiet=0.1 s    timeout=0.3 s

Longer Quiet Than There Is Time Is Refused
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"n": 1}
    Run Keyword And Expect Error    *    Wait Until Topic Is Quiet    ${topic}    quiet=5 s    timeout=0.2 s

A Time That Is None Is Refused
    [Template]    Run Keyword And Expect Error
    *never*    Wait Until Topic Is Quiet    orders    quiet=never
    *-1*    Wait Until Topic Is Quiet    orders    quiet=-1 s
