*** Settings ***
Documentation     Kafka Connect between files and topics, set up over HTTP:
...               a line of a file becomes an event, and an event becomes a line of a file.

Library           OperatingSystem
Library           KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=30 s
Library           RequestsLibrary
Library           tests.kafka.Applications
Library           tests.robot.libraries.Runs
Resource          resources/replayed_letters.resource

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

A Sink Puts Aside What It Can Not Read
    ${orders}    ${group}=    Start A Sink That Puts Aside    aside    context=true
    ${order}=    Publish Half An Order    ${orders}
    ${letter}=    Event Should Be Dead-Lettered    ${order}    ${orders}-dlq    group=${group}    reason=DataException
    Should Be Equal
    ...    ${letter.dead_letter.framework} of ${letter.dead_letter.place}
    ...    Kafka Connect of ${order.place}
    Should Be Equal    ${letter.dead_letter.timestamp_ms}    ${order.timestamp_ms}
    Should Match    ${letter.dead_letter.reason}    DataException: *serialization error*
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${order}    ${orders}-dlq    within=0.1 s
    Should Contain    ${said}    the event that died == ${order.place}
    ${again}=    Letter Should Go Back As The Event Was    ${letter}    ${order}
    Event Should Be Dead-Lettered    ${again}    ${orders}-dlq
    [Teardown]    Remove Sink    aside    ${orders}

A Guarded Test Fails For What A Sink Puts Aside
    ${orders}    ${group}=    Start A Sink That Puts Aside    guarded    context=true
    Start Suite    guarded_frameworks    --include    connect    --variable    SHOP:${orders}
    Wait Until Suite Has Ended
    Test Should Have Failed    An Order Dies In A Sink
    ...    *\n${SPACE * 4}${orders}?*, which this test *, was dead-lettered by ${group}: DataException:*
    [Teardown]    Remove Sink    guarded    ${orders}

What A Sink Puts Aside Without A Word Is Known By Its Bytes
    ${orders}    ${_}=    Start A Sink That Puts Aside    wordless    context=false
    ${order}=    Publish Half An Order    ${orders}
    ${letter}=    Event Should Be Dead-Lettered    ${order}    ${orders}-dlq    by=key
    Should Be Equal    ${letter.dead_letter}    ${None}
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${order}    ${orders}-dlq    within=0.1 s
    Should Contain    ${said}    It has the key and value of ${order.place}, and no header says that it died.
    Start Suite    guarded_frameworks    --include    connect    --variable    SHOP:${orders}
    Wait Until Suite Has Ended
    Test Should Have Failed    An Order Dies In A Sink
    ...    1 event was dead-*: no header says where it died. It has the key and value of what this test published.*
    [Teardown]    Remove Sink    wordless    ${orders}


*** Keywords ***
Publish Half An Order
    [Arguments]    ${topic}
    VAR    &{headers}    source=web
    ${order}=    Publish Event    ${topic}    {"orderId":    key=P-7    headers=${headers}    format=text
    RETURN    ${order}

Remove Sink
    [Documentation]    While its topic is there: it waits for one that is gone when it ends.
    [Arguments]    ${name}    ${topic}
    DELETE    ${CONNECT}/connectors/${name}    expected_status=204
    Delete Topic    ${topic}-dlq

Start A Sink That Puts Aside
    [Documentation]    Gives its topic and its group. Its letters go to that topic with -dlq behind.
    [Arguments]    ${name}    ${context}
    ${topic}=    Create Temporary Topic    ${name}
    VAR    &{settings}
    ...    connector.class=org.apache.kafka.connect.file.FileStreamSinkConnector
    ...    file=${FOLDER}${/}${name}.txt
    ...    topics=${topic}
    ...    value.converter=org.apache.kafka.connect.json.JsonConverter
    ...    errors.tolerance=all
    ...    errors.deadletterqueue.topic.name=${topic}-dlq
    ...    errors.deadletterqueue.topic.replication.factor=1
    ...    errors.deadletterqueue.context.headers.enable=${context}
    Create Connector    ${name}    ${settings}
    RETURN    ${topic}    connect-${name}

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
