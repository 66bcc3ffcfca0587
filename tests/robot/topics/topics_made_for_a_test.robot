*** Settings ***
Documentation    Topics are made with as many partitions as are asked for, on the embedded broker as on a real Kafka.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
A Created Topic Exists At Once, With One Partition
    [Setup]    Choose A Name
    Create Topic    ${NAME}
    Topic Should Exist    ${NAME}
    Publish Event    ${NAME}    x    partition=0
    Run Keyword And Expect Error    *partition*    Publish Event    ${NAME}    x    partition=1
    Wait For Event    ${NAME}    since=earliest
    [Teardown]    Another Client Removes The Topic    ${NAME}

A Created Topic Has As Many Partitions As Asked For
    [Setup]    Choose A Name
    Create Topic    ${NAME}    partitions=7
    ${event}=    Publish Event    ${NAME}    x    partition=6
    Should Be Equal As Integers    ${event.partition}    6
    Run Keyword And Expect Error    *partition*    Publish Event    ${NAME}    x    partition=7
    [Teardown]    Another Client Removes The Topic    ${NAME}

A Temporary Topic Has As Many Partitions As Asked For
    ${topic}=    Create Temporary Topic    orders    partitions=3
    Should Start With    ${topic}    orders.
    Watch Topics    ${topic}
    Publish Event    ${topic}    {"n": 1}    partition=2
    Wait For Event    ${topic}    n == 1

What Exists Can Not Be Created
    [Setup]    Choose A Name
    Create Topic    ${NAME}
    Run Keyword And Expect Error    *${NAME}*exists*    Create Topic    ${NAME}
    [Teardown]    Another Client Removes The Topic    ${NAME}

What Can Not Be Made Is Told
    [Template]    Run Keyword And Expect Error
    *two words*    Create Topic    two words
    *0*    Create Topic    orders.refused    partitions=0
    *many*    Create Topic    orders.refused    partitions=many
    *99*    Create Topic    orders.refused    replication_factor=99
    *32,767*    Create Topic    orders.refused    replication_factor=99999999999
    *100,000*    Create Topic    orders.refused    partitions=99999999999

Topics Given As Watch Exist On The Embedded Broker
    [Documentation]    Those that are named, not those that a pattern means.
    [Tags]    embedded-only
    [Setup]    Choose A Name
    Import Library    KafkaLibrary    bootstrap_servers=embedded    watch=${NAME},${NAME}-*    AS    Watching
    Set Library Search Order    KafkaLibrary
    Watching.Topic Should Exist    ${NAME}
    Watching.Topic Should Not Exist    ${NAME}-1
    Watching.Create Topic    ${NAME}
    Watching.No Event Should Arrive    ${NAME}    within=0.05 s
    Watching.Publish Event    ${NAME}    x    partition=0
    Watching.Wait For Event    ${NAME}
    [Teardown]    Watching.Disconnect From All Kafka

Settings Have No Effect On The Embedded Broker
    [Tags]    embedded-only
    [Setup]    Choose A Name
    Create Topic    ${NAME}    cleanup.policy=compact
    Topic Should Exist    ${NAME}

An Application That Subscribed First Gets The First Event
    [Template]    First Event Should Reach An Application
    classic
    consumer


*** Keywords ***
Choose A Name
    VAR    ${NAME}    made.${{ uuid.uuid4().hex }}    scope=SUITE

First Event Should Reach An Application
    [Arguments]    ${protocol}
    VAR    ${group}    shop-${{ uuid.uuid4().hex }}
    ${topic}=    Create Temporary Topic    partitions=3
    Another Client Consumes    ${topic}    ${group}    protocol=${protocol}
    ${event}=    Publish Event    ${topic}    {"n": 1}
    Wait Until Event Is Consumed    ${event}    ${group}    timeout=15 s
