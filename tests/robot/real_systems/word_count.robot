*** Settings ***
Documentation     Kafka's own stream application counts words: sentences go in, a count for each word comes out.
...               A word is the key of an event, its count eight bytes, the highest first.

Library           KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=30 s
Library           tests.kafka.Applications

Suite Setup       Start Counting
Suite Teardown    Stop Word Count Demo

Test Tags         real-kafka


*** Variables ***
${SENTENCES}    streams-plaintext-input
${COUNTS}       streams-wordcount-output


*** Test Cases ***
Each Word Of A Sentence Is Counted
    Publish Event    ${SENTENCES}    all roads lead to Kafka
    Word Should Be Counted    roads    1
    Word Should Be Counted    kafka    1

A Word Of A Second Sentence Is Counted On
    Publish Event    ${SENTENCES}    streams of events
    Word Should Be Counted    streams    1
    Publish Event    ${SENTENCES}    streams of streams
    Word Should Be Counted    streams    3

The Application Takes Every Sentence
    ${sentence}=    Publish Event    ${SENTENCES}    nothing is lost
    Wait Until Event Is Consumed    ${sentence}    ${GROUP}


*** Keywords ***
Start Counting
    Create Topic    ${SENTENCES}
    Create Topic    ${COUNTS}
    Watch Topics    ${COUNTS}
    ${group}=    Start Word Count Demo    ${BOOTSTRAP_SERVERS}
    VAR    ${GROUP}    ${group}    scope=SUITE
    Wait Until Consumer Group Is Ready    ${GROUP}    ${SENTENCES}

Word Should Be Counted
    [Arguments]    ${word}    ${count}
    Wait For Event    ${COUNTS}    key == ${word}    value == ${count}    format=long
