*** Settings ***
Documentation     A real stream application counts events in windows. Their keys have the window behind the key.

Library           KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=30 s
Library           tests.kafka.Applications

Suite Setup       Start Counting
Suite Teardown    Stop Counting

Test Tags         real-kafka


*** Test Cases ***
A Key In A Window Of Time
    Wait For Event    ${WINDOWS}    key == ada    key.start == 2026-05-31T17:00:00Z    value == 2
    ...    since=earliest
    ${event}=    Wait For Event    ${WINDOWS}    key == ada    key.start == 2026-05-31T17:05:00Z    value == 1
    ...    since=earliest
    Should Be Equal    ${event.key.end}    2026-05-31T17:10:00Z
    No Event Should Arrive    ${WINDOWS}    key == ada    value == 3    within=0 s    since=earliest

A Key In The Changelog Of The Windows
    Wait For Event    ${CHANGELOG}    key == ada    key.start == 2026-05-31T17:05:00Z    since=earliest

A Key In A Window Of A Session
    ${counts}=    Wait For Events    ${SESSIONS}    3    key == ada    value >= 1    since=earliest
    Event Field Should Be    ${counts[-1]}    key.start    2026-05-31T17:03:00Z
    Event Field Should Be    ${counts[-1]}    key.end    2026-05-31T17:06:30Z
    Event Field Should Be    ${counts[-1]}    value    3

A Session That Grows Is Deleted Under Its Old Key
    ${gone}=    Wait For Event    ${SESSIONS}    value == null    key.end == 2026-05-31T17:04:00Z    since=earliest
    Event Key Should Be    ${gone}    ada

What Is Read Is Published Byte For Byte
    FOR    ${topic}    IN    ${WINDOWS}    ${SESSIONS}    ${CHANGELOG}
        @{events}=    Get Events    ${topic}    key == ada    since=earliest
        FOR    ${event}    IN    @{events}
            ${again}=    Publish Tombstone    ${topic}    ${event.key}
            Should Be Equal    ${again.raw_key}    ${event.raw_key}
        END
    END


*** Keywords ***
Start Counting
    Make Topics
    ${group}=    Start Windowed Counts    ${BOOTSTRAP_SERVERS}    ${EVENTS}    ${WINDOWS}    ${SESSIONS}
    VAR    ${CHANGELOG}    ${group}-windows-changelog    scope=SUITE
    Set Topic Format    ${CHANGELOG}    value=bytes    key=windowed-store:text
    Publish Event    ${EVENTS}    one    key=ada    timestamp=2026-05-31T17:03:00Z
    Publish Event    ${EVENTS}    two    key=ada    timestamp=2026-05-31T17:04:00Z
    Publish Event    ${EVENTS}    three    key=ada    timestamp=2026-05-31T17:06:30Z

Make Topics
    ${events}=    Create Temporary Topic    events
    ${windows}=    Create Temporary Topic    windows
    ${sessions}=    Create Temporary Topic    sessions
    VAR    ${EVENTS}    ${events}    scope=SUITE
    VAR    ${WINDOWS}    ${windows}    scope=SUITE
    VAR    ${SESSIONS}    ${sessions}    scope=SUITE
    Set Topic Format    ${WINDOWS}    value=long    key=windowed:text    window_size=5 min
    Set Topic Format    ${SESSIONS}    value=long    key=session-windowed:text

Stop Counting
    Stop Windowed Counts
    Delete Topic    ${CHANGELOG}
