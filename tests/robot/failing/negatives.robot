*** Settings ***
Documentation    Negatives that something speaks against.

Resource         resources/failing.resource


*** Test Cases ***
It Arrived
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42, "status": "REJECTED"}    key=42    partition=0
    No Event Should Arrive    ${topic}    orderId == 42    status == REJECTED    within=0.2 s

Anything Arrived
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42}    partition=0
    No Event Should Arrive    ${topic}    within=0.2 s

It Can Not Be Judged
    ${topic}=    Given A Topic
    Publish Event    ${topic}    plain text    key=k-1    partition=0
    No Event Should Arrive    ${topic}    orderId == 42    within=0.2 s

No Event Has The Field, And Doubts Fail
    ${topic}=    Given A Topic Where Doubts Fail
    Doubting.Publish Event    ${topic}    {"orderId": 42}    key=k-1    partition=0
    Doubting.Publish Event    ${topic}    {"orderId": 43}    key=k-2    partition=0
    Doubting.No Event Should Arrive    ${topic}    customerNumber == 7    within=0.2 s

Its Case Alone Is Another, And Doubts Fail
    ${topic}=    Given A Topic Where Doubts Fail
    Doubting.Publish Event    ${topic}    {"status": "PAID"}    key=k-1    partition=0
    Doubting.No Event Should Arrive    ${topic}    status == paid    within=0.2 s

Its Length Is Another
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"items": [1, 2]}    partition=0
    Publish Event    ${topic}    {"items": null}    partition=0
    Event Count Should Be    ${topic}    1    items length == 3    within=0.2 s

Bytes Where A Text Is Asked For
    ${topic}=    Given A Topic
    VAR    ${window}    ${{ b'a' + (1796016180000).to_bytes(8, 'big') }}
    Another Client Publishes    ${topic}    {"n": 1}    key=${window}    partition=0
    No Event Should Arrive    ${topic}    key == a    within=0.2 s

No Such Topic
    VAR    ${topic}    no.such.topic.zzzzzzzz
    Watch Topics    ${topic}
    No Event Should Arrive    ${topic}    orderId == 42    within=0.2 s

One Too Few
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42}    partition=0
    Publish Event    ${topic}    {"orderId": 43}    partition=0
    Event Count Should Be    ${topic}    2    orderId == 42    within=0.2 s

One Too Many
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42}    partition=0
    Publish Event    ${topic}    {"orderId": 42}    partition=0
    Event Count Should Be    ${topic}    1    orderId == 42    within=0.2 s

One Instead Of None
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42}    partition=0
    Event Count Should Be    ${topic}    0    orderId == 42    within=0.2 s

It Is Not Quiet In Time
    ${topic}=    Given A Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    partition=0    after=0.3 s
    Wait Until Topic Is Quiet    ${topic}    quiet=1.5 s    timeout=1.7 s

Quiet Where There Is No Topic
    VAR    ${topic}    no.such.topic.zzzzzzzz
    Wait Until Topic Is Quiet    ${topic}    quiet=0.1 s    timeout=0.3 s

Nothing To Get
    VAR    ${topic}    no.such.topic.zzzzzzzz
    Get Events    ${topic}

A Transaction Is Open
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Another Client Publishes In A Transaction    ${topic}    {"orderId": 42}
    Set Kafka Timeout    1 s
    No Event Should Arrive    ${topic}    orderId == 42    within=0.1 s
    [Teardown]    Set Kafka Timeout    5 s

Events Were Deleted
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    {"n": 0}    partition=0
    Another Client Publishes    ${topic}    {"n": 1}    {"n": 2}    partition=${0}
    Another Client Deletes Events    ${topic}    before=4
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=another
    No Event Should Arrive    ${topic}    n == 1    within=0.1 s    since=${event}
    [Teardown]    Disconnect From Kafka    another

The Topic Was Made Again
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"n": 1}    partition=0
    Wait For Event    ${topic}    n == 1
    Another Client Makes The Topic Again    ${topic}    {"n": 2}    after=0.1 s
    No Event Should Arrive    ${topic}    n == 3    within=3 s

The Topic Was Deleted
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"n": 1}    partition=0
    Wait For Event    ${topic}    n == 1
    Another Client Deletes The Topic    ${topic}    after=0.1 s
    No Event Should Arrive    ${topic}    n == 3    within=3 s


*** Keywords ***
Given A Topic Where Doubts Fail
    [Documentation]    The library that fails for doubts is imported as `Doubting`; embedded, its broker is another one.
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    KafkaLibrary
    ${topic}=    New Topic    orders
    Doubting.Publish Event    ${topic}    {"past": true}    partition=0
    Doubting.Watch Topics    ${topic}
    RETURN    ${topic}
