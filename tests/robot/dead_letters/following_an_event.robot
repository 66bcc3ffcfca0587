*** Settings ***
Documentation    From an event to its dead letter, and back to where it came from.

Resource         resources/dead_letters.resource


*** Test Cases ***
The Dead Letter Of This Very Event Is Found
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${first}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${second}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Bury    ${first}    ${letters}
    ${buried}=    Bury    ${second}    ${letters}
    ${letter}=    Event Should Be Dead-Lettered    ${second}    ${letters}
    Should Be Equal    ${letter}    ${buried}
    Should Be Equal    ${letter.dead_letter.place}    ${second.place}

A Service Of One's Own May Write The Numbers In Text
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    VAR    &{headers}
    ...    kafka_dlt-original-topic=${order.topic}
    ...    kafka_dlt-original-partition=${order.partition}
    ...    kafka_dlt-original-offset=${order.offset}
    ...    kafka_dlt-exception-message=no such currency
    ${buried}=    Publish Event    ${letters}    {"orderId": 1}    key=42    headers=${headers}
    ${letter}=    Event Should Be Dead-Lettered    ${order}    ${letters}    reason=no such currency
    Should Be Equal    ${letter}    ${buried}
    Should Be Equal    ${letter.dead_letter.place}    ${order.place}
    Run Keyword And Expect Error    An unexpected event*
    ...    Event Should Not Be Dead-Lettered    ${order}    ${letters}    within=0.1 s

The Topic Of Dead Letters Is Known By Its Name
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${buried}=    Bury    ${order}    ${letters}
    ${letter}=    Event Should Be Dead-Lettered    ${order}
    Should Be Equal    ${letter}    ${buried}

Where No Topic Is Given The Failure Names That Of Its Dead Letters First, And Few Of The Others
    ${orders}    ${letters}    ${_}=    New Watched Topics
    VAR    @{others}    @{EMPTY}
    FOR    ${_}    IN RANGE    8
        ${other}=    New Topic
        Publish Event    ${other}    {"orderId": 2}
        VAR    @{others}    @{others}    ${other}
    END
    Watch Topics    @{others}
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Publish Event    ${letters}    {"orderId": 2}    key=43
    ${said}=    Run Keyword And Expect Error    *    Event Should Be Dead-Lettered    ${order}    timeout=0.3 s
    Should Match Regexp    ${said}    ^No event on '${letters}' or '\\S+' or '\\S+' or '\\S+' or '\\S+' and \\d+ more

Another Group May Have Given It Up
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Bury    ${order}    ${letters}    group=shipping
    ${buried}=    Bury    ${order}    ${letters}
    ${letter}=    Event Should Be Dead-Lettered    ${order}    ${letters}    group=billing
    Should Be Equal    ${letter}    ${buried}
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Be Dead-Lettered    ${order}    ${letters}    group=stock    timeout=0.3 s
    Should Contain    ${said}    the group that gave it up was
    Event Should Not Be Dead-Lettered    ${order}    ${letters}    group=stock    within=0.1 s

The Reason Is Told
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Bury    ${order}    ${letters}
    Event Should Be Dead-Lettered    ${order}    ${letters}    reason=IllegalState
    Event Should Be Dead-Lettered    ${order}    ${letters}    reason=no such currency    group=billing
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Be Dead-Lettered    ${order}    ${letters}    reason=timed out    timeout=0.3 s
    Should Contain    ${said}    the reason was java.lang.IllegalStateException: no such currency

A Death For Another Reason Is A Doubt
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    Doubting
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Bury    ${order}    ${letters}
    VAR    ${said}
    ...    ${order.place} was dead-lettered all the same by billing: IllegalStateException: no such currency.
    Run Keyword And Expect Error    STARTS: ${said}
    ...    Event Should Not Be Dead-Lettered    ${order}    ${letters}    reason=illegalstate    within=0.1 s
    Run Keyword And Expect Error    STARTS: ${said}
    ...    Event Should Not Be Dead-Lettered    ${order}    ${letters}    group=Billing    within=0.1 s
    [Teardown]    Set Library Search Order    KafkaLibrary

A Letter That Died Again Leads To The Event That Began It
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${once}=    Bury    ${order}    ${letters}
    IF    ${{ $BOOTSTRAP_SERVERS != 'embedded' }}
        Create Topic    ${letters}-dlt
    END
    ${twice}=    Bury    ${once}    ${letters}-dlt    group=repair
    ${letter}=    Event Should Be Dead-Lettered    ${order}    ${letters}-dlt
    Should Be Equal    ${letter}    ${twice}
    Should Be Equal    ${letter.dead_letter.place}    ${once.place}
    Should Be Equal    ${letter.dead_letter.origin.place}    ${order.place}

An Event That Lives Has No Letter
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${dead}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${alive}=    Publish Event    ${orders}    {"orderId": 2}    key=42
    Bury    ${dead}    ${letters}
    Event Should Not Be Dead-Lettered    ${alive}    ${letters}    within=0.2 s
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${dead}    ${letters}    within=0.2 s
    Should Contain    ${said}    the event that died == ${dead.place}

A Letter Without A Word Of Its Death Is No Proof
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Publish Event    ${letters}    {"orderId": 1}    key=42
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${order}    ${letters}    within=0.2 s
    Should Contain    ${said}    It has the key and value of ${order.place}, and no header says that it died.
    Event Should Be Dead-Lettered    ${order}    ${letters}    by=value

A Letter That Tells Its Topic Alone Is No Proof
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    VAR    &{headers}    topic_poisoned=${orders}    reason_poisoned=no such currency
    Publish Event    ${letters}    {"orderId": 1}    headers=${headers}
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${order}    ${letters}    within=0.2 s
    Should Contain    ${said}    It has the value of ${order.place}, and names only ${orders}.

A Letter With Headers Of One's Own Is Named Where None Is Found
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${letter}=    Bury In Our Way    ${order}    ${letters}    {"why": "no such currency", "order": {"orderId": 1}}
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Be Dead-Lettered    ${order}    ${letters}    timeout=0.3 s
    Should Contain    ${said}    ${letter.place}, key "42" came after ${order.place}, and no known header says
    Should Contain    ${said}    dead_letter_conventions= on the import teaches headers (here: x-died-on, x-died-of);
    Should Contain    ${said}    by=key looks by the key
    ${found}=    Event Should Be Dead-Lettered    ${order}    ${letters}    by=key
    Should Be Equal    ${found}    ${letter}

A Letter With Headers Of One's Own May Be That Of The Event
    [Template]    An Unknown Letter Should Be A Doubt
    {"orderId": 1, "status": "NEW"}    42    {"why": "no such currency", "order": {"orderId": 1}}    42
    {"orderId": 1, "status": "NEW"}    42    {"why": "no such currency"}    42
    {"orderId": 1, "status": "NEW"}    42    {"why": "no such currency"}    ${None}
    {"orderId": 1, "status": "NEW"}    ${None}    {"text": "{\\"orderId\\": 1}"}    other
    {"orderId": 1, "status": "NEW"}    42    {"order": {"orderId": 1}}    other

A Letter Of Another Event Is No Doubt
    [Template]    An Unknown Letter Should Be No Doubt
    {"orderId": 1, "status": "NEW"}    42    {"why": "no such currency", "order": {"orderId": 2}}    42
    {"orderId": 1, "status": "NEW"}    42    {"why": "no such currency", "order": {"orderId": 2}}    ${None}
    {"orderId": 1, "status": "NEW"}    42    {"why": "no such currency"}    43
    {"status": "NEW"}    42    {"why": "no such currency", "orderId": 2}    43

A Letter That Was There Before The Event Is No Doubt
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    Doubting
    ${orders}    ${letters}    ${_}=    New Watched Topics
    Publish Event    ${letters}    {"why": "no such currency"}    key=42    timestamp=2026-01-01 00:00:00
    ${order}=    Publish Event    ${orders}    {"orderId": 2}    key=42
    Event Should Not Be Dead-Lettered    ${order}    ${letters}    within=0.1 s
    [Teardown]    Set Library Search Order    KafkaLibrary

The Death Of An Earlier Event With The Same Key Is No Proof
    ${orders}    ${letters}    ${_}=    New Watched Topics
    Publish Event    ${letters}    {"orderId": 1}    key=42    timestamp=2026-01-01 00:00:00
    ${order}=    Publish Event    ${orders}    {"orderId": 2}    key=42
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Be Dead-Lettered    ${order}    ${letters}    by=key    timeout=0.3 s
    Should Contain    ${said}    it is older than ${order.place}

The Topic Of Letters May Be Made With The First One
    ${orders}=    New Topic    orders
    ${invoices}=    New Topic    invoices
    Watch Topics    ${orders}    ${invoices}
    ${order}=    Publish Event    ${orders}    {"orderId": 77}    key=77
    Event Should Not Be Dead-Lettered    ${order}    within=0.2 s
    ${said}=    Run Keyword And Expect Error    *    Event Should Be Dead-Lettered    ${order}    timeout=0.3 s
    Should Contain    ${said}    '${orders}-dlt'

A Topic Of Letters That Is Misspelt Is No Proof
    ${orders}    ${_}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${letter}=    Bury    ${order}    ${orders}-dlt
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Not Be Dead-Lettered    ${order}    ${orders}-dtl    within=0.2 s
    Should Contain    ${said}    The topic '${orders}-dtl' does not exist.
    Should Contain    ${said}    ${letter.topic}

A Place Of A Topic That Was Made Again Is Another Event
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    VAR    &{headers}    kafka_dlt-original-topic=${orders}
    ...    kafka_dlt-original-partition=${{ $order.partition.to_bytes(4, 'big') }}
    ...    kafka_dlt-original-offset=${{ $order.offset.to_bytes(8, 'big') }}
    ...    kafka_dlt-original-timestamp=${{ ($order.timestamp_ms - 60000).to_bytes(8, 'big') }}
    Publish Event    ${letters}    {"orderId": 9}    key=42    headers=${headers}
    Event Should Not Be Dead-Lettered    ${order}    ${letters}    within=0.2 s

All Letters Are Given
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${buried}=    Bury    ${order}    ${letters}
    ${found}=    Get Dead Letters    ${letters}
    Should Be Equal    ${found}    ${{ [$buried] }}

An Event Without A Word Of Its Death Is A Doubt
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    Doubting
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Bury    ${order}    ${letters}
    Get Dead Letters    ${letters}
    ${untold}=    Publish Event    ${letters}    {"orderId": 1}    key=42
    Run Keyword And Expect Error    STARTS: ${untold.place} has no header about a death, and is not returned.
    ...    Get Dead Letters    ${letters}
    Publish Event    ${letters}    {"orderId": 1}    key=42
    Run Keyword And Expect Error    STARTS: ${untold.place} and 1 more have no header about a death
    ...    Get Dead Letters    ${letters}
    [Teardown]    Set Library Search Order    KafkaLibrary

What Died Goes Back As It Was
    ${orders}    ${letters}    ${_}=    New Watched Topics
    VAR    &{headers}    source=web
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42    headers=${headers}
    ${letter}=    Bury    ${order}    ${letters}
    ${again}=    Replay Dead Letter    ${letter}
    Should Be Equal    ${again.topic}    ${orders}
    Should Be Equal    ${again.partition}    ${order.partition}
    Should Be Equal    ${again.raw_value}    ${order.raw_value}
    Should Be Equal    ${again.raw_key}    ${order.raw_key}
    Should Be Equal    ${{ $again.headers.pairs }}    ${{ $order.headers.pairs }}

What A Share Group Did Not Copy Is A Doubt
    [Documentation]    As Kafka 4.4.0 writes it by default.
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    Doubting
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${letter}=    A Share Group Gives Up    ${orders}    ${letters}
    Run Keyword And Expect Error
    ...    STARTS: ${letter.place} has neither key nor value, and so has what goes to '${orders}'.
    ...    Replay Dead Letter    ${letter}
    [Teardown]    Set Library Search Order    KafkaLibrary

What Is No Letter Is Not Published Anywhere
    ${orders}    ${_}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Run Keyword And Expect Error    STARTS: ${order.place} is not a dead letter: no header says where it came from.
    ...    Replay Dead Letter    ${order}

Without A Topic Of Letters Nothing Can Be Looked For
    ${orders}=    New Topic    lonely
    Run Keyword And Expect Error    *Give topic= with the name of their topic.
    ...    Only The Topic Itself Is Known    ${orders}

Another Way To Know A Letter Is Refused
    ${orders}    ${_}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Run Keyword And Expect Error    by= is one of origin, key, value, not 'orign'. Did you mean 'origin'?
    ...    Event Should Be Dead-Lettered    ${order}    by=orign
    FOR    ${by}    IN    ${None}    ${{ ['key'] }}    ${5}
        Run Keyword And Expect Error    by= is one of origin, key, value, not *
        ...    Event Should Be Dead-Lettered    ${order}    by=${by}
        Run Keyword And Expect Error    by= is one of origin, key, value, not *
        ...    Event Should Not Be Dead-Lettered    ${order}    by=${by}
    END

The Topic Of The Event Itself Is None Of Letters
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Run Keyword And Expect Error    '${orders}' is the topic of the event itself*
    ...    Event Should Not Be Dead-Lettered    ${order}    ${orders}    within=0 s
    Run Keyword And Expect Error    '${orders}' is the topic of the event itself*
    ...    Event Should Be Dead-Lettered    ${order}    ${orders}    timeout=0 s
    VAR    @{both}    ${orders}    ${letters}
    Event Should Not Be Dead-Lettered    ${order}    ${both}    within=0 s


*** Keywords ***
Bury In Our Way
    [Documentation]    With headers that no framework has, and another value.
    [Arguments]    ${event}    ${letters}    ${value}    ${key}=${event.key}
    VAR    &{headers}    x-died-on=${event.topic}    x-died-of=no such currency
    ${letter}=    Publish Event    ${letters}    ${value}    key=${key}    headers=${headers}
    RETURN    ${letter}

An Unknown Letter Should Be A Doubt
    [Arguments]    ${value}    ${key}    ${letter_value}    ${letter_key}
    ${order}    ${letter}    ${said}=    Look For Another Letter
    ...    ${value}
    ...    ${key}
    ...    ${letter_value}
    ...    ${letter_key}
    Should Start With    ${said}    ${order.place} may have been dead-lettered: ${letter.place}
    Should Contain    ${said}    dead_letter_conventions= on the import teaches headers (here: x-died-on, x-died-of)

An Unknown Letter Should Be No Doubt
    [Arguments]    ${value}    ${key}    ${letter_value}    ${letter_key}
    ${_}    ${_}    ${said}=    Look For Another Letter    ${value}    ${key}    ${letter_value}    ${letter_key}
    Should Be Equal    ${said}    ${EMPTY}

Look For Another Letter
    [Documentation]    Gives the event, the letter, and what the negative says where doubts fail.
    [Arguments]    ${value}    ${key}    ${letter_value}    ${letter_key}
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    Doubting
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    ${value}    key=${key}
    ${letter}=    Bury In Our Way    ${order}    ${letters}    ${letter_value}    ${letter_key}
    VAR    ${said}    ${EMPTY}
    TRY
        Event Should Not Be Dead-Lettered    ${order}    ${letters}    within=0.1 s
    EXCEPT    AS    ${said}
        Log    ${said}
    FINALLY
        Set Library Search Order    KafkaLibrary
    END
    RETURN    ${order}    ${letter}    ${said}

A Share Group Gives Up
    [Documentation]    The letter has neither the key nor the value of the event.
    [Arguments]    ${orders}    ${letters}
    VAR    &{headers}    __dlq.errors.topic=${orders}    __dlq.errors.group=billing
    ${cluster}=    Kafka Should Be Reachable
    Other Clients Use Kafka At    ${cluster}[bootstrap_servers]
    Another Client Publishes    ${letters}    ${None}    headers=${headers}
    ${letter}=    Wait For Event    ${letters}
    RETURN    ${letter}

Only The Topic Itself Is Known
    [Documentation]    A connection of its own has watched nothing.
    [Arguments]    ${topic}
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=lonely
    TRY
        ${event}=    Publish Event    ${topic}    {"orderId": 1}    key=42
        Event Should Be Dead-Lettered    ${event}
    FINALLY
        Disconnect From Kafka    lonely
    END
