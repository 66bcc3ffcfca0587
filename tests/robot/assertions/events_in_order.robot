*** Settings ***
Documentation    Events Should Be In Order checks a list of events by a field or by their offsets.

Resource         resources/kafka.resource

Suite Setup      Publish Versions


*** Test Cases ***
A Field That Rises
    Events Should Be In Order    ${RISING}    $.version
    Events Should Be In Order    ${RISING}    $.at
    Events Should Be In Order    ${RISING}    timestamp

A Field That Falls
    ${falling}=    Evaluate    $RISING[::-1]
    Events Should Be In Order    ${falling}    $.version    descending=True
    Run Keyword And Expect Error    *not in order by $.version, each key on its own:*has 2*has 1*
    ...    Events Should Be In Order    ${falling}    $.version
    Run Keyword And Expect Error    *not in falling order*
    ...    Events Should Be In Order    ${RISING}    version    descending=True

Equal Values May Follow Each Other
    Events Should Be In Order    ${RISING}    $.order
    Events Should Be In Order    ${RISING}    $.order    descending=True

Each Key Has An Order Of Its Own
    Events Should Be In Order    ${MIXED}    $.version
    Run Keyword And Expect Error    *not in order by $.version, in the order of the list*
    ...    Events Should Be In Order    ${MIXED}    $.version    by_key=False

Offsets Rise
    Events Should Be In Order    ${RISING}
    Events Should Be In Order    ${MIXED}    by_key=False
    ${reversed}=    Evaluate    $RISING[::-1]
    Run Keyword And Expect Error    *not in order by offset*    Events Should Be In Order    ${reversed}
    Events Should Be In Order    ${reversed}    descending=True

A Key In Two Partitions Has No Order
    ${topic}=    New Topic
    ${one}=    Publish Event    ${topic}    {}    key=k    partition=0
    ${two}=    Publish Event    ${topic}    {}    key=k    partition=1
    VAR    @{events}    ${one}    ${two}
    Run Keyword And Expect Error    *one key is in two partitions*    Events Should Be In Order    ${events}

One Event Is In Order
    Events Should Be In Order    ${RISING[:1]}    $.version
    Events Should Be In Order    ${RISING[:1]}

What Would Prove Nothing Fails
    Run Keyword And Expect Error
    ...    There are no events to check.*
    ...    Events Should Be In Order
    ...    ${{ [] }}
    ...    $.version
    VAR    @{alone}    ${MIXED}[0]    ${MIXED}[1]
    Run Keyword And Expect Error
    ...    The order of 2 events could not be checked.*
    ...    Events Should Be In Order
    ...    ${alone}

A Message Of One's Own Comes First
    ${falling}=    Evaluate    $RISING[::-1]
    Run Keyword And Expect Error    The versions are mixed.\nThe 3 events*
    ...    Events Should Be In Order    ${falling}    version    message=The versions are mixed.

What Are No Events Is Refused
    Run Keyword And Expect Error    *list of events*    Events Should Be In Order    ${RISING}[0]
    Run Keyword And Expect Error    *Expected an event*    Events Should Be In Order    ${{ [1] }}
    Run Keyword And Expect Error
    ...    *by_key= is True or False*
    ...    Events Should Be In Order
    ...    ${RISING}
    ...    by_key=maybe
    Run Keyword And Expect Error    *path can't be read*    Events Should Be In Order    ${RISING}    items[


*** Keywords ***
Publish Versions
    ${topic}=    New Topic
    ${one}=    Publish Version    ${topic}    1    2026-05-31T17:03:11Z
    ${two}=    Publish Version    ${topic}    2    2026-05-31T17:03:12Z
    ${other}=    Publish Version    ${topic}    1    2026-05-31T17:03:13Z    key=b
    ${ten}=    Publish Version    ${topic}    10    2026-06-01T00:00:00Z
    VAR    @{RISING}    ${one}    ${two}    ${ten}    scope=SUITE
    VAR    @{MIXED}    ${two}    ${other}    ${ten}    scope=SUITE

Publish Version
    [Arguments]    ${topic}    ${version}    ${at}    ${key}=a
    ${event}=    Publish Event
    ...    ${topic}    {"version": ${version}, "order": 1, "at": "${at}"}    key=${key}    partition=0
    RETURN    ${event}
