*** Settings ***
Documentation    Consumer Should Survive proves that a group still consumes, on each partition, whatever came before.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients
Test Setup       Choose A Group


*** Test Cases ***
A Consumer That Skips What It Can Not Read
    ${topic}=    New Topic
    Publish Event    ${topic}    {"n": 1}    key=1
    Another Client Consumes    ${topic}    ${GROUP}
    Publish Broken Event    ${topic}    {"n": 2}    kind=cut    key=2
    Publish Broken Event    ${topic}    {"n": 3}    kind=tombstone    key=3
    ${ordinary}=    Consumer Should Survive    ${GROUP}    ${topic}    {"n": 4}    key=4    timeout=15 s
    Event Field Should Be    ${ordinary}    n    4

A Consumer That Stays On It
    [Documentation]    It takes one event, and the broken one never.
    ${topic}=    New Topic
    ${first}=    Publish Event    ${topic}    {"n": 1}    key=1
    Another Client Consumes    ${topic}    ${GROUP}    at_most=1
    Wait Until Event Is Consumed    ${first}    ${GROUP}    timeout=15 s
    ${broken}=    Publish Broken Event    ${topic}    {"n": 2}    kind=cut    key=1
    ${said}=    Run Keyword And Expect Error    The group '${GROUP}' did not survive what arrived on '${topic}'.*
    ...    Consumer Should Survive    ${GROUP}    ${topic}    {"n": 3}    key=1    timeout=1 s
    Should Contain    ${said}    It stays at ${broken.place}, which 'Publish Broken Event' made: its value was cut

It Is Not Enough That Another Partition Goes On
    [Documentation]    The group has taken the ordinary event, and the broken one is on a partition of its own.
    ${topic}=    New Topic
    ${broken}=    Publish Broken Event    ${topic}    ${{ b'{"n": 1}' }}    kind=cut    key=1    format=bytes
    ${other}=    Publish Event    ${topic}    {"n": 2}    partition=${{ ($broken.partition + 1) % 4 }}
    Group Commits    ${GROUP}    ${topic}    ${other.partition}    ${other.offset + 2}
    Group Commits    ${GROUP}    ${topic}    ${broken.partition}    ${broken.offset}
    ${said}=    Run Keyword And Expect Error    The group '${GROUP}' did not survive what arrived on '${topic}'.*
    ...    Consumer Should Survive    ${GROUP}    ${topic}    ${other}    timeout=1 s
    Should Contain    ${said}    It stays at ${broken.place}, which 'Publish Broken Event' made: its value was cut

What Comes Meanwhile May Wait
    [Documentation]    More has come elsewhere when the group has taken the ordinary event.
    ${topic}=    New Topic
    ${first}=    Publish Event    ${topic}    {"n": 1}    partition=0
    Publish Event    ${topic}    {"n": 1}    partition=1
    Group Has Committed    ${GROUP}    ${topic}    1    1
    Another Client Publishes    ${topic}    {"n": 3}    partition=1    after=0.5 s
    Group Has Committed    ${GROUP}    ${topic}    0    2    after=1 s
    Consumer Should Survive    ${GROUP}    ${topic}    ${first}    timeout=5 s

What Was There Before The Test May Have Been Left Out
    [Documentation]    A group that began with the latest has no commit on a partition where nothing came since.
    ${topic}=    New Topic
    Another Client Publishes    ${topic}    {"n": 1}    partition=1
    Watch Topics    ${topic}
    ${first}=    Publish Event    ${topic}    {"n": 1}    partition=0
    Group Has Committed    ${GROUP}    ${topic}    0    2    after=0.5 s
    Consumer Should Survive    ${GROUP}    ${topic}    ${first}    timeout=5 s

What Came In The Test Is Of The Group
    [Documentation]    It has no commit on the partition where it came.
    ${topic}=    New Topic
    Another Client Publishes    ${topic}    {"n": 1}    partition=1
    Watch Topics    ${topic}
    ${first}=    Publish Event    ${topic}    {"n": 1}    partition=0
    Another Client Publishes    ${topic}    {"n": 3}    partition=2
    Group Has Committed    ${GROUP}    ${topic}    0    2    after=0.5 s
    ${said}=    Run Keyword And Expect Error    The group '${GROUP}' did not survive what arrived on '${topic}'.*
    ...    Consumer Should Survive    ${GROUP}    ${topic}    ${first}    timeout=1 s
    Should Contain    ${said}    It stays at ${topic}\[2]@0.
    Should Not Contain    ${said}    ${topic}\[1]

The End Of A Transaction Is No Event
    [Documentation]    It has an offset, and not every client commits past it.
    [Tags]    real-kafka
    ${topic}=    New Topic
    ${first}=    Publish Event    ${topic}    {"n": 1}    partition=0
    Begin Kafka Transaction
    ${other}=    Publish Event    ${topic}    {"n": 2}    partition=1
    Commit Kafka Transaction
    Group Has Committed    ${GROUP}    ${topic}    1    ${other.offset + 1}
    Group Has Committed    ${GROUP}    ${topic}    0    2    after=0.5 s
    Consumer Should Survive    ${GROUP}    ${topic}    ${first}    timeout=5 s

An Ordinary Event Has A Format As Any Other
    ${topic}=    New Topic
    Another Client Consumes    ${topic}    ${GROUP}
    ${event}=    Consumer Should Survive    ${GROUP}    ${topic}    ${42}    key=1    format=long    timeout=15 s
    Should Be Equal    ${event.raw_value}    ${{ (42).to_bytes(8, 'big') }}

Without A Group Nothing Is Published
    ${topic}=    New Watched Topic
    ${first}=    Publish Event    ${topic}    {"n": 1}
    Run Keyword And Expect Error    Expected a consumer group id*
    ...    Consumer Should Survive    ${EMPTY}    ${topic}    ${first}
    ${events}=    Get Events    ${topic}
    Length Should Be    ${events}    1


*** Keywords ***
Choose A Group
    VAR    ${GROUP}    group-${{ uuid.uuid4().hex[:8] }}    scope=SUITE
