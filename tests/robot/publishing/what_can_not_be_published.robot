*** Settings ***
Documentation    What can't be published fails with the reason, and nothing of it arrives.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients
Test Setup       Choose A Topic


*** Test Cases ***
Text That Looks Like JSON And Is None
    [Template]    Should Not Be Published
    *JSON*    {"a": 1
    *JSON*    {a: 1}
    *JSON*    [1, 2
    *JSON*format=text*    {"text": "two\nlines"}

Nothing
    Should Not Be Published    *Publish Tombstone*    ${None}

What Is Neither Text, Bytes Nor JSON
    Should Not Be Published    *object*    ${{ object() }}
    Should Not Be Published    *set*    ${{ {'a': {1, 2}} }}
    Should Not Be Published    *    ${{ float('nan') }}

What Can't Be Written Is Named With Its Place
    [Documentation]    An integer of any length can be written, so it is not the reason.
    [Template]    Should Not Be Published
    *$.tags is {1} (set)*    ${{ {'id': 2**64, 'tags': {1}} }}
    *$.lines[[]1].total is inf, which is not a JSON number*
    ...    ${{ {'id': 2**64, 'lines': [{}, {'total': float('inf')}]} }}
    *a name at $ is (1, 2) (tuple)*    ${{ {'id': 2**64, (1, 2): 'a'} }}

A Time That Its Topic Does Not Take
    [Tags]    real-kafka
    ${topic}=    New Topic
    Create Topic    ${topic}.young    message.timestamp.before.max.ms=3600000
    ${refused}=    Run Keyword And Expect Error    *
    ...    Publish Event    ${topic}.young    {"id": 1}    timestamp=2026-05-31 17:03:11+00:00
    Should Contain    ${refused}    its time, 2026-05-31 17:03:11 UTC (timestamp=1780246991000), is farther
    Should Contain    ${refused}    message.timestamp.before.max.ms and message.timestamp.after.max.ms
    [Teardown]    Delete Topic    ${topic}.young

A Topic That Is None
    [Template]    Run Keyword And Expect Error
    *topic*    Publish Event    ${EMPTY}    x
    *topic*    Publish Event    ${None}    x
    *two words*    Publish Event    two words    x
    *a/b*    Publish Event    a/b    x
    *    Publish Event    ${{ 'x' * 250 }}    x

A Key That Is None
    Run Keyword And Expect Error    *key*    Publish Event    ${TOPIC}    x    key=${{ object() }}
    Nothing Should Have Arrived

Headers That Are None
    [Template]    Headers Should Be Refused
    *source*    ${{ {'source': {'a': 1}} }}
    *headers*    not a header
    *headers*    ${42}
    *headers*    ${{ [('only a name',)] }}
    *name*42*    ${{ {42: 'x'} }}

A Partition That Is None
    [Template]    Partition Should Be Refused
    *99*    99
    *-2*    -2
    *first*    first
    *1.5*    1.5

A Time That Is None
    [Template]    Timestamp Should Be Refused
    *yesterday*    yesterday
    *-1*    -1
    *2026-13-01*    2026-13-01 00:00:00

A Format That Nobody Knows
    Run Keyword And Expect Error    *xml*json*    Publish Event    ${TOPIC}    <a/>    format=xml
    Run Keyword And Expect Error    *jsno*json*    Publish Event    ${TOPIC}    {}    format=jsno
    Nothing Should Have Arrived

A Format That Does Not Fit
    Run Keyword And Expect Error    *    Publish Event    ${TOPIC}    {"a"    format=json
    Nothing Should Have Arrived

An Event That Is Larger Than Kafka Takes
    [Tags]    real-kafka
    ${large}=    Evaluate    'x' * 5_000_000
    Should Not Be Published    *5,000,000*    ${large}


*** Keywords ***
Choose A Topic
    ${topic}=    New Topic
    Publish Event    ${topic}    the only one    partition=0
    VAR    ${TOPIC}    ${topic}    scope=SUITE

Should Not Be Published
    [Arguments]    ${message}    ${value}
    Run Keyword And Expect Error    ${message}    Publish Event    ${TOPIC}    ${value}
    Nothing Should Have Arrived

Headers Should Be Refused
    [Arguments]    ${message}    ${headers}
    Run Keyword And Expect Error    ${message}    Publish Event    ${TOPIC}    x    headers=${headers}
    Nothing Should Have Arrived

Partition Should Be Refused
    [Arguments]    ${message}    ${partition}
    Run Keyword And Expect Error    ${message}    Publish Event    ${TOPIC}    x    partition=${partition}
    ...    timeout=2 s
    Nothing Should Have Arrived

Timestamp Should Be Refused
    [Arguments]    ${message}    ${timestamp}
    Run Keyword And Expect Error    ${message}    Publish Event    ${TOPIC}    x    timestamp=${timestamp}
    Nothing Should Have Arrived

Nothing Should Have Arrived
    ${raw}=    Another Client Reads    ${TOPIC}
    Length Should Be    ${raw}    1
