*** Settings ***
Documentation    Connect To Kafka, Switch Kafka Connection and the keywords that disconnect.

Library          OperatingSystem
Resource         resources/kafka.resource

Test Teardown    Close What Was Opened


*** Test Cases ***
Connecting Switches To The New Connection
    ${alias}=    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=second
    Should Be Equal    ${alias}    second
    ${before}=    Switch Kafka Connection    default
    Should Be Equal    ${before}    second

Connecting To A Dead Address Fails At Once And Leaves Things As They Were
    [Setup]    Have A Library Without Kafka
    Run Keyword And Expect Error    *${ADDRESS_WITHOUT_KAFKA}*refused*
    ...    Connect To Kafka    ${ADDRESS_WITHOUT_KAFKA}    alias=dead    timeout=0.3 s
    Run Keyword And Expect Error    *dead*    Switch Kafka Connection    dead
    Kafka Should Be Reachable

An Address That Never Answers
    ${silent}=    Get Silent Address
    Run Keyword And Expect Error    *${silent}*    Connect To Kafka    ${silent}    alias=silent    timeout=0.5 s

A Host That Nobody Knows
    Run Keyword And Expect Error    *no.such.host.invalid*
    ...    Connect To Kafka    no.such.host.invalid:9092    alias=nowhere    timeout=1 s

An Address That Is None
    [Template]    Run Keyword And Expect Error
    *bootstrap_servers*    Connect To Kafka    ${EMPTY}    alias=x    timeout=0.3 s
    *port*    Connect To Kafka    localhost:port    alias=x    timeout=0.3 s
    *http*    Connect To Kafka    http://localhost:9092    alias=x    timeout=0.3 s

An Address Without A Port Says Which One Was Used
    [Template]    Run Keyword And Expect Error
    *No port was given for '127.0.0.77', so 9092 was used*    Connect To Kafka    127.0.0.77    alias=x    timeout=0.5 s
    *No port was given for '127.0.0.77', so 9092 was used*
    ...    Connect To Kafka    127.0.0.78:1,127.0.0.77    alias=x    timeout=0.5 s

One Address Of Several Is Enough
    [Tags]    real-kafka
    ${closed}=    Get Closed Address
    Connect To Kafka    ${closed},${BOOTSTRAP_SERVERS}    alias=second    timeout=3 s
    ${topic}=    New Topic
    Publish Event    ${topic}    x

Switching To What Is Not Open Names What Is
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=orders
    Run Keyword And Expect Error    *order*orders*    Switch Kafka Connection    order
    Run Keyword And Expect Error    *order*    Disconnect From Kafka    order

An Alias That Is Open Is Taken Over
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=second
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=second
    Kafka Should Be Reachable

Disconnecting Goes Back To The One Before
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=second
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=third
    Disconnect From Kafka
    ${now}=    Switch Kafka Connection    default
    Should Be Equal    ${now}    second

The Connection Of The Import Opens Again
    Disconnect From All Kafka
    Kafka Should Be Reachable
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"n": 1}
    Wait For Event    ${topic}    n == 1

A Client Property Is Taken
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=second    client.id=acceptance
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"n": 1}
    Wait For Event    ${topic}    n == 1

A Client Property That Nobody Knows
    Run Keyword And Expect Error    *no.such.property*
    ...    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    no.such.property=1
    Run Keyword And Expect Error    *security.protcol*
    ...    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    security.protcol=SSL

A Client Property With A Value That Is None
    Run Keyword And Expect Error    *broker.address.family*
    ...    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    broker.address.family=v5

A Property Of Publishing With A Value That Is None
    [Documentation]    It may be told when it is given or when it is first needed.
    ${topic}=    New Topic
    Run Keyword And Expect Error    *strongest*compression*    Connect And Publish    ${topic}

A Consumer Group For Reading Is Refused Or Harmless
    Run Keyword And Ignore Error    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    group.id=${EMPTY}
    Run Keyword And Ignore Error    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    group.id=${None}
    Disconnect From All Kafka
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"n": 1}
    Wait For Event    ${topic}    n == 1

Properties From A File
    Create File    ${OUTPUT_DIR}/client.properties    \# of the test\nclient.id=from-file\nenable.idempotence=true\n
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=second    config=${OUTPUT_DIR}/client.properties
    Kafka Should Be Reachable

A File That Is Not There
    Run Keyword And Expect Error    *no.such.properties*
    ...    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    config=no.such.properties

A Line In The File That Nobody Can Read
    Create File    ${OUTPUT_DIR}/broken.properties    client.id=x\nsesame-open\n
    ${message}=    Run Keyword And Expect Error    *broken.properties*
    ...    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    config=${OUTPUT_DIR}/broken.properties
    Should Not Contain    ${message}    sesame-open

The Facts Of The Cluster
    ${cluster}=    Kafka Should Be Reachable    timeout=3 s
    Should Match Regexp    ${cluster}[bootstrap_servers]    :\\d+$
    Should Not Be Empty    ${cluster}[cluster_id]
    Should Not Be Empty    ${cluster}[brokers]

Each Embedded Broker Is One Of Its Own
    ${topic}=    New Topic
    Publish Event    ${topic}    x
    Connect To Kafka    embedded    alias=embedded
    Topic Should Not Exist    ${topic}
    Publish Event    ${topic}    y
    Topic Should Exist    ${topic}

The Timeout Of A Connection
    ${before}=    Set Kafka Timeout    0.2 s
    ${set}=    Set Kafka Timeout    ${before}
    Should Be Equal    ${{ robot.utils.timestr_to_secs($before) }}    ${5.0}
    Should Be Equal    ${{ robot.utils.timestr_to_secs($set) }}    ${0.2}

The Timeout Counts Where No Other Is Given
    ${topic}=    New Watched Topic
    Set Kafka Timeout    0.2 s
    Run Keyword And Expect Error    *within 0.2 seconds*    Wait For Event    ${topic}    n == 1
    [Teardown]    Set Kafka Timeout    5 s

A Timeout That Is None
    [Template]    Run Keyword And Expect Error
    *soon*    Set Kafka Timeout    soon
    *-1*    Set Kafka Timeout    -1 s
    *soon*    Connect To Kafka    embedded    alias=x    timeout=soon


*** Keywords ***
Connect And Publish
    [Arguments]    ${topic}
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    compression.type=strongest
    Publish Event    ${topic}    x

Close What Was Opened
    Disconnect From All Kafka
