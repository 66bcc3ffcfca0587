*** Settings ***
Documentation    What can't be published.

Resource         resources/failing.resource


*** Variables ***
${EVENTS}    ${CURDIR}/../../../resources/events


*** Test Cases ***
Broken JSON
    Publish Event    orders    {"orderId": 42

A Line Break In JSON
    Publish Event    orders    {"text": "two\nlines"}

Nothing
    Publish Event    orders    ${None}

No JSON Value
    Publish Event    orders    ${{ {'amounts': {1} } }}

No Key
    Publish Tombstone    orders    ${None}

A Header That Is No Text
    Publish Event    orders    x    headers=${{ {'source': {'a': 1}} }}

No Headers
    Publish Event    orders    x    headers=web

No Partition
    Publish Event    orders    x    partition=first

No Time
    Publish Event    orders    x    timestamp=yesterday

No Format
    Publish Event    orders    x    format=jsno

A Value Without The Key's Field
    Publish Events    orders    ${{ [{'id': 1}, {'n': 2}] }}    key=$.id

Fewer Keys Than Values
    Publish Events    orders    ${{ ['a', 'b'] }}    key=${{ ['k'] }}

No List
    Publish Events    orders    ${42}

No File
    Publish Events From File    orders    no_such_file.jsonl

A Broken Line
    Publish Events From File    orders    ${EVENTS}/broken.jsonl

No Such Field In The Template
    Load Event Template    ${EVENTS}/order.json    custmer.name=Grace

No Number For The Template
    Load Event Template    ${EVENTS}/order.json    orderId=many

No Template
    Load Event Template    no_such_file.json

Nearly Such A Template
    Load Event Template    ${EVENTS}/oder.json

A Quote From A Variable
    VAR    ${name}    O"Neil
    Publish Event    orders    {"name": "${name}"}

No Transaction To Commit
    Commit Kafka Transaction

No Transaction To Abort
    Abort Kafka Transaction

A Transaction In A Transaction
    Begin Kafka Transaction
    Begin Kafka Transaction
    [Teardown]    Abort Kafka Transaction

Too Large
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    ${large}=    Evaluate    'x' * 5_000_000
    Publish Event    ${topic}    ${large}

No Such Partition
    ${topic}=    Given A Topic
    Publish Event    ${topic}    x    partition=99    timeout=1 s

A Named Argument In The Cell Of The Value
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"orderId": 42} key=42
