*** Settings ***
Documentation    Keys of windows as Kafka Streams writes them: the key in any format, and the window behind it.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Variables ***
${START}    ${{ (1796016180000).to_bytes(8, 'big') }}
${END}      ${{ (1796016480000).to_bytes(8, 'big') }}


*** Test Cases ***
The Key And Its Window
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=long    key=windowed:text
    Another Client Publishes    ${topic}    ${{ (2).to_bytes(8, 'big') }}    key=${{ b'a' + $START }}
    ${event}=    Wait For Event    ${topic}    key == a    key ^= a    value == 2
    ...    key.start == 2026-11-30T05:23:00Z    key.key == a
    Event Key Should Be    ${event}    a
    Should Be Equal    ${event.key.key}    a
    Should Be Equal    ${event.key.start}    2026-11-30T05:23:00Z

Conditions On The Key And Its Window
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=long    key=windowed:text
    Another Client Publishes    ${topic}    ${{ (2).to_bytes(8, 'big') }}    key=${{ b'a' + $START }}
    Wait For Event    ${topic}    key    ==    ${{ b'a' + $START }}
    Wait For Event    ${topic}    key.end does not exist
    No Event Should Arrive    ${topic}    key == b    within=0 s
    Run Keyword And Expect Error    *key a from 2026-11-30T05:23:00Z*value was 2*
    ...    Wait For Event    ${topic}    value == 3    timeout=0 s

Its End Where The Size Is Known
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=long    key=windowed:text    window_size=5 min
    Another Client Publishes    ${topic}    ${{ (2).to_bytes(8, 'big') }}    key=${{ b'a' + $START }}
    Wait For Event    ${topic}    key == a    key.end == 2026-11-30T05:28:00Z

Windows Of Sessions
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=long    key=session-windowed:long
    Another Client Publishes    ${topic}    ${{ (2).to_bytes(8, 'big') }}
    ...    key=${{ (7).to_bytes(8, 'big') + $END + $START }}
    ${event}=    Wait For Event    ${topic}    key == 7    key > 6    key.start == 2026-11-30T05:23:00Z
    ...    key.end == 2026-11-30T05:28:00Z
    Event Key Should Be    ${event}    ${7}

Windows In A Store
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=bytes    key=windowed-store:text
    Another Client Publishes    ${topic}    ${{ b'x' }}    key=${{ b'a' + $START + bytes(4) }}
    Wait For Event    ${topic}    key == a    key.start == 2026-11-30T05:23:00Z

A Key With Fields
    ${topic}=    New Watched Topic
    VAR    ${schema}    {"type": "record", "name": "Key", "fields": [{"name": "shop", "type": "string"}]}
    Set Topic Format    ${topic}    value=json    key=windowed:avro    key_schema=${schema}
    VAR    ${key}    {"key": {"shop": "S-1"}, "start": "2026-11-30T05:23:00Z"}
    ${event}=    Publish Event    ${topic}    {"n": 1}    key=${key}
    Should Be Equal    ${event.raw_key}    ${{ b'\x06S-1' + $START }}
    Wait For Event    ${topic}    key.key.shop == S-1    key == {"shop": "S-1"}    n == 1

They Are Published As They Are Read
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=long    key=session-windowed:text
    VAR    &{key}    key=a    start=2026-11-30T05:23:00Z    end=2026-11-30T05:28:00Z
    ${event}=    Publish Event    ${topic}    ${2}    key=${key}
    Should Be Equal    ${event.raw_key}    ${{ b'a' + $END + $START }}
    ${again}=    Publish Event    ${topic}    ${3}    key=${event.key}
    Should Be Equal    ${again.raw_key}    ${event.raw_key}
    Run Keyword And Expect Error    format=session-windowed:text needs a key with its window, not 'a'.*
    ...    Publish Event    ${topic}    ${2}    key=a

Tombstones Have Such Keys Too
    [Documentation]    A session that grows is deleted under its old key.
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=long    key=session-windowed:text
    VAR    &{key}    key=a    start=2026-11-30T05:23:00Z    end=2026-11-30T05:28:00Z
    Publish Tombstone    ${topic}    ${key}
    ${gone}=    Wait For Event    ${topic}    key == a    key.end == 2026-11-30T05:28:00Z
    Should Be True    ${gone.is_tombstone}

A Key That Is None Stops No Wait
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=text    key=windowed:text
    Another Client Publishes    ${topic}    short    key=abc
    Another Client Publishes    ${topic}    whole    key=${{ b'a' + $START }}
    ${event}=    Wait For Event    ${topic}    key == a
    Should Be Equal    ${event.value}    whole
    ${event}=    Wait For Event    ${topic}    value == short
    Run Keyword And Expect Error    *not a key with its window: 3 bytes, and its window alone has 8*
    ...    Event Key Should Be    ${event}    abc
    Run Keyword And Expect Error    *abc*not a key with its window: 3 bytes*
    ...    No Event Should Arrive    ${topic}    key == b    within=0 s

A Negative On A Key That Nobody Declared Proves Nothing
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"n": 2}    key=${{ b'a' + $START }}
    FOR    ${condition}    IN    key == a    key ^= a    key contains a    key matches ^a    key != b
        Run Keyword And Expect Error    *9 bytes are not text*as key=windowed:text a from 2026-11-30T05:23:00Z*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0 s
    END
    No Event Should Arrive    ${topic}    key == a    n == 3    within=0 s

A Size Is Of Time Windows Alone
    Run Keyword And Expect Error    window_size= is for keys of time windows*
    ...    Set Topic Format    anywhere    key=text    window_size=5 min
    Run Keyword And Expect Error    window_size= is for keys of time windows*
    ...    Set Topic Format    anywhere    key=session-windowed:text    window_size=5 min
    Run Keyword And Expect Error    window_size= can't be 0*
    ...    Set Topic Format    anywhere    key=windowed:text    window_size=0 s
