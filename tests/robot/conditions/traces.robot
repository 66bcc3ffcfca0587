*** Settings ***
Documentation    An event is found by its trace, in whatever form a tracer wrote it into the headers.

Resource         resources/kafka.resource


*** Variables ***
${TRACE}    4bf92f3577b34da6a3ce929d0e0e4736
${SPAN}     00f067aa0ba902b7


*** Test Cases ***
All Forms Are One Trace
    ${topic}=    Topic With One Trace In Several Forms
    ${events}=    Wait For Events    ${topic}    4    trace == ${TRACE}
    Should Be Equal    ${{ [event.value.by for event in $events] }}    ${{ ["w3c", "b3", "elastic", "datadog"] }}

A Whole Traceparent May Be Given
    ${topic}=    Topic With One Trace In Several Forms
    Wait For Event    ${topic}    trace == 00-${TRACE}-${SPAN}-01    by == elastic

Another Trace Is Not Found
    ${topic}=    Topic With One Trace In Several Forms
    Run Keyword And Expect Error    *trace was ${TRACE}*
    ...    Wait For Event    ${topic}    trace == ${{ "7" * 32 }}    timeout=0.2 s
    No Event Should Arrive    ${topic}    trace == ${{ "7" * 32 }}    within=0.1 s

An Event Without A Trace May Belong To It
    ${topic}=    Topic With One Trace In Several Forms
    Publish Event    ${topic}    {"by": "nobody"}
    ${said}=    Run Keyword And Expect Error    *
    ...    No Event Should Arrive    ${topic}    trace == ${{ "7" * 32 }}    within=0.1 s
    Should Contain    ${said}    The event has no trace in its headers
    No Event Should Arrive    ${topic}    trace == ${{ "7" * 32 }}    by == w3c    within=0.1 s

What Is No Trace Is Refused
    Run Keyword And Expect Error    *A field of that name is `$.trace`.
    ...    Wait For Event    orders    trace == checkout


*** Keywords ***
Topic With One Trace In Several Forms
    ${topic}=    New Topic    partitions=1
    Watch Topics    ${topic}
    Publish With    ${topic}    w3c    traceparent=00-${TRACE}-${SPAN}-03
    Publish With    ${topic}    b3    b3=${TRACE}-${SPAN}-1
    Publish With
    ...    ${topic}
    ...    elastic
    ...    elasticapmtraceparent=${{ bytes.fromhex("0000" + $TRACE + "01" + $SPAN + "0201") }}
    Publish With
    ...    ${topic}
    ...    datadog
    ...    x-datadog-trace-id=${{ str(int($TRACE[16:], 16)) }}
    ...    x-datadog-tags=_dd.p.dm=-0,_dd.p.tid=${{ $TRACE[:16] }}
    RETURN    ${topic}

Publish With
    [Arguments]    ${topic}    ${by}    &{headers}
    VAR    &{value}    by=${by}
    Publish Event    ${topic}    ${value}    key=k    headers=${headers}
