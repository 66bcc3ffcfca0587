*** Settings ***
Documentation    Watch Topics marks topics, and so does the import for those in ``watch=``.

Resource         resources/kafka.resource
Library          KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    watch=${ALL_WATCHED}    timeout=5 s
...              AS    Watching

Suite Setup      Meet The Watching Library


*** Variables ***
${SAME}           ${{ uuid.uuid4().hex }}
@{WATCHED}        kept.an.eye.on.${SAME}    kept.another.eye.on.${SAME}
${FAMILY}         kept.in.view.${SAME}
@{ALL_WATCHED}    @{WATCHED}    ${FAMILY}.*


*** Test Cases ***
Several Topics Get One Mark
    ${one}=    New Topic
    ${other}=    New Topic
    VAR    @{both}    ${one}    ${other}
    Publish Event    ${one}    {"n": 1}
    Publish Event    ${other}    {"n": 1}
    ${mark}=    Watch Topics    ${one}    ${other}
    Publish Event    ${one}    {"n": 2}
    Publish Event    ${other}    {"n": 2}
    Event Count Should Be    ${both}    2    within=0.1 s    since=${mark}

A Mark Shows Where It Stands
    ${topic}=    New Topic    partitions=1
    Publish Event    ${topic}    {"n": 1}    partition=0
    ${mark}=    Watch Topics    ${topic}
    ${shown}=    Convert To String    ${mark}
    Should Contain    ${shown}    ${topic}

Watching A Topic That Does Not Exist Is Good
    VAR    ${topic}    not.yet.${{ uuid.uuid4().hex }}
    Watch Topics    ${topic}
    Topic Should Not Exist    ${topic}

Watching Nothing Is Refused
    Run Keyword And Expect Error    *topic*    Watch Topics
    Run Keyword And Expect Error    *topic*    Watch Topics    ${EMPTY}

A Topic Of The Import Is Watched In The First Test
    [Documentation]    What has an old timestamp can only be found by a mark.
    Publish Event    ${WATCHED}[0]    {"n": 1}    timestamp=2001-01-01 00:00:00
    Another Client Publishes    ${WATCHED}[1]    {"n": 2}    timestamp=1000000000000
    Watching.Wait For Event    ${WATCHED}[0]    n == 1    timeout=2 s
    Watching.Wait For Event    ${WATCHED}[1]    n == 2    timeout=2 s

A Topic Of The Import Is Marked Anew In The Next Test
    Watching.Event Count Should Be    ${WATCHED}    0    within=0.1 s
    Another Client Publishes    ${WATCHED}[0]    {"n": 3}    timestamp=1000000000000
    Watching.Event Count Should Be    ${WATCHED}    1    n == 3    within=0.1 s

A Topic That Comes And Is Meant By A Pattern Of The Import Is Read From Its First Event
    [Documentation]    What has an old timestamp can only be found by a mark.
    Another Client Makes The Topic    ${FAMILY}.one    {"n": 1}
    Another Client Publishes    ${FAMILY}.one    {"n": 2}    timestamp=${1000000000000}
    Watching.Wait For Event    ${FAMILY}.*    n == 2

It Is Marked Anew In The Next Test
    Watching.Event Count Should Be    ${FAMILY}.*    0    within=0.1 s
    Another Client Publishes    ${FAMILY}.one    {"n": 3}    timestamp=${1000000000000}
    Watching.Event Count Should Be    ${FAMILY}.*    1    n == 3    within=0.1 s
    [Teardown]    Another Client Removes The Topic    ${FAMILY}.one


*** Keywords ***
Meet The Watching Library
    [Documentation]    On the embedded broker it has one of its own, as every import with other arguments.
    Set Library Search Order    Watching
    ${cluster}=    Watching.Kafka Should Be Reachable
    VAR    ${embedded}    ${{ $cluster['cluster_id'] == 'embedded' }}
    Other Clients Use Kafka At    ${cluster}[bootstrap_servers]    topics_appear=${embedded}
    IF    not ${embedded}
        Create Topic    ${WATCHED}[0]
        Create Topic    ${WATCHED}[1]
    END
