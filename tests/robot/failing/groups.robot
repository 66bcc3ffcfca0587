*** Settings ***
Documentation    Consumer groups that do not what is waited for.

Resource         resources/failing.resource


*** Test Cases ***
Nobody Knows The Group
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    x    partition=0
    Wait Until Event Is Consumed    ${event}    no-such-group    timeout=0.3 s

Nobody Knows The Group Of The Embedded Broker
    [Tags]    embedded-only
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    x    partition=0
    Wait Until Event Is Consumed    ${event}    no-such-group    timeout=0.3 s

No Group
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    x    partition=0
    Wait Until Event Is Consumed    ${event}    ${EMPTY}

No Event
    Wait Until Event Is Consumed    x    shop

The Group Stands Before It
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    x    partition=0
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Group Commits    ${group}    ${topic}    partition=0    offset=1
    Wait Until Event Is Consumed    ${event}    ${group}    timeout=0.3 s

It Committed Meanwhile
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Publish Event    ${topic}    x    partition=0
    ${event}=    Publish Event    ${topic}    x    partition=0
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Group Has Committed    ${group}    ${topic}    partition=0    offset=1
    Group Has Committed    ${group}    ${topic}    partition=0    offset=2    after=1 s
    Wait Until Event Is Consumed    ${event}    ${group}    timeout=3 s

It Committed In An Open Transaction
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    x    partition=0
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Group Commits In A Transaction    ${group}    ${topic}    partition=0    offset=2
    Wait Until Event Is Consumed    ${event}    ${group}    timeout=0.3 s

It Committed On A Former Topic
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    x    partition=0
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Group Has Committed    ${group}    ${topic}    partition=0    offset=7
    Wait Until Event Is Consumed    ${event}    ${group}    timeout=0.3 s

The Topic Was Made Again
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    x    partition=0
    Another Client Makes The Topic Again    ${topic}    other
    Wait Until Event Is Consumed    ${event}    shop

The Event Is In An Open Transaction
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Begin Kafka Transaction
    ${event}=    Publish Event    ${topic}    x    partition=0
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Group Has Committed    ${group}    ${topic}    partition=0    offset=1
    Wait Until Event Is Consumed    ${event}    ${group}    timeout=0.3 s
    [Teardown]    Abort Kafka Transaction

Not Ready For Another Topic
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    ${other}=    New Topic    audits
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Another Client Consumes    ${other}    ${group}
    Wait Until Consumer Group Is Ready    ${group}    ${other}    timeout=20 s
    Wait Until Consumer Group Is Ready    ${group}    ${topic}    timeout=0.3 s

No Topic To Be Ready For
    [Tags]    real-kafka
    Wait Until Consumer Group Is Ready    shop    no.such.topic.at.all    timeout=0.3 s

Lag Of An Unknown Group
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Get Consumer Group Lag    no-such-group    ${topic}    ==    0    timeout=0.3 s

Lag Of An Unknown Group On The Embedded Broker
    [Tags]    embedded-only
    ${topic}=    Given A Topic
    Get Consumer Group Lag    no-such-group    ${topic}    ==    0    timeout=0.3 s

Lag Of An Unknown Group On All Topics
    [Tags]    real-kafka
    Get Consumer Group Lag    no-such-group

Lag On A Topic Of Others
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    ${other}=    New Topic    audits
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Another Client Consumes    ${other}    ${group}
    Wait Until Consumer Group Is Ready    ${group}    ${other}    timeout=20 s
    Get Consumer Group Lag    ${group}    ${topic}

Lag Not As Expected
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Publish Event    ${topic}    x    partition=0
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Group Has Committed    ${group}    ${topic}    partition=0    offset=1
    Get Consumer Group Lag    ${group}    ${topic}    ==    0    The batch is not done    timeout=0.3 s

Lag Beyond The End
    ${topic}=    Given A Topic
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Group Has Committed    ${group}    ${topic}    partition=0    offset=7
    Get Consumer Group Lag    ${group}    ${topic}

Lag Compared With Text
    Get Consumer Group Lag    shop    orders    ==    none

Lag With An Operator Of Texts
    Get Consumer Group Lag    shop    orders    contains    1

Reset Of A Group With Members
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    VAR    ${group}    ${{ uuid.uuid4().hex }}
    Another Client Consumes    ${topic}    ${group}
    Wait Until Consumer Group Is Ready    ${group}    ${topic}    timeout=20 s
    Reset Consumer Group Offsets    ${group}    ${topic}    to=earliest

Reset To An Offset That Is Not There
    ${topic}=    Given A Topic
    Reset Consumer Group Offsets    shop    ${topic}    to=7

Reset To Nowhere
    Reset Consumer Group Offsets    shop    orders    to=somewhere

Reset In A Missing Topic
    [Tags]    real-kafka
    Reset Consumer Group Offsets    shop    no.such.topic.at.all    to=latest

Not Ready
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Wait Until Consumer Group Is Ready    no-such-group    ${topic}    timeout=0.3 s

Ready On The Embedded Broker
    [Tags]    embedded-only
    Wait Until Consumer Group Is Ready    shop    orders
