*** Settings ***
Documentation    Where a wait begins: at ``since=``, at the mark of the topic, or at the start of the test.

Resource         resources/kafka.resource

Suite Setup      Prepare A Topic With A Past


*** Test Cases ***
From The Earliest On
    ${event}=    Wait For Event    ${TOPIC}    since=earliest
    Event Field Should Be    ${event}    when    before the suite

From Now On
    Publish Event    ${TOPIC}    {"when": "now"}    partition=0
    Run Keyword And Expect Error    *    Wait For Event    ${TOPIC}    since=latest    timeout=0.2 s
    Another Client Publishes    ${TOPIC}    {"when": "later"}    partition=0    after=1 s
    ${event}=    Wait For Event    ${TOPIC}    since=latest
    Event Field Should Be    ${event}    when    later

From The Start Of The Test On
    Publish Event    ${TOPIC}    {"when": "in the test"}    partition=0
    ${event}=    Wait For Event    ${TOPIC}    since=test start
    Event Field Should Be    ${event}    when    in the test

From The Start Of The Test On Is What Is Meant Without A Word
    Publish Event    ${TOPIC}    {"when": "in this test"}    partition=0
    ${event}=    Wait For Event    ${TOPIC}
    Event Field Should Be    ${event}    when    in this test

From The Start Of The Suite On
    ${event}=    Wait For Event    ${TOPIC}    since=suite start
    Event Field Should Be    ${event}    when    in the setup

From A While Ago On
    [Documentation]    The embedded broker can't look up times: there the library looks itself.
    Publish Event    ${TOPIC}    {"when": "just now"}    partition=0
    ${events}=    Get Events    ${TOPIC}    since=1 hour
    ${first}=    Get Event Field    ${events}[0]    when
    Should Be Equal    ${first}    before the suite

From A Point In Time On
    Publish Event    ${TOPIC}    {"when": "in 2024"}    timestamp=2024-05-01 12:00:00    partition=0
    Publish Event    ${TOPIC}    {"when": "in 2094"}    timestamp=1735689600000    partition=0
    ${event}=    Wait For Event    ${TOPIC}    since=2000-01-01 00:00:00
    Event Field Should Be    ${event}    when    before the suite

From A Point In Time With A Zone On
    ${events}=    Get Events    ${TOPIC}    since=2000-01-01T00:00:00+02:00
    Should Not Be Empty    ${events}

From A Mark On
    Publish Event    ${TOPIC}    {"when": "before the mark"}    partition=0
    ${mark}=    Watch Topics    ${TOPIC}
    Publish Event    ${TOPIC}    {"when": "behind the mark"}    partition=0
    Watch Topics    ${TOPIC}
    ${event}=    Wait For Event    ${TOPIC}    since=${mark}
    Event Field Should Be    ${event}    when    behind the mark

From A Watch In The Middle Of The Test On
    Publish Event    ${TOPIC}    {"when": "before"}    partition=0
    Watch Topics    ${TOPIC}
    Run Keyword And Expect Error    *    Wait For Event    ${TOPIC}    timeout=0.2 s
    Publish Event    ${TOPIC}    {"when": "behind"}    partition=0
    ${event}=    Wait For Event    ${TOPIC}
    Event Field Should Be    ${event}    when    behind

From A Watch With A Start Of Its Own On
    Watch Topics    ${TOPIC}    since=earliest
    ${event}=    Wait For Event    ${TOPIC}
    Event Field Should Be    ${event}    when    before the suite

The Next Test Begins Anew All The Same
    Publish Event    ${TOPIC}    {"when": "in the next test"}    partition=0
    ${event}=    Wait For Event    ${TOPIC}
    Event Field Should Be    ${event}    when    in the next test

From An Event On
    ${first}=    Publish Event    ${TOPIC}    {"when": "first"}    partition=0
    Publish Event    ${TOPIC}    {"when": "second"}    partition=0    timestamp=2001-01-01 00:00:00
    ${event}=    Wait For Event    ${TOPIC}    since=${first}
    Event Field Should Be    ${event}    when    second

A Start That Is None Is Refused
    [Template]    Run Keyword And Expect Error
    *yesterday*    Wait For Event    ${TOPIC}    since=yesterday
    *20260131*    Wait For Event    ${TOPIC}    since=20260131
    *42*    Wait For Event    ${TOPIC}    since=42
    *2026-31-01*    Wait For Event    ${TOPIC}    since=2026-31-01
    *-5 s*    Wait For Event    ${TOPIC}    since=-5 s
    *tset start*    Wait For Event    ${TOPIC}    since=tset start

A Mark Of Another Topic Is Refused
    ${other}=    New Topic
    ${mark}=    Watch Topics    ${other}
    Run Keyword And Expect Error    *'${other}'*not of '${TOPIC}'*
    ...    Wait For Event    ${TOPIC}    since=${mark}    timeout=0.2 s

From An Event Of Another Topic On, By Its Time
    ${first}=    Publish Event    ${TOPIC}    {"when": "first"}    partition=0
    ${other}=    New Topic
    ${between}=    Publish Event    ${other}    {"when": "between"}
    Should Be True    $first.timestamp <= $between.timestamp
    ${later}=    Evaluate    int($between.timestamp.timestamp() * 1000) + 5
    Publish Event    ${TOPIC}    {"when": "second"}    partition=0    timestamp=${later}
    ${event}=    Wait For Event    ${TOPIC}    when != first    since=${between}
    Event Field Should Be    ${event}    when    second


*** Keywords ***
Prepare A Topic With A Past
    [Documentation]    What is published in a suite's setup comes after the suite's start.
    Meet Other Clients
    ${name}=    New Topic    partitions=1
    Another Client Publishes    ${name}    {"when": "before the suite"}    partition=0
    Watch Topics    ${name}
    Publish Event    ${name}    {"when": "in the setup"}    partition=0
    VAR    ${TOPIC}    ${name}    scope=SUITE
