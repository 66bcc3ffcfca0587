*** Settings ***
Documentation    Publish Event publishes one event, and what stands in Kafka then is read by another client.

Resource         resources/kafka.resource

Suite Setup      Prepare A Topic Of The Suite


*** Test Cases ***
Text Goes Out Byte For Byte
    [Template]    Should Stand In Kafka As
    {"a": 1,${SPACE*3}"b":2}    {"a": 1,${SPACE*3}"b":2}
    plain text    plain text
    42    42
    null    null
    ${EMPTY}    ${EMPTY}
    ${SPACE}    ${SPACE}
    žluťoučký 花子 👍    žluťoučký 花子 👍

Bytes Go Out As They Are
    ${bytes}=    Evaluate    bytes(range(256))
    Should Stand In Kafka As    ${bytes}    ${bytes}

Dictionaries, Lists, Numbers And Booleans Become JSON
    [Template]    Should Stand In Kafka As JSON
    ${{ {'a': 1, 'b': [1, None, True], 'č': 'ž'} }}
    ${{ [1, 2] }}
    ${{ [] }}
    ${{ {} }}
    ${42}
    ${4.5}
    ${True}
    ${{ 2 ** 70 }}

A Robot Dictionary Becomes JSON
    ${topic}=    New Topic
    VAR    &{inner}    id=${7}
    VAR    &{order}    orderId=${42}    customer=${inner}    note=${None}
    Publish Event    ${topic}    ${order}
    ${raw}=    Another Client Reads    ${topic}
    ${read}=    Evaluate    json.loads($raw[0].value)
    Should Be Equal    ${read}    ${{ {'orderId': 42, 'customer': {'id': 7}, 'note': None} }}

The Event Comes Back As Acknowledged
    ${topic}=    New Topic
    VAR    &{headers}    source=web
    Publish Event    ${topic}    zero    partition=0
    ${event}=    Publish Event    ${topic}    {"orderId": 42}    key=k-42    headers=${headers}    partition=0
    Should Be Equal    ${event.topic}    ${topic}
    Should Be Equal As Integers    ${event.partition}    0
    Should Be Equal As Integers    ${event.offset}    1
    Should Be Equal    ${event.key}    k-42
    Should Be Equal    ${event.value}    ${{ {'orderId': 42} }}
    Should Be Equal    ${event.headers}[source]    web

The Time Of The Event Is The One That Others Read
    ${topic}=    New Watched Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42}
    ${read}=    Wait For Event    ${topic}    orderId == 42
    Should Be Equal    ${event.timestamp}    ${read.timestamp}

The Key Is Text, Bytes Or JSON
    [Template]    Key Should Stand In Kafka As
    k-42    ${{ b'k-42' }}
    ${{ bytes([0, 255]) }}    ${{ bytes([0, 255]) }}
    ${42}    ${{ b'42' }}
    ${None}    ${None}
    ${EMPTY}    ${{ b'' }}

The Key Decides The Partition, As It Does For Others
    ${topic}=    New Topic    partitions=4
    FOR    ${number}    IN RANGE    20
        ${ours}=    Publish Event    ${topic}    ours    key=k-${number}
        ${again}=    Publish Event    ${topic}    ours    key=k-${number}
        Should Be Equal    ${ours.partition}    ${again.partition}
    END
    ${raw}=    Another Client Reads    ${topic}
    ${partitions}=    Evaluate    len({one.partition for one in $raw})
    Should Be True    ${partitions} > 1

Headers Of All Kinds
    [Template]    Headers Should Stand In Kafka As
    ${{ {'source': 'web', 'n': '1'} }}    ${{ [('source', b'web'), ('n', b'1')] }}
    {"source": "web"}    ${{ [('source', b'web')] }}
    ${{ [('trace', 'a'), ('trace', 'b')] }}    ${{ [('trace', b'a'), ('trace', b'b')] }}
    ${{ {'raw': bytes([0, 255])} }}    ${{ [('raw', bytes([0, 255]))] }}
    ${{ {'nothing': None} }}    ${{ [('nothing', None)] }}
    ${{ {'název': 'ž'} }}    ${{ [('název', 'ž'.encode())] }}

A Header That Stands Twice Has Its Last Value
    ${topic}=    New Topic
    VAR    ${headers}    ${{ [('trace', 'a'), ('trace', 'b')] }}
    ${event}=    Publish Event    ${topic}    x    headers=${headers}
    ${trace}=    Get Event Header    ${event}    trace
    Should Be Equal    ${trace}    b
    ${all}=    Evaluate    list($event.headers.get_all('trace'))
    Should Be Equal    ${all}    ${{ ['a', 'b'] }}

The Time Can Be Given
    [Template]    Timestamp Should Stand In Kafka As
    1700000000123    1700000000123
    ${1700000000123}    1700000000123
    2023-11-14T22:13:20+00:00    1700000000000
    ${{ datetime.datetime.fromtimestamp(1700000000, datetime.timezone.utc) }}    1700000000000

The Partition Can Be Given
    ${topic}=    New Topic    partitions=4
    FOR    ${partition}    IN RANGE    4
        ${event}=    Publish Event    ${topic}    x    partition=${partition}
        Should Be Equal As Integers    ${event.partition}    ${partition}
    END

Format Text Takes Anything
    ${topic}=    New Topic
    Publish Event    ${topic}    {not JSON    format=text
    ${raw}=    Another Client Reads    ${topic}
    ${text}=    Evaluate    $raw[0].value.decode()
    Should Be Equal    ${text}    {not JSON

Format Json Makes JSON Of Text
    ${topic}=    New Topic
    Publish Event    ${topic}    {"a": 1}    format=json
    ${event}=    Publish Event    ${topic}    ${{ ['a'] }}    format=json
    Should Be Equal    ${event.value}    ${{ ['a'] }}

A Large Event Arrives Whole
    [Documentation]    Just below what Kafka takes by default.
    ${topic}=    New Watched Topic
    ${large}=    Evaluate    'x' * 1_000_000
    Publish Event    ${topic}    ${large}
    ${event}=    Wait For Event    ${topic}
    Should Be Equal    ${event.value}    ${large}

Many Events Keep Their Order
    ${topic}=    New Topic
    FOR    ${number}    IN RANGE    100
        ${event}=    Publish Event    ${topic}    ${number}    partition=0
        Should Be Equal As Integers    ${event.offset}    ${number}
    END


*** Keywords ***
Prepare A Topic Of The Suite
    Meet Other Clients
    ${topic}=    New Topic    partitions=1
    VAR    ${TOPIC_OF_SUITE}    ${topic}    scope=SUITE

What Stands In Kafka
    [Documentation]    The last event of the suite's topic, as another client reads it.
    ${raw}=    Another Client Reads    ${TOPIC_OF_SUITE}
    RETURN    ${raw}[-1]

Should Stand In Kafka As
    [Arguments]    ${value}    ${expected}
    Publish Event    ${TOPIC_OF_SUITE}    ${value}    partition=0
    ${raw}=    What Stands In Kafka
    ${bytes}=    Evaluate    $expected if isinstance($expected, bytes) else $expected.encode()
    Should Be Equal    ${raw.value}    ${bytes}

Should Stand In Kafka As JSON
    [Arguments]    ${value}
    Publish Event    ${TOPIC_OF_SUITE}    ${value}    partition=0
    ${raw}=    What Stands In Kafka
    ${read}=    Evaluate    json.loads($raw.value)
    Should Be Equal    ${read}    ${value}

Key Should Stand In Kafka As
    [Arguments]    ${key}    ${expected}
    Publish Event    ${TOPIC_OF_SUITE}    value    key=${key}    partition=0
    ${raw}=    What Stands In Kafka
    Should Be Equal    ${raw.key}    ${expected}

Headers Should Stand In Kafka As
    [Arguments]    ${headers}    ${expected}
    Publish Event    ${TOPIC_OF_SUITE}    value    headers=${headers}    partition=0
    ${raw}=    What Stands In Kafka
    ${read}=    Evaluate    list($raw.headers)
    Should Be Equal    ${read}    ${expected}

Timestamp Should Stand In Kafka As
    [Arguments]    ${timestamp}    ${expected}
    Publish Event    ${TOPIC_OF_SUITE}    value    timestamp=${timestamp}    partition=0
    ${raw}=    What Stands In Kafka
    Should Be Equal As Integers    ${raw.timestamp}    ${expected}
