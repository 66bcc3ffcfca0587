*** Settings ***
Documentation     A principal needs the right to read a topic in order to watch it, the right to write in order to
...               publish, and no other.

Resource          resources/secured.resource

Suite Setup       Have A Writer And A Reader
Suite Teardown    Close What Was Opened

Test Tags         real-kafka    secured-kafka


*** Test Cases ***
A Reader Of One Topic Finds What Was Published
    ${id}=    Publish As The Writer
    ${event}=    Wait For Event    ${TOPIC}    id == ${id}
    Should Be Equal    ${event.value.id}    ${id}

A Reader Of One Topic Finds What Comes Later
    Watch Topics    ${TOPIC}
    ${first}=    Publish As The Writer
    ${second}=    Publish As The Writer
    ${events}=    Wait For Events    ${TOPIC}    count=2    timeout=5 s
    VAR    @{ids}    ${first}    ${second}
    VAR    @{found}    @{{ [event.value['id'] for event in $events] }}
    Lists Should Be Equal    ${{ sorted($found) }}    ${{ sorted($ids) }}

A Reader Of One Topic Proves That Nothing Came
    Publish As The Writer
    No Event Should Arrive    ${TOPIC}    id == nothing    within=0.2 s
    Event Count Should Be    ${TOPIC}    0    id == nothing    within=0.2 s
    Wait Until Topic Is Quiet    ${TOPIC}    quiet=0.2 s

A Reader Of One Topic Gets All Events
    Publish As The Writer
    ${events}=    Get Events    ${TOPIC}    since=earliest
    Should Not Be Empty    ${events}

A Reader Of One Topic Is Told Of The Cluster
    ${cluster}=    Kafka Should Be Reachable
    Should Not Be Empty    ${cluster}[brokers]

A Reader Of One Topic Is Told Each Time That A Group Is Not Permitted
    # Of the topic and not of the group: the client itself tells this once and then waits in silence.
    ${event}=    Get Events    ${TOPIC}    since=earliest
    FOR    ${_}    IN RANGE    2
        Run Keyword And Expect Error    *denied permission to read the offsets of the group 'billing'*
        ...    Get Consumer Group Lag    billing    ${TOPIC}
        Run Keyword And Expect Error    *denied permission to describe the group 'billing'*
        ...    Wait Until Consumer Group Is Ready    billing    ${TOPIC}
        Run Keyword And Expect Error    *denied permission to read the offsets of the group 'billing'*
        ...    Wait Until Event Is Consumed    ${event}[0]    billing
    END

Other Topics Are Not There For A Reader Of One
    Topic Should Exist    ${TOPIC}
    Run Keyword And Expect Error    *hidden.orders*    Topic Should Exist    hidden.orders


*** Keywords ***
Have A Writer And A Reader
    ${topic}=    Get Permitted Topic
    VAR    ${TOPIC}    ${topic}    scope=SUITE
    Connect As    writer
    Connect As    reader

Connect As
    [Arguments]    ${login}
    ${address}=    Get Listener    SASL PLAIN
    ${password}=    Get Password    ${login}
    Connect To Kafka    ${address}    alias=${login}    security.protocol=SASL_PLAINTEXT
    ...    sasl.mechanism=SCRAM-SHA-512    sasl.username=${login}    sasl.password=${password}

Publish As The Writer
    VAR    ${id}    ${{ uuid.uuid4().hex }}
    Switch Kafka Connection    writer
    Publish Event    ${TOPIC}    {"id": "${id}"}
    Switch Kafka Connection    reader
    RETURN    ${id}
