*** Settings ***
Documentation    Waits for what does not come.

Resource         resources/failing.resource


*** Test Cases ***
Nothing Came
    ${topic}=    Given A Topic
    Wait For Event    ${topic}    $.orderId == 42    $.status == PAID    timeout=0.2 s

The Nearest Events
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42, "status": "NEW"}    key=42    partition=0
    Publish Event    ${topic}    {"orderId": 43, "status": "PAID"}    key=43    partition=0
    Publish Event    ${topic}    {"orderId": 44, "status": "NEW"}    partition=0
    Wait For Event    ${topic}    $.orderId == 42    $.status == PAID    timeout=0.2 s

Another Type
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": "42"}    partition=0
    Wait For Event    ${topic}    orderId    ==    ${42}    timeout=0.2 s

A Misspelt Field
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42, "customer": {"name": "Ada"}}    partition=0
    Wait For Event    ${topic}    customer.nmae == Ada    order_id == 42    timeout=0.2 s

A Misspelt Header Among Events Without Headers
    ${topic}=    Given A Topic
    VAR    &{headers}    attempt=1
    Publish Event    ${topic}    {"orderId": 42}    headers=${headers}    partition=0
    Publish Event    ${topic}    {"orderId": 43}    partition=0
    Wait For Event    ${topic}    headers.Attempt == 2    timeout=0.2 s

An Earlier Header Of The Name
    ${topic}=    Given A Topic
    VAR    @{headers}    ${{ ('came-from', 'orders') }}    ${{ ('came-from', 'first') }}
    Publish Event    ${topic}    {"orderId": 42}    headers=${headers}    partition=0
    Wait For Event    ${topic}    headers.came-from == orders    timeout=0.2 s

Headers That Are Read As Numbers
    ${topic}=    Given A Topic
    Set Topic Format    ${topic}    headers=attempt=int
    VAR    @{headers}    ${{ ('kafka_dlt-original-offset', (42).to_bytes(8, 'big')) }}    ${{ ('attempt', b'3') }}
    Publish Event    ${topic}    {"orderId": 42}    headers=${headers}    partition=0
    Wait For Event    ${topic}    headers.kafka_dlt-original-offset == 43    headers.attempt == 3    timeout=0.2 s

Keys Of Windows
    ${topic}=    Given A Topic
    Set Topic Format    ${topic}    key=windowed:text    window_size=5 min
    VAR    &{key}    key=ada    start=2026-05-31T17:00:00Z
    Publish Event    ${topic}    {"orderId": 42}    key=${key}    partition=0
    Another Client Publishes    ${topic}    {"orderId": 43}    key=short    partition=0
    Wait For Event    ${topic}    key == ada    key.start == 2026-05-31T17:05:00Z    timeout=0.2 s

Many Events Far Off
    ${topic}=    Given A Topic
    FOR    ${number}    IN RANGE    30
        Publish Event    ${topic}    {"number": ${number}}    partition=0
    END
    Wait For Event    ${topic}    number == 99    timeout=0.2 s

A Long Value
    ${topic}=    Given A Topic
    ${long}=    Evaluate    'x' * 10_000
    Publish Event    ${topic}    {"text": "${long}"}    partition=0
    Wait For Event    ${topic}    text == short    timeout=0.2 s

It Came Before The Mark
    ${topic}=    New Topic    orders
    Publish Event    ${topic}    {"orderId": 42}    partition=0
    Watch Topics    ${topic}
    Wait For Event    ${topic}    orderId == 42    timeout=0.2 s

It Came On Another Topic
    ${topic}=    Given A Topic
    ${other}=    Given A Topic    payments
    Publish Event    ${other}    {"orderId": 42}    partition=0
    Wait For Event    ${other}    orderId == 42
    Wait For Event    ${topic}    orderId == 42    timeout=0.2 s

On Neither Of Two Topics
    ${one}=    Given A Topic    approved
    ${other}=    Given A Topic    rejected
    VAR    @{either}    ${one}    ${other}
    Publish Event    ${other}    {"orderId": 41}    partition=0
    Wait For Event    ${either}    orderId == 42    timeout=0.2 s

Two On One Topic And None On Another
    ${one}=    Given A Topic    orders
    ${two}=    Given A Topic    payments
    ${three}=    Given A Topic    parcels
    VAR    @{each}    ${one}    ${two}    ${three}
    Publish Event    ${one}    {"orderId": 42}    partition=0
    Publish Event    ${one}    {"orderId": 42}    partition=0
    Publish Event    ${two}    {"orderId": 42}    partition=0
    Publish Event    ${three}    {"orderId": 24}    partition=0
    Wait For Event On Each Topic    ${each}    orderId == 42    timeout=0.2 s

No Topic Is Meant
    Wait For Event    no.such.topic.zzzzzzzz.*    orderId == 42    timeout=0.2 s

An Event That Is Not JSON
    ${topic}=    Given A Topic
    Publish Event    ${topic}    plain text    key=k-1    partition=0
    Another Client Publishes    ${topic}    {"orderId": 4    key=k-2    partition=${0}
    Publish Tombstone    ${topic}    k-3    partition=0
    Wait For Event    ${topic}    orderId == 42    timeout=0.2 s

Null In A Value And Tombstones
    ${topic}=    Given A Topic
    Publish Event    ${topic}    null    key=k-1    partition=0
    Publish Tombstone    ${topic}    k-2    partition=0
    Wait For Event    ${topic}    value == null    key == k-1    timeout=0.2 s

Null In A Value Where A Tombstone Came
    ${topic}=    Given A Topic
    Publish Tombstone    ${topic}    k-1    partition=0
    Wait For Event    ${topic}    $ == null    timeout=0.2 s

JSON In A Text
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"res": "{\\"status\\": 404, \\"code\\": 1}", "n": 1}    key={"id":10}    partition=0
    Wait For Event    ${topic}    res.status == 200    res.stat == 200    status == 200    n == 1    timeout=0.2 s

No Such Topic
    VAR    ${topic}    no.such.topic.zzzzzzzz
    Watch Topics    ${topic}
    Wait For Event    ${topic}    orderId == 42    timeout=0.2 s

Nearly Such A Topic
    ${topic}=    Given A Topic With A Name Of Its Own    warehouse
    Wait For Event    warehouses${topic.removeprefix('warehouse')}    timeout=0.2 s
    [Teardown]    Remove The Topic

Nobody Watched
    ${topic}=    New Topic    orders
    Publish Event    ${topic}    {"orderId": 41}    partition=0
    Wait For Event    ${topic}    orderId == 42    timeout=0.2 s

Behind An Event
    ${topic}=    Given A Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42}    partition=0
    Wait For Event    ${topic}    orderId == 42    since=${event}    timeout=0.2 s

Two Of Three
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42, "step": 1}    partition=0
    Publish Event    ${topic}    {"orderId": 42, "step": 2}    partition=0
    Publish Event    ${topic}    {"orderId": 43, "step": 1}    partition=0
    Wait For Events    ${topic}    3    orderId == 42    timeout=0.2 s

A Transaction Is Open
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Another Client Publishes In A Transaction    ${topic}    {"orderId": 42}
    Wait For Event    ${topic}    orderId == 42    timeout=0.3 s

A Topic Deleted Meanwhile
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Another Client Deletes The Topic    ${topic}    after=0.1 s
    Wait For Event    ${topic}    orderId == 42    timeout=3 s

An Open End
    ${topic}=    Given A Topic
    Wait For Event    ${topic}    timeout=0.2 s

A Condition In The Cell Of The Topic
    Wait For Event    slips orderId == 42

A Named Argument In The Cell Of The Topic
    Wait For Event    slips timeout=5 s    orderId == 42

A Field In The Cell Of The Topic
    Wait For Event    slips status    ==    PAID

A Count In The Cell Of The Topic
    Wait For Events    slips 2    orderId == 42

A Condition In The Cell Of The Count
    Wait For Events    slips    2 orderId == 42

A Condition Without A Topic
    Wait For Event    orderId == 42

A Named Argument In The Cell Of A Time
    Wait For Event    slips    orderId == 42    timeout=5 s since=earliest

A Named Argument In The Cell Of A Start Point
    Wait For Event    slips    orderId == 42    since=test start timeout=5 s

A Named Argument In The Cell Of A Condition
    Wait For Event    slips    status exists timeout=5 s

A Field That Is Looked For In The Value
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42}    partition=0
    Wait For Event    ${topic}    payload.orderId == 42    timeout=0.2 s
