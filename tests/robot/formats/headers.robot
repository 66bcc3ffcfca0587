*** Settings ***
Documentation    Headers are numbers, texts or bytes: as they were declared, as frameworks are known to write them,
...              and else text where they are one. What is no text decides nothing that asks for one.

Resource         resources/kafka.resource

Suite Setup      Prepare A Topic


*** Variables ***
${OFFSET}     kafka_dlt-original-offset
${ELASTIC}    ${{ bytes(2) + bytes.fromhex('a1' * 16) + b'\1' + bytes.fromhex('b2' * 8) + b'\2\1' }}


*** Test Cases ***
Numbers Of Spring Are Numbers
    [Documentation]    As the DeadLetterPublishingRecoverer of spring-kafka 4.1.2 writes them.
    ${topic}=    New Watched Topic
    VAR    @{headers}    ${{ ('kafka_dlt-original-topic', b'orders') }}
    ...    ${{ ('kafka_dlt-original-partition', (3).to_bytes(4, 'big')) }}
    ...    ${{ ($OFFSET, (4711).to_bytes(8, 'big')) }}
    ...    ${{ ('kafka_dlt-original-timestamp', (1780246991120).to_bytes(8, 'big')) }}
    Another Client Publishes    ${topic}    {"id": 1}    headers=${headers}
    ${event}=    Wait For Event    ${topic}    headers.${OFFSET} == 4711    headers.kafka_dlt-original-partition < 4
    ${number}=    Get Event Header    ${event}    ${OFFSET}
    Should Be Equal    ${number}    ${4711}
    Event Header Should Be    ${event}    kafka_dlt-original-timestamp    1780246991120
    Event Header Should Be    ${event}    ${OFFSET}    ${{ (4711).to_bytes(8, 'big') }}
    Run Keyword And Expect Error    *unexpected event*
    ...    No Event Should Arrive    ${topic}    headers.kafka_dlt-original-partition == 3    within=0 s
    No Event Should Arrive    ${topic}    headers.kafka_dlt-original-partition == 4    within=0 s

Its Kind Does Not Change With The Number
    FOR    ${number}    IN    0    42    127    128    300    4294967296
        ${raw}=    Evaluate    int($number).to_bytes(8, 'big')
        VAR    &{headers}    ${OFFSET}=${raw}    unknown=${raw}
        ${event}=    Publish Event    ${TOPIC}    x    headers=${headers}
        Should Be Equal    ${event.headers['${OFFSET}']}    ${{ int($number) }}
        Should Be Equal    ${event.headers.unknown}    ${raw}
    END

Numbers Of A Retry Topic
    [Documentation]    As @RetryableTopic of spring-kafka 4.1.2 writes them: a time in as few bytes as it needs.
    VAR    @{headers}    ${{ ('retry_topic-attempts', (2).to_bytes(4, 'big')) }}
    ...    ${{ ('retry_topic-attempts', (3).to_bytes(4, 'big')) }}
    ...    ${{ ('retry_topic-original-timestamp', (1780246991120).to_bytes(6, 'big')) }}
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    x    headers=${headers}
    Wait For Event    ${topic}    headers.retry_topic-attempts == 3    headers.retry_topic-attempts[0] == 2
    ...    headers.retry_topic-original-timestamp == 1780246991120

A Trace Of Elastic Reads As That Of W3C
    [Documentation]    29 bytes, as the agent 1.55.1 for Java and 6.26.2 for Python write them.
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    x    headers=${{ [('elasticapmtraceparent', $ELASTIC)] }}
    ${event}=    Wait For Event    ${topic}    headers.elasticapmtraceparent contains ${{ 'a1' * 16 }}
    Event Header Should Be    ${event}    elasticapmtraceparent    00-${{ 'a1' * 16 }}-${{ 'b2' * 8 }}-01

Decimal Text Under A Known Name Stays Text
    VAR    &{headers}    ${OFFSET}=12345678
    ${event}=    Publish Event    ${TOPIC}    x    headers=${headers}
    Should Be Equal    ${event.headers['${OFFSET}']}    12345678
    Event Header Should Be    ${event}    ${OFFSET}    12345678

Headers Are Declared By Name
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    headers=aLong=long, share=double, ${OFFSET}=bytes
    VAR    &{headers}    aLong=42    share=${0.25}    other=${5}
    ${event}=    Publish Event    ${topic}    {"id": 1}    headers=${headers}
    Should Be Equal    ${event.raw_headers}[0]    ${{ ('aLong', (42).to_bytes(8, 'big')) }}
    Wait For Event    ${topic}    headers.aLong == 42    headers.share <= 0.25    headers.other == 5
    ${number}=    Get Event Header    ${event}    aLong
    Should Be Equal    ${number}    ${42}

A Dictionary Declares Them Too
    ${topic}=    New Watched Topic
    VAR    &{formats}    ${OFFSET}=text    id=uuid
    Set Topic Format    ${topic}    headers=${formats}
    VAR    &{headers}    id=123E4567-E89B-12D3-A456-426614174000    ${OFFSET}=eight bytes
    Publish Event    ${topic}    x    headers=${headers}
    Wait For Event    ${topic}    headers.id == 123e4567-e89b-12d3-a456-426614174000    headers.${OFFSET} ^= eight

Formats Of All Topics
    Set Topic Format    *    headers=attempt=int
    ${topic}=    New Watched Topic
    VAR    &{headers}    attempt=${300}
    Publish Event    ${topic}    x    headers=${headers}
    ${event}=    Wait For Event    ${topic}    headers.attempt == 300
    Should Be Equal    ${event.raw_headers}[0][1]    ${{ (300).to_bytes(4, 'big') }}
    Run Keyword And Expect Error    For all topics, *    Set Topic Format    *    value=long
    [Teardown]    Set Topic Format    *

What Is Said Of One Topic Counts More Than What Is Said Of All
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    headers=attempt=long
    Set Topic Format    *    headers=attempt=int, other=int
    VAR    &{headers}    attempt=${300}    other=${7}
    ${event}=    Publish Event    ${topic}    x    headers=${headers}
    Should Be Equal    ${event.raw_headers}[0][1]    ${{ (300).to_bytes(8, 'big') }}
    Should Be Equal    ${event.raw_headers}[1][1]    ${{ (7).to_bytes(4, 'big') }}
    Wait For Event    ${topic}    headers.attempt == 300    headers.other == 7
    [Teardown]    Set Topic Format    *

What Is Read Can Be Published
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    headers={"aLong": "long"}
    VAR    @{headers}    ${{ ($OFFSET, (4711).to_bytes(8, 'big')) }}    ${{ ('aLong', (7).to_bytes(8, 'big')) }}
    ...    ${{ ('elasticapmtraceparent', $ELASTIC) }}    ${{ ('raw', b'\xff') }}    ${{ ('raw', None) }}
    ${first}=    Publish Event    ${topic}    x    headers=${headers}
    ${whole}=    Publish Event    ${topic}    x    headers=${first.headers}
    Should Be Equal    ${whole.raw_headers}    ${first.raw_headers}
    ${pairs}=    Publish Event    ${topic}    x    headers=${{ list($first.headers.pairs) }}
    Should Be Equal    ${pairs.raw_headers}    ${first.raw_headers}

A Number That Does Not Fit Is Not Published
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    headers=attempt=int
    VAR    &{headers}    attempt=often
    Run Keyword And Expect Error    The header 'attempt' can't be published.*format=int needs a whole number*
    ...    Publish Event    ${topic}    x    headers=${headers}

A Header That Is Not As Declared Stops No Wait
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    headers=attempt=int
    Another Client Publishes    ${topic}    {"n": 1}    headers=${{ [('attempt', b'3')] }}
    Another Client Publishes    ${topic}    {"n": 2}    headers=${{ [('attempt', (3).to_bytes(4, 'big'))] }}
    ${event}=    Wait For Event    ${topic}    headers.attempt == 3
    Event Field Should Be    ${event}    n    2
    Wait For Event    ${topic}    headers.attempt exists    n == 1
    Run Keyword And Expect Error    *headers.attempt == 4*not an int: 1 byte, and an int has 4*
    ...    No Event Should Arrive    ${topic}    headers.attempt == 4    within=0 s

A Header That Is Not As Declared Is Not Given
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    headers=attempt=int
    Another Client Publishes    ${topic}    {"n": 1}    headers=${{ [('attempt', b'3')] }}
    ${event}=    Wait For Event    ${topic}    n == 1
    Run Keyword And Expect Error    The header 'attempt' of * can't be read: not an int: 1 byte, and an int has 4.
    ...    Get Event Header    ${event}    attempt
    Run Keyword And Expect Error    *nothing at headers.attempt that can be read: not an int*
    ...    Get Event Field    ${event}    headers.attempt

Bytes Decide Nothing That Asks For A Text Or A Number
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 1}    headers=${{ [('retries', (3).to_bytes(4, 'big'))] }}
    FOR    ${condition}    IN    == 3    != 4    > 2    contains 3    ^= a    matches x    in 1, 3
        Run Keyword And Expect Error    *4 bytes are not text: 00 00 00 03; as an int 3*
        ...    No Event Should Arrive    ${topic}    headers.retries ${condition}    within=0 s
        Run Keyword And Expect Error    *headers.retries could not be judged*
        ...    Wait For Event    ${topic}    headers.retries ${condition}    timeout=0 s
    END
    Wait For Event    ${topic}    headers.retries    ==    ${{ (3).to_bytes(4, 'big') }}    headers.retries exists
    No Event Should Arrive    ${topic}    headers.retries == null    within=0 s
    No Event Should Arrive    ${topic}    headers.retries == 3    n == 2    within=0 s

Headers That Stand More Than Once
    [Documentation]    As SmallRye Reactive Messaging 4.33.0 does with the newest in front, and others with it behind.
    ${topic}=    New Watched Topic
    VAR    @{headers}    ${{ ('x', b'new') }}    ${{ ('y', b'0') }}    ${{ ('x', b'old') }}
    Another Client Publishes    ${topic}    {"n": 1}    headers=${headers}
    ${event}=    Wait For Event    ${topic}    headers.x == old    headers.x[-1] == old    headers.x[0] == new
    ...    headers['x'][0] == new    headers.x[*] == new    headers.x[2] does not exist
    Event Header Should Be    ${event}    x    new    index=0
    Event Header Should Be    ${event}    x    new    index=*

Each Of Several Headers Is Given
    VAR    @{headers}    ${{ ('x', b'new') }}    ${{ ('y', b'0') }}    ${{ ('x', b'old') }}
    ${event}=    Publish Event    ${TOPIC}    x    headers=${headers}
    ${first}=    Get Event Header    ${event}    x    index=0
    Should Be Equal    ${first}    new
    ${all}=    Get Event Header    ${event}    x    index=*
    Should Be Equal    ${all}    ${{ ['new', 'old'] }}
    Run Keyword And Expect Error
    ...    *has only 2 of the header 'x'.
    ...    Get Event Header
    ...    ${event}
    ...    x
    ...    index=2
    Run Keyword And Expect Error    *has no header 'z'*    Get Event Header    ${event}    z    index=*
    Run Keyword And Expect Error    index= is 0 for the first*    Get Event Header    ${event}    x    index=first

An Earlier One That Was Meant Is Hinted At
    ${topic}=    New Watched Topic
    VAR    @{headers}    ${{ ('x', b'new') }}    ${{ ('x', b'old') }}
    ${event}=    Publish Event    ${topic}    {"n": 1}    headers=${headers}
    Run Keyword And Expect Error    *headers.x was old (the last of that name; headers.x?0? meets it)*
    ...    Wait For Event    ${topic}    headers.x == new    timeout=0 s
    Run Keyword And Expect Error    *headers?'x'? was old (the last of that name; headers?'x'??0? meets it)*
    ...    Event Header Should Be    ${event}    x    new
    Run Keyword And Expect Error    *headers.x?7? is missing (there are headers.x?0?, headers.x?1?)*
    ...    Event Should Match    ${event}    headers.x[7] == new

Headers Read As Attributes
    VAR    @{headers}    ${{ ('source', b'web') }}    ${{ ('__TypeId__', b'shop.Order') }}    ${{ ('items', b'3') }}
    ...    ${{ ('x-id', b'1') }}
    ${event}=    Publish Event    ${TOPIC}    x    headers=${headers}
    Should Be Equal    ${event.headers.source}    web
    Should Be Equal    ${event.headers.__TypeId__}    shop.Order
    Should Be Equal    ${event.headers.items}    3
    Should Be Equal    ${event.headers['x-id']}    1
    Length Should Be    ${{ $event.headers.items() }}    4
    Should Be Equal    ${event.headers.get_all('source')}    ${{ ['web'] }}
    Run Keyword And Expect Error    *There is no header 'sorce'; the headers are: source, *
    ...    Log    ${event.headers.sorce}

An Event Without Headers
    ${topic}=    New Watched Topic
    VAR    &{headers}    a=1
    Publish Event    ${topic}    {"n": 1}    headers=${headers}
    Publish Event    ${topic}    {"n": 2}
    ${event}=    Wait For Event    ${topic}    headers == {}
    Event Field Should Be    ${event}    n    2
    ${event}=    Wait For Event    ${topic}    headers != {}
    Event Field Should Be    ${event}    n    1
    Event Should Match    ${event}    headers == {"a": "1"}    headers contains a

Whether There Are Headers At All Is Asked In Another Way
    ${event}=    Publish Event    ${TOPIC}    x
    Run Keyword And Expect Error    *Write `headers == {}`, or `headers.NAME does not exist`*
    ...    Wait For Event    ${TOPIC}    headers does not exist
    Run Keyword And Expect Error    *Write `headers != {}`, or `headers.NAME exists`*
    ...    Event Field Should Exist    ${event}    headers

A Name Is Hinted At By Any Event That Has It
    ${topic}=    New Watched Topic
    VAR    &{headers}    attempt=2
    Publish Event    ${topic}    {"Status": "NEW"}    headers=${headers}    partition=0
    Publish Event    ${topic}    {"n": 2}    partition=0
    Run Keyword And Expect Error    *headers.Attempt is missing (there is headers.attempt in ${topic}?0?@0)*
    ...    Wait For Event    ${topic}    headers.Attempt == 2    timeout=0 s
    Run Keyword And Expect Error    *status is missing (there is Status in ${topic}?0?@0)*
    ...    Wait For Event    ${topic}    status == NEW    timeout=0 s


*** Keywords ***
Prepare A Topic
    Meet Other Clients
    ${topic}=    New Topic
    VAR    ${TOPIC}    ${topic}    scope=SUITE
