*** Settings ***
Documentation     Protobuf goes both ways between the library and Java: every type, and every message of a schema.

Library           OperatingSystem
Resource          resources/java.resource

Suite Setup       Prepare Everything
Suite Teardown    Switch Kafka Connection    default


*** Variables ***
# The same event: in Protobuf's JSON, in which numbers of 64 bits are texts, and as a test sees it.
${OF_JAVA}      {"truth": true, "whole": -2147483648, "long": "9223372036854775807",
...             "unsigned": "18446744073709551615", "signed": -5, "fixed": "6", "single": 0.1, "twofold": 0.1,
...             "text": "Żółw 🐢", "raw": "AP8=", "status": "PAID", "moment": "2026-05-31T17:03:11.120Z",
...             "maybeNumber": "0", "maybeText": "here", "invoice": {"city": "London"}, "counts": {"x": 1},
...             "invoices": [{"city": "Oslo"}, {}], "rank": 0}
${OF_A_TEST}    {"truth": true, "whole": -2147483648, "long": 9223372036854775807,
...             "unsigned": 18446744073709551615, "signed": -5, "fixed": 6, "single": 0.1, "twofold": 0.1,
...             "text": "Żółw 🐢", "raw": "AP8=", "status": "PAID", "moment": "2026-05-31T17:03:11.120Z",
...             "maybeNumber": 0, "maybeText": "here", "invoice": {"city": "London"}, "counts": {"x": 1},
...             "invoices": [{"city": "Oslo"}, {"city": ""}], "rank": 0}


*** Test Cases ***
Every Type Comes From Java
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    protobuf    ${OF_JAVA}    schema=${SCHEMA}    message=Everything
    ${event}=    Wait For Event    ${topic}    long == 9223372036854775807
    ${expected}=    Evaluate    json.loads($OF_A_TEST)
    FOR    ${name}    ${value}    IN    &{expected}
        Event Field Should Be    ${event}    ${name}    ${value}
    END
    Should Be Equal    ${{ sorted($event.value) }}    ${{ sorted($expected) }}

Every Type Goes To Java
    ${topic}=    New Topic For Everything
    ${event}=    Publish Event    ${topic}    ${OF_A_TEST}
    Java Should Read    ${event}    protobuf    ${{ json.loads($OF_JAVA) }}
    ${event}=    Publish Event    ${topic}    ${{ json.loads($OF_A_TEST) }}
    Java Should Read    ${event}    protobuf    ${{ json.loads($OF_JAVA) }}

Fields That Are Not Set
    ${topic}=    New Topic For Everything
    Java Writes    ${topic}    protobuf    {"text": "bare"}    schema=${SCHEMA}    message=Everything
    ${event}=    Wait For Event    ${topic}    text == bare    whole == 0    truth == false    status == UNKNOWN
    FOR    ${name}    IN    moment    maybeNumber    maybeText    card    invoice    rank
        Event Field Should Not Exist    ${event}    ${name}
    END
    Event Field Should Be    ${event}    invoices    []
    Event Field Should Be    ${event}    counts    {}
    ${event}=    Publish Event    ${topic}    {"text": "bare"}
    Java Should Read    ${event}    protobuf    ${{ {"text": "bare"} }}

Conditions Ask For Fields That Are There
    [Setup]    Java Writes Everything
    [Template]    Condition Should Hold And Not Hold
    unsigned == 18446744073709551615    unsigned == 18446744073709551614
    single == 0.1    single == 0.10000000149
    status == PAID    status == 1
    moment > 2026-05-31T17:00:00Z    moment > 2026-06-01T00:00:00Z

Conditions Ask For Fields That May Be There
    [Setup]    Java Writes Everything
    [Template]    Condition Should Hold And Not Hold
    maybeNumber == 0    maybeNumber does not exist
    maybeText ^= he    maybeText == HERE
    card does not exist    card exists
    invoice.city == London    invoice.city == Oslo
    counts.x == 1    counts.y exists
    invoices[*].city == Oslo    invoices[*].city == Rome
    rank exists    rank == 1

One Of Several
    ${topic}=    New Topic For Everything
    ${event}=    Publish Event    ${topic}    {"card": "1234"}
    Java Should Read    ${event}    protobuf    ${{ {"card": "1234"} }}
    Event Field Should Not Exist    ${event}    invoice
    Run Keyword And Expect Error    *$.invoice was * beside card: only one field of the oneof payment can be set
    ...    Publish Event    ${topic}    {"card": "1234", "invoice": {"city": "Oslo"}}

Names Of Fields Are Taken In Both Forms
    ${topic}=    New Topic For Everything
    ${event}=    Publish Event    ${topic}    {"maybe_text": "one"}
    Java Should Read    ${event}    protobuf    ${{ {"maybeText": "one"} }}
    Wait For Event    ${topic}    maybeText == one

Every Message Of A Schema
    [Template]    Message Should Go Both Ways
    Everything    {"text": "first"}    text == first
    Refund    {"reason": "second"}    reason == second
    Refund.Voucher    {"code": "V-1"}    code == V-1
    Everything.Invoice    {"city": "third"}    city == third
    Everything.Invoice.Line    {"number": 4}    number == 4

Which Message Is Meant Has To Be Said
    ${topic}=    New Topic With The Schema    ${SCHEMA}    protobuf
    Run Keyword And Expect Error
    ...    *has several messages; name the one of the value.\nThe messages are: shop.Everything, *
    ...    Publish Event    ${topic}    {"reason": "late"}
    Run Keyword And Expect Error    *has no message named 'Refnud'. Did you mean 'Refund'?*
    ...    Publish Event    ${topic}    {"reason": "late"}    schema=${topic}-value\#Refnud
    Publish Event    ${topic}    {"reason": "late"}    schema=${topic}-value\#Refund
    Wait For Event    ${topic}    reason == late

A Message Is Known By Its Frame
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    protobuf    {"city": "Oslo"}    schema=${SCHEMA}    message=Everything.Invoice
    Java Writes    ${topic}    protobuf    {"reason": "late"}    schema=${SCHEMA}    message=Refund
    Java Writes    ${topic}    protobuf    {"number": 3}    schema=${SCHEMA}    message=Everything.Invoice.Line
    Wait For Event    ${topic}    number == 3    city does not exist
    Wait For Event    ${topic}    reason == late
    Wait For Event    ${topic}    city == Oslo
    Event Count Should Be    ${topic}    3    within=0.1 s

Keys Are Protobuf Too
    ${topic}=    New Watched Topic
    VAR    ${key_schema}    syntax = "proto3"; message Key { string shop = 1; int32 id = 2; }
    Java Writes    ${topic}    text    "plain"    key={"shop": "S-1", "id": 1}
    ...    keyFormat=protobuf    keySchema=${key_schema}
    Wait For Event    ${topic}    key.shop == S-1    key.id == 1    value == plain
    Set Topic Format    ${topic}    value=text    key=protobuf
    VAR    &{key}    shop=S-2    id=${2}
    ${event}=    Publish Event    ${topic}    plain    key=${key}
    Wait For Event    ${topic}    key.id == 2    timeout=1 s
    ${read}=    Java Reads    ${topic}    text    ${event.partition}    ${event.offset}    keyFormat=protobuf
    Should Be Equal    ${read}[key]    ${key}

A Tombstone Has No Frame
    ${topic}=    New Topic For Everything
    Java Writes    ${topic}    protobuf    ${None}    key="gone"
    ${event}=    Wait For Event    ${topic}    key == gone
    Should Be True    ${event.is_tombstone}


*** Keywords ***
Prepare Everything
    Meet Java
    ${schema}=    Get File    ${CURDIR}/../schemas/everything.proto
    VAR    ${SCHEMA}    ${schema}    scope=SUITE

New Topic For Everything
    ${topic}=    New Topic With The Schema    ${SCHEMA}    protobuf
    Set Topic Format    ${topic}    value=protobuf    schema=${topic}-value\#Everything
    RETURN    ${topic}

Java Writes Everything
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    protobuf    ${OF_JAVA}    schema=${SCHEMA}    message=Everything
    VAR    ${TOPIC}    ${topic}    scope=TEST    # robocop: off=VAR06

Condition Should Hold And Not Hold
    [Arguments]    ${condition}    ${other}
    Wait For Event    ${TOPIC}    ${condition}    timeout=2 s
    No Event Should Arrive    ${TOPIC}    ${other}    within=0 s

Message Should Go Both Ways
    [Arguments]    ${message}    ${value}    ${condition}
    ${topic}=    New Topic With The Schema    ${SCHEMA}    protobuf
    Java Writes    ${topic}    protobuf    ${value}    schema=${SCHEMA}    message=${message}
    Wait For Event    ${topic}    ${condition}    timeout=2 s
    Set Topic Format    ${topic}    value=protobuf    schema=${topic}-value\#${message}
    ${event}=    Publish Event    ${topic}    ${value}
    Java Should Read    ${event}    protobuf    ${{ json.loads($value) }}
    Wait For Events    ${topic}    2    ${condition}    timeout=2 s
