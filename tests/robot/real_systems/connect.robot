*** Settings ***
Documentation     Kafka Connect between files and topics, set up over HTTP:
...               a line of a file becomes an event, and an event becomes a line of a file.

Library           OperatingSystem
Library           KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=30 s
Library           RequestsLibrary
Library           tests.kafka.Applications

Suite Setup       Start Connect
Suite Teardown    Stop Kafka Connect

Test Tags         real-kafka


*** Variables ***
${FOLDER}    ${OUTPUT_DIR}${/}connect


*** Test Cases ***
A Line Of A File Becomes An Event
    ${topic}=    Create Temporary Topic    lines
    Watch Topics    ${topic}
    Create File    ${FOLDER}${/}source.txt
    VAR    &{settings}
    ...    connector.class=org.apache.kafka.connect.file.FileStreamSourceConnector
    ...    file=${FOLDER}${/}source.txt
    ...    topic=${topic}
    Create Connector    source    ${settings}
    Append To File    ${FOLDER}${/}source.txt    the order was paid\n
    Wait For Event    ${topic}    value == the order was paid

An Event Becomes A Line Of A File
    ${topic}=    Create Temporary Topic    events
    VAR    &{settings}
    ...    connector.class=org.apache.kafka.connect.file.FileStreamSinkConnector
    ...    file=${FOLDER}${/}sink.txt
    ...    topics=${topic}
    Create Connector    sink    ${settings}
    ${event}=    Publish Event    ${topic}    the order was shipped
    Wait Until Event Is Consumed    ${event}    connect-sink
    Wait Until Keyword Succeeds    10 s    50 ms    File Should Hold    the order was shipped\n


*** Keywords ***
Start Connect
    Create Directory    ${FOLDER}
    Empty Directory    ${FOLDER}
    ${address}=    Start Kafka Connect    ${BOOTSTRAP_SERVERS}
    VAR    ${CONNECT}    ${address}    scope=SUITE

Create Connector
    [Arguments]    ${name}    ${settings}
    VAR    &{connector}    name=${name}    config=${settings}
    POST    ${CONNECT}/connectors    json=${connector}    expected_status=201

File Should Hold
    [Arguments]    ${text}
    ${content}=    Get File    ${FOLDER}${/}sink.txt
    Should Be Equal    ${content}    ${text}
