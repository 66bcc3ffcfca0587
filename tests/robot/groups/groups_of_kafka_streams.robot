*** Settings ***
Documentation     Kafka Streams with a protocol of its own makes groups that are no consumer groups: their commits can
...               be read, and their members can't be told.

Library           KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=20 s
Library           tests.kafka.Applications

Suite Setup       Count By The Protocol Of Streams
Suite Teardown    Stop And Delete The Topics

Test Tags         real-kafka


*** Variables ***
${SENTENCES}    streams-plaintext-input
${COUNTS}       streams-wordcount-output


*** Test Cases ***
An Event Is Waited For Until It Is Consumed
    ${event}=    Publish Event    ${SENTENCES}    all streams lead to kafka
    Wait Until Event Is Consumed    ${event}    ${GROUP}

A Lag Is Counted
    Publish Event    ${SENTENCES}    all streams lead to kafka
    Get Consumer Group Lag    ${GROUP}    ${SENTENCES}    ==    0
    Get Consumer Group Lag    ${GROUP}    operator===    expected=0

Whether It Is Ready Can't Be Told
    Run Keyword And Expect Error    *not a consumer group*Wait instead for what the application does*
    ...    Wait Until Consumer Group Is Ready    ${GROUP}    ${SENTENCES}    timeout=0.3 s

Its Offsets Are Not Reset While It Runs
    Run Keyword And Expect Error    *it has members*Stop the application first*
    ...    Reset Consumer Group Offsets    ${GROUP}    ${SENTENCES}    to=earliest


*** Keywords ***
Count By The Protocol Of Streams
    Create Topic    ${SENTENCES}
    Create Topic    ${COUNTS}
    ${group}=    Start Word Count Demo    ${BOOTSTRAP_SERVERS}    protocol=streams
    VAR    ${GROUP}    ${group}    scope=SUITE

Stop And Delete The Topics
    Stop Word Count Demo
    Delete Topic    ${SENTENCES}
    Delete Topic    ${COUNTS}
