*** Settings ***
Documentation     What consumers of Spring for Apache Kafka and of Kafka Streams write when they can't take an event.
...               They run in one process, and take none. Headers of Spring that are numbers are bytes of Java.

Library           KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=60 s
Library           tests.kafka.Applications
Library           tests.robot.libraries.Runs
Resource          resources/replayed_letters.resource

Suite Setup       Publish Orders That Nobody Can Take
Suite Teardown    End The Shop

Test Tags         real-kafka


*** Variables ***
${BOOM}    IllegalStateException: boom


*** Test Cases ***
Spring's Letter Is Found By Where It Came From
    ${letter}=    Wait For Event
    ...    ${PLAIN.topic}-dlt
    ...    headers.kafka_dlt-original-topic == ${PLAIN.topic}
    ...    headers.kafka_dlt-original-partition == ${PLAIN.partition}
    ...    headers.kafka_dlt-original-offset == ${PLAIN.offset}
    ...    since=earliest
    Event Key Should Be    ${letter}    P-7

Its Numbers Have One Type
    ${letter}=    Wait For Event    ${PLAIN.topic}-dlt    key == P-7    since=earliest
    Event Header Should Be    ${letter}    kafka_dlt-original-offset    ${PLAIN.offset}
    ${offset}=    Get Event Header    ${letter}    kafka_dlt-original-offset
    Should Be Equal    ${offset}    ${PLAIN.offset}
    ${milliseconds}=    Get Event Header    ${letter}    kafka_dlt-original-timestamp
    Should Be Equal    ${milliseconds}    ${PLAIN.timestamp_ms}

Why It Died Is Text
    Wait For Event
    ...    ${PLAIN.topic}-dlt
    ...    headers.kafka_dlt-exception-cause-fqcn == java.lang.IllegalStateException
    ...    headers.kafka_dlt-exception-message $= boom of ${SHOP}-billing
    ...    headers.kafka_dlt-original-consumer-group == ${SHOP}-billing
    ...    since=earliest

All Of It Is Known From The Order
    ${letter}=    Event Should Be Dead-Lettered    ${PLAIN}    group=${SHOP}-billing    reason=boom
    Event Key Should Be    ${letter}    P-7
    Death Should Be    ${letter}    Spring for Apache Kafka    ${PLAIN.place}
    Should Be Equal    ${letter.dead_letter.group}    ${SHOP}-billing
    Should Be Equal    ${letter.dead_letter.reason}    ${BOOM} of ${SHOP}-billing
    Should Be Equal    ${letter.dead_letter.timestamp_ms}    ${PLAIN.timestamp_ms}
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${PLAIN}    ${PLAIN.topic}-dlt    within=0.1 s
    Should Contain    ${said}    the event that died == ${PLAIN.place}

A Letter That Died Again Leads To The Order
    [Documentation]    Spring has put the headers of the second death behind those of the first.
    ${once}=    Event Should Be Dead-Lettered    ${PLAIN}    ${PLAIN.topic}-dlt
    ${twice}=    Event Should Be Dead-Lettered    ${once}    ${PLAIN.topic}-dlt-dlt    group=${SHOP}-repair
    Death Should Be    ${twice}    Spring for Apache Kafka    ${once.place}
    Should Be Equal    ${twice.dead_letter.reason}    ${BOOM} of ${SHOP}-repair
    Should Be Equal    ${twice.dead_letter.origin.place}    ${PLAIN.place}
    Should Be Equal    ${twice.dead_letter.origin.group}    ${SHOP}-billing
    ${letter}=    Event Should Be Dead-Lettered    ${PLAIN}    ${PLAIN.topic}-dlt-dlt
    Should Be Equal    ${letter}    ${twice}

A Failed Wait Says That The Order Died
    Watch Topics    ${PLAIN.topic}    ${PLAIN.topic}-dlt    since=suite start
    ${invoices}=    Create Temporary Topic    invoices
    ${said}=    Run Keyword And Expect Error    *    Wait For Event    ${invoices}    timeout=0.5 s
    VAR    ${place}    ${{ $PLAIN.place.replace('[', '[[]') }}
    Should Match    ${said}    *\n${place} was dead-lettered by ${SHOP}-billing * later: ${BOOM}*

A Negative About Another Place Passes
    Wait For Event    ${PLAIN.topic}-dlt    since=suite start
    No Event Should Arrive
    ...    ${PLAIN.topic}-dlt
    ...    headers.kafka_dlt-original-offset > 2000000000
    ...    since=suite start
    ...    within=0.1 s

An Order On A Retry Topic Has Not Died
    ${tried}=    Wait For Event    ${RETRIED.topic}-retry    key == P-7    since=earliest
    Event Header Should Be    ${tried}    kafka_original-offset    ${RETRIED.offset}
    Should Be Equal    ${tried.dead_letter}    ${None}
    Event Should Not Be Dead-Lettered    ${RETRIED}    ${RETRIED.topic}-retry    within=0.1 s
    ${letters}=    Get Dead Letters    ${RETRIED.topic}-retry    since=earliest
    Should Be Empty    ${letters}

It Has After Its Last Try
    ${letter}=    Event Should Be Dead-Lettered    ${RETRIED}    group=${SHOP}-billing    reason=boom of each try
    Should Be Equal    ${letter.topic}    ${RETRIED.topic}-dlt
    Death Should Be    ${letter}    Spring's @RetryableTopic    ${RETRIED.place}
    Should Be Equal    ${letter.dead_letter.attempts}    ${3}
    Should Be Equal    ${letter.dead_letter.timestamp_ms}    ${RETRIED.timestamp_ms}
    Should Be Equal    ${letter.dead_letter.earlier}    ${{ () }}

Streams Names What It Read
    ${letter}=    Event Should Be Dead-Lettered    ${STREAMED}    ${SHOP}.letters    reason=boom at once
    Death Should Be    ${letter}    Kafka Streams    ${STREAMED.place}
    Should Be Equal    ${letter.dead_letter.reason}    ${BOOM} at once
    Should Be Equal    ${letter.dead_letter.group}    ${EMPTY}
    Should Be Equal    ${letter.timestamp_ms}    ${STREAMED.timestamp_ms}
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${STREAMED}    ${SHOP}.letters    within=0.1 s
    Should Contain    ${said}    the event that died == ${STREAMED.place}

Behind A Repartition Topic It Names An Event That It Made
    [Documentation]    Nothing in the letter leads to the order but its value and its time.
    ${letter}=    Event Should Be Dead-Lettered    ${LATER}    ${SHOP}.letters    by=value
    Should Match    ${letter.dead_letter.place}    ${SHOP}-streams-by-customer-repartition?*
    Event Key Should Be    ${letter}    customer of P-7
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${LATER}    ${SHOP}.letters    within=0.1 s
    Should Contain    ${said}    may be made from ${LATER.place}
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Be Dead-Lettered    ${LATER}    ${SHOP}.letters    timeout=0.1 s
    Should Contain    ${said}    may be made from ${LATER.place}

A Failed Wait Says That What Was Made From The Order Died
    Watch Topics    ${SHOP}.letters
    ${invoices}=    Create Temporary Topic    invoices
    Publish Event    ${SHOP}.streamed    another one    key=P-8
    Wait For Event    ${SHOP}.letters    key == customer of P-8
    ${said}=    Run Keyword And Expect Error    *    Wait For Event    ${invoices}    timeout=0.5 s
    Should Match    ${said}    *\n${SHOP}-streams-by-*-repartition?*@* was dead-lettered: ${BOOM} by customer. See*

What Died Goes Back As It Was
    VAR    &{letters}
    ...    ${PLAIN.topic}-dlt-dlt=${PLAIN}
    ...    ${RETRIED.topic}-dlt=${RETRIED}
    ...    ${SHOP}.letters=${STREAMED}
    FOR    ${topic}    ${order}    IN    &{letters}
        ${letter}=    Event Should Be Dead-Lettered    ${order}    ${topic}
        ${again}=    Letter Should Go Back As The Event Was    ${letter}    ${order}
        Event Should Be Dead-Lettered    ${again}    ${topic}
    END

A Guarded Test Fails For Each Of Them
    Start Suite    guarded_frameworks    --include    jvm    --variable    SHOP:${SHOP}
    Wait Until Suite Has Ended
    VAR    ${died}    1 event was dead-lettered that the test did not expect:\n${SPACE * 4}
    Test Should Have Failed    An Order Dies In Spring
    ...    ${died}${SHOP}.plain[[]*, which this test published, was dead-lettered by ${SHOP}-billing *: ${BOOM} of *
    Test Should Have Failed    An Order Dies After Its Last Try
    ...    ${died}${SHOP}.retried[[]*, which this test published, was dead-lettered by ${SHOP}-billing *: ${BOOM} of *
    Test Should Have Failed    An Order Dies In Streams
    ...    ${died}${SHOP}.streamed[[]*, which this test published, was dead-lettered: ${BOOM} at once.*
    Test Should Have Failed
    ...    An Order Dies Behind A Repartition Topic
    ...    ${died}${SHOP}-streams-by-*[[]*, made from what this test published, was dead-lettered: ${BOOM} by customer.*
    Test Should Have Passed    A Death Is Expected
    Test Should Have Passed    An Order Waits For Its Next Try


*** Keywords ***
Publish Orders That Nobody Can Take
    VAR    ${SHOP}    shop-${{ uuid.uuid4().hex[:8] }}    scope=SUITE
    FOR    ${topic}    IN    plain    plain-dlt    plain-dlt-dlt    retried    streamed    letters
        Create Topic    ${SHOP}.${topic}
    END
    VAR    &{orders}    PLAIN=plain    RETRIED=retried    STREAMED=streamed    LATER=streamed
    FOR    ${name}    ${topic}    IN    &{orders}
        VAR    ${value}    ${{ 'now' if $name == 'STREAMED' else '{"product": "P-7"}' }}
        ${order}=    Publish An Order    ${topic}    ${value}
        VAR    ${${name}}    ${order}    scope=SUITE
    END
    Start Failing Consumers    ${BOOTSTRAP_SERVERS}    ${SHOP}

Publish An Order
    [Arguments]    ${topic}    ${value}
    VAR    &{headers}    source=web
    ${order}=    Publish Event    ${SHOP}.${topic}    ${value}    key=P-7    headers=${headers}
    RETURN    ${order}

End The Shop
    Stop Failing Consumers
    FOR    ${topic}    IN    plain    plain-dlt    plain-dlt-dlt    retried    streamed    letters
        Delete Topic    ${SHOP}.${topic}
    END
    FOR    ${topic}    IN    .retried-retry    .retried-dlt    -streams-by-customer-repartition
        Delete Topic    ${SHOP}${topic}
    END

Death Should Be
    [Arguments]    ${letter}    ${framework}    ${place}
    Should Be Equal    ${letter.dead_letter.framework}    ${framework}
    Should Be Equal    ${letter.dead_letter.place}    ${place}
    Should Be Equal    ${letter.dead_letter.error}    java.lang.IllegalStateException
