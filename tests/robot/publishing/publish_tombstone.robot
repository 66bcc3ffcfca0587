*** Settings ***
Documentation    Publish Tombstone publishes a key without a value.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
A Tombstone Has A Key And No Value
    ${topic}=    New Watched Topic
    ${event}=    Publish Tombstone    ${topic}    k-42
    Should Be True    ${event.is_tombstone}
    ${raw}=    Another Client Reads    ${topic}
    Should Be Equal    ${raw[0].key}    ${{ b'k-42' }}
    Should Be Equal    ${raw[0].value}    ${None}

It May Have Headers, A Partition And A Time
    ${topic}=    New Topic
    VAR    &{headers}    reason=cancelled
    ${event}=    Publish Tombstone    ${topic}    k-42    headers=${headers}    partition=0
    ...    timestamp=1700000000000
    Event Header Should Be    ${event}    reason    cancelled
    ${raw}=    Another Client Reads    ${topic}
    Should Be Equal As Integers    ${raw[0].timestamp}    1700000000000

A Tombstone Without A Key Is Refused
    ${topic}=    New Topic
    Run Keyword And Expect Error    *key*    Publish Tombstone    ${topic}    ${None}

It Stops No Wait And Has No Fields
    ${topic}=    New Watched Topic
    Publish Tombstone    ${topic}    k-42
    Publish Event    ${topic}    {"orderId": 42}    key=k-42
    Wait For Event    ${topic}    orderId == 42
    ${tombstone}=    Wait For Event    ${topic}    key == k-42    value == null
    Should Be True    ${tombstone.is_tombstone}
    Event Count Should Be    ${topic}    1    orderId exists    within=0.1 s
