*** Settings ***
Documentation    Get Consumer Group Lag counts how far a group is behind, and waits until that is as expected.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients
Test Setup       Choose A Group


*** Test Cases ***
A Group That Has Consumed All
    ${topic}=    New Topic
    Publish Event    ${topic}    {"n": 1}
    Another Client Consumes    ${topic}    ${GROUP}
    ${lag}=    Get Consumer Group Lag    ${GROUP}    ${topic}    ==    0    timeout=15 s
    Should Be Equal    ${lag}    ${0}

A Group That Is Behind
    ${topic}=    New Topic
    Publish Three Events    ${topic}
    Group Has Committed    ${GROUP}    ${topic}    partition=0    offset=1
    ${lag}=    Get Consumer Group Lag    ${GROUP}    ${topic}
    Should Be Equal    ${lag}    ${2}

A Lag Is Waited For
    ${topic}=    New Topic
    Publish Three Events    ${topic}
    Group Has Committed    ${GROUP}    ${topic}    partition=0    offset=1
    Another Client Consumes    ${topic}    ${GROUP}    after=0.3 s
    Get Consumer Group Lag    ${GROUP}    ${topic}    ==    0    timeout=15 s

A Group That Comes Later
    ${topic}=    New Topic
    Publish Three Events    ${topic}
    Another Client Consumes    ${topic}    ${GROUP}    after=0.3 s
    Get Consumer Group Lag    ${GROUP}    ${topic}    ==    0    timeout=15 s

All Topics Of The Group
    ${one}=    New Topic
    ${two}=    New Topic
    Publish Three Events    ${one}
    Publish Three Events    ${two}
    Group Has Committed    ${GROUP}    ${one}    partition=0    offset=1
    Group Has Committed    ${GROUP}    ${two}    partition=0    offset=3
    ${lag}=    Get Consumer Group Lag    ${GROUP}
    Should Be Equal    ${lag}    ${2}
    Get Consumer Group Lag    ${GROUP}    operator=<=    expected=2

Each Comparison
    [Template]    Lag Of Two Should Hold
    ==    2
    !=    0
    >    1
    >=    2
    <    3
    <=    ${2}

What Does Not Hold
    [Template]    Lag Of Two Should Not Hold
    ==    0
    !=    2
    >    2
    >=    3
    <    2
    <=    ${1}

A Message Of One's Own
    ${topic}=    Given A Lag Of Two
    Run Keyword And Expect Error    The batch is not done\nThe lag of the group*
    ...    Get Consumer Group Lag    ${GROUP}    ${topic}    ==    0    The batch is not done    timeout=0 s

An Unknown Group Is No Lag Of Zero
    ${topic}=    New Topic
    Publish Three Events    ${topic}
    Run Keyword And Expect Error    *${GROUP}*    Get Consumer Group Lag    ${GROUP}    ${topic}
    Run Keyword And Expect Error    *${GROUP}*    Get Consumer Group Lag    ${GROUP}
    Run Keyword And Expect Error    *${GROUP}*
    ...    Get Consumer Group Lag    ${GROUP}    ${topic}    ==    0    timeout=0.3 s

A Topic That The Group Does Not Consume
    ${topic}=    New Topic
    ${other}=    New Topic
    Publish Three Events    ${topic}
    Publish Three Events    ${other}
    Group Has Committed    ${GROUP}    ${topic}    partition=0    offset=3
    Run Keyword And Expect Error    *${other}*
    ...    Get Consumer Group Lag    ${GROUP}    ${other}    ==    0    timeout=0.3 s

What Can't Be Compared With A Lag Is Refused
    [Template]    Comparison Should Be Refused
    ==    ${EMPTY}
    ==    none
    !=    none
    <    1.5
    <    -1
    contains    1
    is    0


*** Keywords ***
Choose A Group
    VAR    ${GROUP}    shop-${{ uuid.uuid4().hex }}    scope=SUITE

Publish Three Events
    [Arguments]    ${topic}
    FOR    ${n}    IN RANGE    3
        Publish Event    ${topic}    {"n": ${n}}    partition=0
    END

Given A Lag Of Two
    ${topic}=    New Topic
    Publish Three Events    ${topic}
    Group Has Committed    ${GROUP}    ${topic}    partition=0    offset=1
    RETURN    ${topic}

Lag Of Two Should Hold
    [Arguments]    ${operator}    ${expected}
    ${topic}=    Given A Lag Of Two
    ${lag}=    Get Consumer Group Lag    ${GROUP}    ${topic}    ${operator}    ${expected}    timeout=0 s
    Should Be Equal    ${lag}    ${2}

Lag Of Two Should Not Hold
    [Arguments]    ${operator}    ${expected}
    ${topic}=    Given A Lag Of Two
    Run Keyword And Expect Error    The lag of the group '${GROUP}'*
    ...    Get Consumer Group Lag    ${GROUP}    ${topic}    ${operator}    ${expected}    timeout=0 s

Comparison Should Be Refused
    [Arguments]    ${operator}    ${expected}
    Run Keyword And Expect Error    *lag*    Get Consumer Group Lag    ${GROUP}    orders    ${operator}    ${expected}
