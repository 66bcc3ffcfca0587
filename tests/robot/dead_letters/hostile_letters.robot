*** Settings ***
Documentation    Letters whose headers lie, or lead nowhere, and letters that died again and again.

Resource         resources/dead_letters.resource


*** Variables ***
${ORIGIN}    __connect.errors


*** Test Cases ***
A Letter Whose Topic Is Gone Is Found And Goes Nowhere
    [Tags]    real-kafka
    ${orders}    ${letters}    ${_}=    New Watched Topics
    VAR    ${gone}    ${orders}.gone
    Create Topic    ${gone}
    ${order}=    Publish Event    ${gone}    {"orderId": 1}    key=42
    ${buried}=    Bury    ${order}    ${letters}
    Delete Topic    ${gone}
    ${letter}=    Event Should Be Dead-Lettered    ${order}    ${letters}
    Should Be Equal    ${letter}    ${buried}
    Run Keyword And Expect Error    *the topic '${gone}' does not exist*    Replay Dead Letter    ${letter}

A Letter In A Circle Is Not Its Own Letter
    ${_}    ${letters}    ${_}=    New Watched Topics
    ${headers}=    Headers Of Origin    ${letters}    0    0
    ${letter}=    Publish Event    ${letters}    {"orderId": 1}    headers=${headers}    partition=0
    Should Be Equal    ${letter.dead_letter.place}    ${letter.place}
    Run Keyword And Expect Error    STARTS: No event on
    ...    Event Should Be Dead-Lettered    ${letter}    ${letters}    timeout=0.2 s
    Event Should Not Be Dead-Lettered    ${letter}    ${letters}    within=0 s

A Letter That Died Again On Its Own Topic Is Found There
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${once}=    Bury    ${order}    ${letters}
    Event Should Not Be Dead-Lettered    ${once}    within=0 s
    ${twice}=    Bury    ${once}    ${letters}    group=repair
    ${letter}=    Event Should Be Dead-Lettered    ${once}
    Should Be Equal    ${letter}    ${twice}
    Event Should Be Dead-Lettered    ${once}    ${letters}
    Run Keyword And Expect Error    STARTS: An unexpected event on '${letters}'
    ...    Event Should Not Be Dead-Lettered    ${once}    within=0 s

Places That Can Not Be Are Told And Lead Nowhere
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    Letter From Should Not Go Back    ${letters}    no such topic!    0    'no such topic!' is not a valid topic name.
    Letter From Should Not Go Back    ${letters}    ${EMPTY}    0    Expected a topic name, not ''.
    Letter From Should Not Go Back    ${letters}    ${orders}    77    *has no partition 77.
    Letter From Should Not Go Back    ${letters}    ${orders}    9999999999    *has no partition 9999999999.
    Event Should Not Be Dead-Lettered    ${order}    ${letters}    within=0 s

A Letter Without A True Partition Goes Back By Its Key
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${headers}=    Headers Of Origin    ${orders}    -1    -1
    ${letter}=    Publish Event    ${letters}    {"orderId": 1}    key=42    headers=${headers}
    Should Be Equal    ${letter.dead_letter.place}    ${orders}
    ${again}=    Replay Dead Letter    ${letter}
    Should Be Equal    ${again.partition}    ${order.partition}

A Letter Of Thousands Of Deaths Is Read In Time
    [Documentation]    A consumer that reads the topic that it puts its own letters on.
    [Timeout]    1 min
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 1}    key=42
    ${headers}=    Headers Of Many Deaths    ${order}    ${letters}    4000
    ${buried}=    Publish Event    ${letters}    {"orderId": 1}    key=42    headers=${headers}
    ${letter}=    Event Should Be Dead-Lettered    ${order}    ${letters}
    Should Be Equal    ${letter}    ${buried}
    ${said}=    Run Keyword And Expect Error    *
    ...    Event Should Be Dead-Lettered    ${order}    ${letters}    reason=no such    timeout=0.2 s
    Should Be True    len($said) < 2000

Bytes That Nobody Can Read Are Known By Their Origin
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    ${{ bytes([0, 0, 0, 9, 9, 255]) }}    key=42    format=bytes
    ${buried}=    Bury    ${order}    ${letters}
    ${letter}=    Event Should Be Dead-Lettered    ${order}    ${letters}
    Should Be Equal    ${letter}    ${buried}
    ${letter}=    Event Should Be Dead-Lettered    ${order}    ${letters}    by=value
    Should Be Equal    ${letter}    ${buried}
    ${again}=    Replay Dead Letter    ${letter}
    Should Be Equal    ${again.raw_value}    ${order.raw_value}

An Event Whose Letter Lost Its Key Or Its Value Did Not Live
    [Documentation]    Watermill loses the key, a share group the value too, and Camel damages what is not text.
    ${orders}    ${_}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    ${{ b'\xff42' }}    key=42    format=bytes
    VAR    &{watermill}    topic_poisoned=${orders}
    VAR    &{share_group}
    ...    __dlq.errors.topic=${orders}
    ...    __dlq.errors.partition=${{ str($order.partition) }}
    ...    __dlq.errors.offset=${{ str($order.offset) }}
    Other Clients Use Kafka Of The Library
    FOR    ${value}    ${key}    ${headers}    IN
    ...    ${order.raw_value}    ${None}    ${watermill}
    ...    ${None}    ${None}    ${share_group}
    ...    ${{ chr(0xfffd) + '42' }}    42    ${None}
        ${_}    ${letters}    ${_}=    New Watched Topics
        Another Client Publishes    ${letters}    ${value}    key=${key}    headers=${headers}
        Event Is Not Proven To Live    ${order}    ${letters}
    END


*** Keywords ***
Other Clients Use Kafka Of The Library
    ${cluster}=    Kafka Should Be Reachable
    Other Clients Use Kafka At    ${cluster}[bootstrap_servers]

Event Is Not Proven To Live
    [Arguments]    ${event}    ${letters}
    FOR    ${by}    IN    origin    key    value
        Run Keyword And Expect Error    REGEXP: (It could not be proven|An unexpected event)(.|\\n)*
        ...    Event Should Not Be Dead-Lettered    ${event}    ${letters}    within=0.1 s    by=${by}
    END

Headers Of Origin
    [Arguments]    ${topic}    ${partition}    ${offset}
    VAR    @{headers}    ${{ ('${ORIGIN}.topic', $topic) }}    ${{ ('${ORIGIN}.partition', str($partition)) }}
    ...    ${{ ('${ORIGIN}.offset', str($offset)) }}
    RETURN    ${headers}

Letter From Should Not Go Back
    [Arguments]    ${letters}    ${topic}    ${partition}    ${reason}
    ${headers}=    Headers Of Origin    ${topic}    ${partition}    9223372036854775807
    ${letter}=    Publish Event    ${letters}    {"orderId": 1}    headers=${headers}
    ${said}=    Run Keyword And Expect Error    ${reason}\n*    Replay Dead Letter    ${letter}
    Should Contain    ${said}    That is where ${letter.place} came from, as its headers say.
