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

Not Ready
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Wait Until Consumer Group Is Ready    no-such-group    ${topic}    timeout=0.3 s

Ready On The Embedded Broker
    [Tags]    embedded-only
    Wait Until Consumer Group Is Ready    shop    orders
