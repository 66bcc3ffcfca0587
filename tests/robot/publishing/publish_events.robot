*** Settings ***
Documentation    Publish Events publishes an event for each value.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
An Event For Each Value, In Their Order
    ${topic}=    New Topic
    VAR    @{values}    {"n": 1}    two    ${{ {'n': 3} }}
    ${events}=    Publish Events    ${topic}    ${values}    key=${{ ['k', 'k', 'k'] }}
    ${numbers}=    Get Event Fields    ${events}    offset
    Should Be Equal    ${numbers}    ${{ [0, 1, 2] }}
    ${raw}=    Another Client Reads    ${topic}
    Length Should Be    ${raw}    3
    Should Be Equal    ${raw[1].value}    ${{ b'two' }}

The Key Is A Path Into Each Value
    ${topic}=    New Topic
    VAR    @{values}    ${{ {'id': 1} }}    {"id": "b"}    ${{ {'id': 3} }}
    ${events}=    Publish Events    ${topic}    ${values}    key=$.id
    ${keys}=    Get Event Fields    ${events}    key
    Should Be Equal As Strings    ${keys}[0]    1
    Should Be Equal As Strings    ${keys}[1]    b
    ${raw}=    Another Client Reads    ${topic}
    ${stand}=    Evaluate    sorted(one.key for one in $raw)
    Should Be Equal    ${stand}    ${{ [b'1', b'3', b'b'] }}

Every Event Has The Headers
    ${topic}=    New Topic
    VAR    &{headers}    source=web
    ${events}=    Publish Events    ${topic}    ${{ ['a', 'b'] }}    headers=${headers}
    FOR    ${event}    IN    @{events}
        Event Header Should Be    ${event}    source    web
    END

A Thousand Events Are All Acknowledged
    ${topic}=    New Watched Topic
    ${events}=    Publish Events    ${topic}    ${{ [{'n': n} for n in range(1000)] }}
    Length Should Be    ${events}    1000
    Event Count Should Be    ${topic}    1000    within=0 s

No Values Are No Events
    ${topic}=    New Topic
    ${events}=    Publish Events    ${topic}    ${{ [] }}
    Should Be Empty    ${events}

Nothing Is Published When One Value Can Not Be
    [Template]    Nothing Should Be Published
    *JSON*    ${{ ['[1]', '[2', '[3]'] }}
    *Publish Tombstone*    ${{ ['{"n": 1}', None] }}
    *object*    ${{ ['{"n": 1}', object()] }}
    *$.id*    ${{ ['{"id": 1}', '{"n": 2}'] }}    $.id
    *keys 1*values 2*    ${{ ['a', 'b'] }}    ${{ ['k'] }}

What Is No List Is Refused
    Run Keyword And Expect Error    *list*    Publish Events    orders    ${42}
    Run Keyword And Expect Error    *list*    Publish Events    orders    [{"n": 1}, {"n": 2}]

Those Kafka Takes Are Told From Those It Does Not
    [Tags]    real-kafka
    ${topic}=    New Topic
    Run Keyword And Expect Error    *5,000,000*
    ...    Publish Events    ${topic}    ${{ ['small', 'x' * 5_000_000] }}


*** Keywords ***
Nothing Should Be Published
    [Arguments]    ${message}    ${values}    ${key}=${None}
    ${topic}=    New Topic
    Publish Event    ${topic}    the only one
    Run Keyword And Expect Error    ${message}    Publish Events    ${topic}    ${values}    key=${key}
    ${raw}=    Another Client Reads    ${topic}
    Length Should Be    ${raw}    1
