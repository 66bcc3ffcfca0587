*** Settings ***
Documentation    Values that are hard to read: a wait goes on behind them, a negative says that it could not judge them.

Resource         resources/kafka.resource


*** Test Cases ***
Values That Are Read All The Same
    [Template]    Event Should Be Found By Its Id
    {"id": 1, "n": NaN, "m": -Infinity}
    {"id": 1, "n": 1e400}
    {"id": 1, "text": "\\ud800"}
    {"id": 7, "id": 1}
    {"id": 1, "n": 123456789012345678901234567890.00000000000000001}
    {"id": 1, "deep": ${{ '[' * 900 + ']' * 900 }}}
    {"id": 1, "wide": ${{ json.dumps({f'field{n}': n for n in range(50_000)}) }}}

Values That Nobody Can Read
    [Template]    Event Should Stop No Wait And Every Negative
    {"id": 1
    {"id": 1, "deep": ${{ '[' * 100_000 + ']' * 100_000 }}}
    ${{ b'{"id": 1, "text": "\xff\xfe"}' }}
    ${{ b'\x00\x00\x00\x00\x01binary' }}

The Last Of Two Fields With One Name Counts
    [Documentation]    As for nearly every reader of JSON.
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"id": 1, "id": 2}
    Wait For Event    ${topic}    id == 2
    No Event Should Arrive    ${topic}    id == 1    within=0.1 s

A Value Of 50 MB
    [Documentation]    A real Kafka would take 1 MB at most, unless told otherwise. The embedded broker keeps 5 MB
    ...    a partition, and drops all that is there when the next event comes.
    [Tags]    embedded-only
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"id": 1, "text": "${{ 'x' * 50_000_000 }}"}    partition=0
    Publish Event    ${topic}    {"id": 2}    partition=1
    Wait For Event    ${topic}    id == 2
    Wait For Event    ${topic}    id == 1
    ${failure}=    Run Keyword And Expect Error    *    Wait For Event    ${topic}    id == 3    timeout=0.1 s
    ${length}=    Get Length    ${failure}
    Should Be True    ${length} < 5_000


*** Keywords ***
Event Should Be Found By Its Id
    [Arguments]    ${value}
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${value}    format=text
    Wait For Event    ${topic}    id == 1
    Event Count Should Be    ${topic}    0    id == 7    within=0.1 s

Event Should Stop No Wait And Every Negative
    [Arguments]    ${value}
    ${topic}=    New Watched Topic
    IF    isinstance($value, bytes)
        Publish Event    ${topic}    ${value}    format=bytes    partition=0
    ELSE
        Publish Event    ${topic}    ${value}    format=text    partition=0
    END
    Publish Event    ${topic}    {"id": 2}    partition=0
    Wait For Event    ${topic}    id == 2
    Run Keyword And Expect Error    *${topic}*@0*    No Event Should Arrive    ${topic}    id == 3    within=0.1 s
    Run Keyword And Expect Error    *1 event was read whose value could not be judged*
    ...    Wait For Event    ${topic}    id == 3    timeout=0.1 s
