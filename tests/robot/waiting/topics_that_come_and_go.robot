*** Settings ***
Documentation    Topics that are deleted, made again or cut short while a test looks at them.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients

Test Tags        real-kafka


*** Test Cases ***
A Topic That Is Deleted While A Wait Goes On
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"n": 1}
    Another Client Deletes The Topic    ${topic}    after=0.2 s
    Run Keyword And Expect Error    *${topic}*    Wait For Event    ${topic}    n == 2    timeout=3 s

A Topic That Is Deleted While A Negative Waits Proves Nothing
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"n": 1}
    Another Client Deletes The Topic    ${topic}    after=0.2 s
    Run Keyword And Expect Error    *'${topic}'*deleted*
    ...    No Event Should Arrive    ${topic}    n == 2    within=3 s

A Topic That Is Made Again With Fewer Events Is Read From Its Beginning
    ${topic}=    New Watched Topic    partitions=1
    Publish Event    ${topic}    {"old": 1}
    Publish Event    ${topic}    {"old": 2}
    Wait For Event    ${topic}    old == 2
    Another Client Makes The Topic Again    ${topic}    {"new": 1}    after=0.2 s
    ${event}=    Wait For Event    ${topic}    new exists
    Should Be Equal As Integers    ${event.offset}    0

What The Former Topic Had Is Not Taken For The New One's
    ${topic}=    New Watched Topic    partitions=1
    Publish Event    ${topic}    {"old": 1}
    Wait For Event    ${topic}    old == 1
    Another Client Makes The Topic Again    ${topic}    {"new": 1}
    Wait For Event    ${topic}    new == 1
    ${events}=    Get Events    ${topic}    since=earliest
    ${old}=    Get Event Fields    ${events}    old
    Should Be Empty    ${old}

Counting On A Topic That Was Made Again Proves Nothing
    ${topic}=    New Watched Topic    partitions=1
    Publish Event    ${topic}    {"n": 1}
    Wait For Event    ${topic}    n == 1
    Another Client Makes The Topic Again    ${topic}    {"n": 1}    after=0.1 s
    Run Keyword And Expect Error    *'${topic}'*recreated*
    ...    Event Count Should Be    ${topic}    1    n == 1    within=3 s

Events Deleted By The Test Itself Are Gone
    ${topic}=    New Topic
    Publish Event    ${topic}    {"n": 1}
    Delete Events    ${topic}
    ${events}=    Get Events    ${topic}    since=earliest
    Should Be Empty    ${events}
    Watch Topics    ${topic}
    Publish Event    ${topic}    {"n": 2}
    Event Count Should Be    ${topic}    1    within=0.2 s

Events Deleted Before The Mark Are Nobody's Loss
    ${topic}=    New Topic
    Publish Event    ${topic}    {"n": 1}    partition=0
    Publish Event    ${topic}    {"n": 2}    partition=0
    Another Client Deletes Events    ${topic}    before=2
    Watch Topics    ${topic}
    No Event Should Arrive    ${topic}    within=0.2 s

Partitions That Are Added Meanwhile Count In A Negative
    ${topic}=    New Watched Topic    partitions=1
    Publish Event    ${topic}    {"n": 1}
    Another Client Adds Partitions    ${topic}    total=2
    Another Client Makes Itself New
    Another Client Publishes    ${topic}    {"n": 2}    partition=1
    Run Keyword And Expect Error    *${topic}*    No Event Should Arrive    ${topic}    n == 2    within=0.5 s
