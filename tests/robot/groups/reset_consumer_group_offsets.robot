*** Settings ***
Documentation    Reset Consumer Group Offsets sets where a group without members goes on.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients And Watch A Topic
Test Setup       Choose A Group


*** Test Cases ***
To The Latest
    ${topic}=    Given Three Events
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=latest
    Should Be Equal    ${offsets}[${0}]    ${3}
    Get Consumer Group Lag    ${GROUP}    ${topic}    ==    0    timeout=0 s

To The Earliest
    ${topic}=    Given Three Events
    Group Has Committed    ${GROUP}    ${topic}    partition=0    offset=3
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=earliest
    Should Be Equal    ${offsets}[${0}]    ${0}
    Get Consumer Group Lag    ${GROUP}    ${topic}    ==    3    timeout=0 s

To An Event
    ${topic}=    Given Three Events
    ${event}=    Publish Event    ${topic}    {"n": 4}    partition=0
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=${event}
    Should Be Equal    ${offsets}    ${{ {0: 3} }}

An Application Consumes From There
    ${topic}=    Given Three Events
    ${event}=    Publish Event    ${topic}    {"n": 4}    partition=0
    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=${event}
    Another Client Consumes    ${topic}    ${GROUP}    at_most=1
    Wait Until Event Is Consumed    ${event}    ${GROUP}    timeout=15 s

To A Mark
    ${topic}=    Given Three Events
    ${mark}=    Watch Topics    ${topic}
    Publish Event    ${topic}    {"n": 4}    partition=0
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=${mark}
    Should Be Equal    ${offsets}[${0}]    ${3}

To The Start Of The Test
    [Documentation]    Where the test began, also for a topic that it watches in its midst.
    ${topic}=    Given Three Events
    Watch Topics    ${topic}
    Publish Event    ${topic}    {"n": 4}    partition=0
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=test start
    Should Be Equal    ${offsets}[${0}]    ${0}

To The Start Of The Test By Its Mark
    [Documentation]    By the mark that was set when the test began, whatever the timestamps of earlier events say.
    Publish Event    ${WATCHED}    {"n": 4}    partition=0
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${WATCHED}    to=test start
    Should Be Equal    ${offsets}[${0}]    ${3}

To The Start Of A Test That Did Not Watch The Topic
    ${topic}=    Given Three Events
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=test start
    Should Be Equal    ${offsets}[${0}]    ${0}

To A Time
    ${topic}=    New Topic
    Publish Event    ${topic}    {"n": 1}    partition=0    timestamp=2020-05-31 17:03:11
    Publish Event    ${topic}    {"n": 2}    partition=0
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=1 hour
    Should Be Equal    ${offsets}[${0}]    ${1}
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=2020-01-01 00:00
    Should Be Equal    ${offsets}[${0}]    ${0}

To An Offset
    [Tags]    real-kafka
    ${topic}=    New Topic    partitions=1
    Publish Event    ${topic}    {"n": 1}
    Publish Event    ${topic}    {"n": 2}
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=1
    Should Be Equal    ${offsets}    ${{ {0: 1} }}
    ${offsets}=    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=${2}
    Should Be Equal    ${offsets}    ${{ {0: 2} }}

An Offset That Is Not There Is Refused
    ${topic}=    Given Three Events
    Run Keyword And Expect Error    *can't continue at offset 3 of ${topic}*
    ...    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=3

A Group With Members Is Refused
    ${topic}=    Given Three Events
    Another Client Consumes    ${topic}    ${GROUP}
    Get Consumer Group Lag    ${GROUP}    ${topic}    ==    0    timeout=15 s
    Run Keyword And Expect Error    *Stop the application first*
    ...    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=earliest
    Get Consumer Group Lag    ${GROUP}    ${topic}    ==    0    timeout=0 s

What Is No Place To Go On Is Refused
    [Template]    Place Should Be Refused
    ${EMPTY}
    ${None}
    somewhere
    -1
    ${TRUE}

An Event Of Another Topic Is Refused
    ${topic}=    Given Three Events
    ${other}=    Given Three Events
    ${event}=    Publish Event    ${other}    {"n": 4}
    Run Keyword And Expect Error    *not in '${topic}'*
    ...    Reset Consumer Group Offsets    ${GROUP}    ${topic}    to=${event}

A Group Without A Name Is Refused
    ${topic}=    Given Three Events
    Run Keyword And Expect Error    *group*    Reset Consumer Group Offsets    ${EMPTY}    ${topic}    to=latest


*** Keywords ***
Meet Other Clients And Watch A Topic
    [Documentation]    What is there before any test has timestamps after all of them.
    Meet Other Clients
    ${topic}=    New Topic
    VAR    ${later}    ${{ datetime.datetime.now() + datetime.timedelta(minutes=30) }}
    FOR    ${n}    IN RANGE    3
        Publish Event    ${topic}    {"n": ${n}}    partition=0    timestamp=${later}
    END
    Watch Topics    ${topic}
    VAR    ${WATCHED}    ${topic}    scope=SUITE

Choose A Group
    VAR    ${GROUP}    shop-${{ uuid.uuid4().hex }}    scope=SUITE

Given Three Events
    ${topic}=    New Topic
    FOR    ${n}    IN RANGE    3
        Publish Event    ${topic}    {"n": ${n}}    partition=0
    END
    RETURN    ${topic}

Place Should Be Refused
    [Arguments]    ${to}
    Run Keyword And Expect Error    *to=*    Reset Consumer Group Offsets    ${GROUP}    orders    to=${to}
