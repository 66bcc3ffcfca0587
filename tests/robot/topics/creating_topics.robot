*** Settings ***
Documentation    Topics are created, described and deleted.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients

Test Tags        real-kafka


*** Test Cases ***
A Topic Is There When It Was Created
    [Setup]    Choose A Name
    Create Topic    ${NAME}
    ${topics}=    Topics Of Kafka
    List Should Contain Value    ${topics}    ${NAME}
    Topic Should Exist    ${NAME}
    Publish Event    ${NAME}    x
    [Teardown]    Delete Topic    ${NAME}

A Topic Can Be Used At Once
    [Documentation]    Not every time a new topic's partitions have a leader at once.
    FOR    ${_}    IN RANGE    10
        ${topic}=    Create Temporary Topic    partitions=4
        Watch Topics    ${topic}
        Publish Event    ${topic}    {"n": 1}
        Wait For Event    ${topic}    n == 1
    END

A Topic Has The Partitions And The Settings It Was Given
    [Setup]    Choose A Name
    Create Topic    ${NAME}    partitions=3    cleanup.policy=compact    retention.ms=60000
    ${event}=    Publish Event    ${NAME}    x    key=k    partition=2
    Should Be Equal As Integers    ${event.partition}    2
    ${configuration}=    Get Topic Configuration    ${NAME}
    Should Be Equal    ${configuration}[cleanup.policy]    compact
    Should Be Equal    ${configuration}[retention.ms]    60000
    [Teardown]    Delete Topic    ${NAME}

What Kafka Refuses Is Told
    [Template]    Run Keyword And Expect Error
    *99*    Create Topic    orders.refused    replication_factor=99
    *clenup.policy*    Create Topic    orders.refused    clenup.policy=compact
    *retention.ms*    Create Topic    orders.refused    retention.ms=soon

A Deleted Topic Is Gone
    [Setup]    Choose A Name
    Create Topic    ${NAME}
    Delete Topic    ${NAME}
    ${topics}=    Topics Of Kafka
    List Should Not Contain Value    ${topics}    ${NAME}
    Topic Should Not Exist    ${NAME}

What Does Not Exist Can Not Be Deleted Or Described
    [Setup]    Choose A Name
    Run Keyword And Expect Error    *${NAME}*    Delete Topic    ${NAME}
    Run Keyword And Expect Error    *${NAME}*    Get Topic Configuration    ${NAME}
    Run Keyword And Expect Error    *${NAME}*    Delete Events    ${NAME}

Events Are Deleted Up To Now
    ${topic}=    New Topic    partitions=2
    Publish Event    ${topic}    {"n": 1}    partition=0
    Publish Event    ${topic}    {"n": 2}    partition=1
    Delete Events    ${topic}
    ${raw}=    Another Client Reads    ${topic}
    Should Be Empty    ${raw}
    ${event}=    Publish Event    ${topic}    {"n": 3}    partition=0
    Should Be Equal As Integers    ${event.offset}    1


*** Keywords ***
Choose A Name
    VAR    ${NAME}    created.${{ uuid.uuid4().hex }}    scope=SUITE
