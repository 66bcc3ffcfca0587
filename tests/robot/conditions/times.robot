*** Settings ***
Documentation    Date-times with zones are instants, however they are written. What a missing zone could change is not
...              decided: a wait goes on, and a negative fails.

Library          Collections
Resource         resources/conditions.resource

Suite Setup      Prepare A Topic Of The Suite


*** Variables ***
${NOON}         2026-11-30T12:00:00Z
${NO_ZONE}      2026-11-30T12:00:00 has no zone and 2026-11-30T12:00:00Z has one
${IN_PRAGUE}    2026-11-30T13:00:00+01:00[Europe/Prague]


*** Test Cases ***
One Instant Is Written In Many Ways
    [Template]    Should Hold
    {"at": "2026-11-30T12:00:00.000000Z"}    at == ${NOON}
    {"at": "2026-11-30T12:00Z"}    at == ${NOON}
    {"at": "2026-11-30T13:00:00+01:00"}    at == ${NOON}
    {"at": "2026-11-30 12:00:00+00"}    at == ${NOON}
    {"at": "${IN_PRAGUE}"}    at == ${NOON}
    {"at": "20261130T120000Z"}    at == ${NOON}
    {"at": "${NOON}"}    at == 2026-11-30T17:30:00+0530
    {"at": "${IN_PRAGUE}"}    at in 2026-11-30T11:00:00Z, ${NOON}
    {"all": ["${IN_PRAGUE}"]}    all contains ${NOON}
    {"order": {"at": "${IN_PRAGUE}"}}    order == {"at": "${NOON}"}

Instants Have The Order Of Time
    [Template]    Should Hold
    {"at": "2026-11-30T12:00:00-08:00"}    at > ${NOON}
    {"at": "2026-11-30T12:00:00+08:00"}    at < ${NOON}
    {"at": "2026-11-30T12:00:00.0000000001Z"}    at > ${NOON}
    {"at": "2026-11-30T12:00:00.123456789Z"}    at > 2026-11-30T12:00:00.123456788Z
    {"at": "${IN_PRAGUE}"}    at <= ${NOON}    at >= ${NOON}

And Not That Of Letters
    [Template]    Should Not Hold
    {"at": "2026-11-30T12:00:00+08:00"}    at > ${NOON}
    {"at": "2026-11-30T12:00:00+08:00"}    at == ${NOON}
    {"at": "2026-11-30T12:00:00-08:00"}    at <= ${NOON}
    {"at": "2026-11-30T12:00:00.000000Z"}    at != ${NOON}
    {"at": "2026-11-30T12:00:00.000000Z"}    at < ${NOON}

With Strict Texts Are Compared
    Should Hold Strictly    {"at": "2026-11-30T12:00:00Z"}    at == ${NOON}
    Should Hold Strictly    {"at": "2026-11-30T12:00:00.0Z"}    at != ${NOON}
    Should Not Hold Strictly    {"at": "${IN_PRAGUE}"}    at == ${NOON}

What No Zone Could Change Is Decided
    [Template]    Should Hold
    {"at": "2026-12-02T12:00:00"}    at > ${NOON}
    {"at": "2026-11-28"}    at < ${NOON}    at != ${NOON}
    {"at": "2026-11-30T12:00:00.10"}    at == 2026-11-30 12:00:00.1
    {"at": "2026-11-30T12:00:00"}    at >= 2026-11-30
    {"day": "2026-11-30"}    day == 2026-11-30    day > 2026-11-29

What Is Not Decided Is Said With Both Sides
    [Template]    Should Not Be Judged
    2026-11-30T12:00:00    ${NOON}    has no zone and ${NOON} has one
    ${NOON}    2026-11-30    2026-11-30 has no zone
    2026-02-30T10:00:00Z    ${NOON}    2026-02-30T10:00:00Z is not a readable date-time
    2026-13-45    ${NOON}    2026-13-45 is not a readable date-time
    2026-11-30 12:00:00 UTC    ${NOON}    12:00:00 UTC is not a readable date-time
    ${NOON}    2026-11-31T12:00:00Z    2026-11-31T12:00:00Z is not a readable date-time

What Looks Like A Number Of Something Is No Time
    [Template]    Should Not Hold
    {"at": "2023-11-27"}    at == 2023-11-28
    {"at": "1234-56-78"}    at == 1234-56-79
    {"at": "2023-11-27-05"}    at < 2023-11-27-04
    {"at": "n/a"}    at == ${NOON}

A Wait Goes On Behind What It Can Not Judge
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"at": "2026-11-30T12:00:00"}
    Run Keyword And Expect Error    *${NO_ZONE}*    Wait For Event    ${topic}    at == ${NOON}    timeout=0.2 s
    ${event}=    Publish Event    ${topic}    {"at": "${IN_PRAGUE}"}
    ${found}=    Wait For Event    ${topic}    at == ${NOON}
    Should Be Equal    ${found.place}    ${event.place}

A Negative Names The Event That It Can Not Judge
    ${topic}=    New Watched Topic
    ${event}=    Publish Event    ${topic}    {"at": "2026-11-30T12:00:00"}
    FOR    ${condition}    IN    at == ${NOON}    at > ${NOON}    at != ${NOON}    at in ${NOON}, 2020-01-01T00:00:00Z
        Run Keyword And Expect Error    *@${event.offset}*${NO_ZONE}*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0 s
        Run Keyword And Expect Error    *@${event.offset}*${NO_ZONE}*
        ...    Event Count Should Be    ${topic}    0    ${condition}    within=0 s
    END

A Number Has No Order With A Time
    ${topic}=    New Watched Topic
    ${event}=    Publish Event    ${topic}    {"ts_ms": 1796040000000}
    FOR    ${operator}    IN    >    <=
        Run Keyword And Expect Error
        ...    *@${event.offset}*1796040000000 is a number (as milliseconds since 1970 it is ${NOON})*
        ...    No Event Should Arrive
        ...    ${topic}
        ...    ts_ms
        ...    ${operator}
        ...    2026-11-30T10:00:00Z
        ...    within=0 s
    END
    No Event Should Arrive    ${topic}    ts_ms == ${NOON}    within=0 s

A Negative Sees An Instant However It Is Written
    ${topic}=    New Watched Topic
    ${event}=    Publish Event    ${topic}    {"at": "2026-11-30T12:00:00-08:00"}
    FOR    ${condition}    IN    at == 2026-11-30T20:00:00.000Z    at > ${NOON}    at >= 2026-11-30T19:59:59Z
        Run Keyword And Expect Error    *@${event.offset}*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0 s
    END
    No Event Should Arrive    ${topic}    at <= ${NOON}    within=0 s

Checks Of One Event Compare Instants
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"at": "${IN_PRAGUE}", "local": "2026-11-30T12:00:00"}
    Event Field Should Be    ${event}    at    ${NOON}
    Get Event Field    ${event}    at    >=    ${NOON}
    Event Should Be Like    ${event}    {"at": "${NOON}"}
    Event Should Be Like    ${event}    {"at": "#? < 2026-11-30T12:00:01Z"}
    Run Keyword And Expect Error    *$.at was*    Event Field Should Not Be    ${event}    at    ${NOON}
    Run Keyword And Expect Error    *${NO_ZONE}*    Event Field Should Be    ${event}    local    ${NOON}
    Run Keyword And Expect Error    *${NO_ZONE}*    Event Field Should Not Be    ${event}    local    ${NOON}
    Run Keyword And Expect Error    *$.local*${NO_ZONE}*    Event Should Be Like    ${event}    {"local": "${NOON}"}
    Run Keyword And Expect Error    *$.at*
    ...    Event Should Be Like    ${event}    {"at": "${NOON}"}    strict=True

A Key And A Header Hold Times Too
    VAR    &{headers}    at=2026-11-30T13:00:00+01:00
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {}    key=2026-11-30T12:00:00.000Z    headers=${headers}
    Event Key Should Be    ${event}    ${NOON}
    Event Header Should Be    ${event}    at    ${NOON}
    Event Should Match    ${event}    headers.at <= ${NOON}

A Variable May Be A Datetime
    ${moment}=    Evaluate    datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.timezone.utc)
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"at": "${IN_PRAGUE}"}
    Event Field Should Be    ${event}    at    ${moment}
    Event Should Match    ${event}    at    >=    ${moment}

Events Are In Order By Their Instants
    ${first}=    Publish Event    ${TOPIC_OF_SUITE}    {"at": "2026-11-30T13:00:00+01:00"}
    ${second}=    Publish Event    ${TOPIC_OF_SUITE}    {"at": "2026-11-30T12:00:00.5Z"}
    ${third}=    Publish Event    ${TOPIC_OF_SUITE}    {"at": "2026-11-30T05:00:00-08:00"}
    VAR    @{rising}    ${first}    ${second}    ${third}
    Events Should Be In Order    ${rising}    path=at
    Reverse List    ${rising}
    Run Keyword And Expect Error    *@${third.offset}*    Events Should Be In Order    ${rising}    path=at
    ${local}=    Publish Event    ${TOPIC_OF_SUITE}    {"at": "2026-11-30T12:00:00"}
    VAR    @{unknown}    ${second}    ${local}
    Run Keyword And Expect Error
    ...    *@${local.offset}*has no zone*
    ...    Events Should Be In Order
    ...    ${unknown}
    ...    path=at

The Same Instant Twice Is Not Unique
    ${first}=    Publish Event    ${TOPIC_OF_SUITE}    {"at": "${NOON}"}
    ${second}=    Publish Event    ${TOPIC_OF_SUITE}    {"at": "${IN_PRAGUE}"}
    VAR    @{both}    ${first}    ${second}
    Run Keyword And Expect Error    *@${second.offset}*    Events Should Be Unique    ${both}    at

Kafka's Own Timestamp Is Milliseconds Too
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {}    timestamp=1701075317371
    Event Should Match    ${event}    timestamp == 1701075317371    timestamp == 2023-11-27T08:55:17.371Z
    Event Should Match    ${event}    timestamp    >=    ${1701075317371}
    Run Keyword And Expect Error    *timestamp*    Event Should Match    ${event}    timestamp > 1701075317371
    Should Be Refused    ${{ ['seconds since 1970', '2023-11-27T08:55:17Z'] }}    timestamp > 1701075317

Digits Alone Are No Start Point
    ${message}=    Run Keyword And Expect Error    *    Get Events    ${TOPIC_OF_SUITE}    since=1701075317371
    Should Contain    ${message}    since=2023-11-27T08:55:17.371Z
    Should Not Contain    ${message}    1701075317371 s


*** Keywords ***
Should Not Be Judged
    [Arguments]    ${field}    ${cell}    ${reason}
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"at": "${field}"}
    FOR    ${operator}    IN    ==    !=    <    >=
        Run Keyword And Expect Error    *could not be judged*${reason}*
        ...    Event Should Match    ${event}    at    ${operator}    ${cell}
    END
