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
    ${said}=    Run Keyword And Expect Error    The group '${GROUP}' did not survive what came on '${topic}'.*
    ...    Consumer Should Survive    ${GROUP}    ${topic}    {"n": 3}    key=1    timeout=1 s
    Should Contain    ${said}    It stays at ${broken.place}, which 'Publish Broken Event' made: its value was cut

It Is Not Enough That Another Partition Goes On
    [Documentation]    The group has taken the ordinary event, and the broken one is on a partition of its own.
    ${topic}=    New Topic
    ${broken}=    Publish Broken Event    ${topic}    ${{ b'{"n": 1}' }}    kind=cut    key=1    format=bytes
    ${other}=    Publish Event    ${topic}    {"n": 2}    partition=${{ ($broken.partition + 1) % 4 }}
    Group Commits    ${GROUP}    ${topic}    ${other.partition}    ${other.offset + 2}
    Group Commits    ${GROUP}    ${topic}    ${broken.partition}    ${broken.offset}
    ${said}=    Run Keyword And Expect Error    The group '${GROUP}' did not survive what came on '${topic}'.*
    ...    Consumer Should Survive    ${GROUP}    ${topic}    ${other}    timeout=1 s
    Should Contain    ${said}    It stays at ${broken.place}, which 'Publish Broken Event' made: its value was cut


*** Keywords ***
Choose A Group
    VAR    ${GROUP}    group-${{ uuid.uuid4().hex[:8] }}    scope=SUITE
