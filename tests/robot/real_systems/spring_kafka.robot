*** Settings ***
Documentation     A listener of Spring for Apache Kafka that fails. Headers that are numbers are bytes of Java.

Library           KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=30 s
Library           tests.kafka.Applications

Suite Setup       Publish An Order That Spring Can Not Take
Suite Teardown    Stop Spring

Test Tags         real-kafka


*** Test Cases ***
The Dead Letter Is Found By Where It Came From
    ${letter}=    Wait For Event
    ...    ${ORDERS}-dlt
    ...    headers.kafka_dlt-original-topic == ${ORDERS}
    ...    headers.kafka_dlt-original-partition == ${ORDER.partition}
    ...    headers.kafka_dlt-original-offset == ${ORDER.offset}
    ...    since=suite start
    Event Key Should Be    ${letter}    P-7

Its Numbers Have One Type
    ${letter}=    Wait For Event    ${ORDERS}-dlt    key == P-7    since=suite start
    Event Header Should Be    ${letter}    kafka_dlt-original-offset    ${ORDER.offset}
    ${offset}=    Get Event Header    ${letter}    kafka_dlt-original-offset
    Should Be Equal    ${offset}    ${ORDER.offset}
    ${milliseconds}=    Get Event Header    ${letter}    kafka_dlt-original-timestamp
    Should Be Equal    ${milliseconds}    ${ORDER.timestamp_ms}

Why It Died Is Text
    Wait For Event
    ...    ${ORDERS}-dlt
    ...    headers.kafka_dlt-exception-cause-fqcn == java.lang.IllegalStateException
    ...    headers.kafka_dlt-exception-message $= boom
    ...    headers.kafka_dlt-original-consumer-group == ${GROUP}
    ...    since=suite start

It Is The Dead Letter Of The Order
    ${letter}=    Wait For Event    ${ORDERS}-dlt    since=suite start
    Should Be Equal    ${letter.dead_letter.place}    ${ORDER.place}
    Should Be Equal    ${letter.dead_letter.group}    ${GROUP}
    Should Be Equal    ${letter.dead_letter.reason}    IllegalStateException: boom

It Is Found From The Order
    ${letter}=    Event Should Be Dead-Lettered    ${ORDER}    ${ORDERS}-dlt    group=${GROUP}    reason=boom
    Event Key Should Be    ${letter}    P-7
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${ORDER}    ${ORDERS}-dlt    within=0.1 s
    Should Contain    ${said}    the event that died == ${ORDER.place}

A Failed Wait Says That The Order Died
    Watch Topics    ${ORDERS}    ${ORDERS}-dlt    since=suite start
    ${invoices}=    Create Temporary Topic    invoices
    ${said}=    Run Keyword And Expect Error    *    Wait For Event    ${invoices}    timeout=0.5 s
    VAR    ${place}    ${{ $ORDER.place.replace('[', '[[]') }}
    Should Match    ${said}    *\n${place} was dead-lettered by ${GROUP} * later: IllegalStateException: boom.*

A Negative About Another Place Passes
    Wait For Event    ${ORDERS}-dlt    since=suite start
    No Event Should Arrive
    ...    ${ORDERS}-dlt
    ...    headers.kafka_dlt-original-offset > ${ORDER.offset}
    ...    since=suite start
    ...    within=0.1 s


*** Keywords ***
Publish An Order That Spring Can Not Take
    ${topic}=    Create Temporary Topic    spring
    Create Topic    ${topic}-dlt
    Watch Topics    ${topic}    ${topic}-dlt
    ${order}=    Publish Event    ${topic}    {"product": "P-7"}    key=P-7
    VAR    ${ORDERS}    ${topic}    scope=SUITE
    VAR    ${ORDER}    ${order}    scope=SUITE
    VAR    ${GROUP}    ${topic}-billing    scope=SUITE
    Start Spring Listener    ${BOOTSTRAP_SERVERS}    ${ORDERS}    ${GROUP}

Stop Spring
    Stop Spring Listener
    Delete Topic    ${ORDERS}-dlt
