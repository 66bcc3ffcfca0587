*** Settings ***
Documentation    Events Should Be Unique checks that each event of a list has a value of its own.

Resource         resources/kafka.resource

Suite Setup      Publish Some Events


*** Test Cases ***
Values That Differ
    [Template]    Events Should Be Unique
    ${EVENTS}    $.eventId
    ${EVENTS}    number
    ${EVENTS}    $.place
    ${EVENTS}    key
    ${EVENTS}    headers.id
    ${EVENTS}    offset
    ${EVENTS[:1]}    $.orderId

The Same Value Twice
    [Template]    Should Not Be Unique
    $.orderId    42 is in 2 events
    $.customer    {"name": "Ada", "id": 1} is in 2 events
    topic    is in 3 events
    headers.source    web is in 3 events

A Number Equals Another By Value
    ${topic}=    New Topic
    ${events}=    Publish Events    ${topic}    ${{ [{'n': 1}, {'n': 1.0}] }}
    Run Keyword And Expect Error    *1 is in 2 events*    Events Should Be Unique    ${events}    n

Events Without The Field Are Named
    ${topic}=    New Topic
    ${events}=    Publish Events    ${topic}    ${{ [{'n': 1}, {'m': 2}] }}
    Run Keyword And Expect Error
    ...    *: $.n is missing (there is m)*
    ...    Events Should Be Unique
    ...    ${events}
    ...    n

By Several Paths All Of Them Together Are Unique
    Events Should Be Unique    ${EVENTS}    orderId, number
    Events Should Be Unique    ${EVENTS}    customer.id, key
    Run Keyword And Expect Error    *not unique by $.orderId and $.customer.id:\n*42, 1* is in 2 events: *
    ...    Events Should Be Unique    ${EVENTS}    orderId, customer.id
    Run Keyword And Expect Error    *$.total is missing*    Events Should Be Unique    ${EVENTS}    orderId, total

What Would Prove Nothing Fails
    Run Keyword And Expect Error    There are no events to check.*    Events Should Be Unique    ${{ [] }}    $.eventId

A Message Of One's Own Comes First
    Run Keyword And Expect Error    Counted twice.\nThe 3 events*
    ...    Events Should Be Unique    ${EVENTS}    orderId    message=Counted twice.

What Are No Events Is Refused
    Run Keyword And Expect Error    *list of events*    Events Should Be Unique    ${EVENTS}[0]    eventId
    Run Keyword And Expect Error    *Expected an event*    Events Should Be Unique    ${{ ['no event'] }}    eventId


*** Keywords ***
Publish Some Events
    ${topic}=    New Topic
    VAR    @{values}
    ...    {"eventId": "e-1", "number": 1, "orderId": 42, "place": {"x": [1, 2]}, "customer": {"name": "Ada", "id": 1}}
    ...    {"eventId": "e-2", "number": "1", "orderId": 42.0, "place": {"x": [2]}, "customer": {"id": 1, "name": "Ada"}}
    ...    {"eventId": "e-3", "number": 1.5, "orderId": 43, "place": {}, "customer": {"name": "Grace", "id": 1}}
    VAR    @{events}    @{EMPTY}
    FOR    ${index}    ${value}    IN ENUMERATE    @{values}
        VAR    &{headers}    id=${index}    source=web
        ${event}=    Publish Event    ${topic}    ${value}    key=k-${index}    headers=${headers}    partition=0
        Append To List    ${events}    ${event}
    END
    VAR    @{EVENTS}    @{events}    scope=SUITE

Should Not Be Unique
    [Arguments]    ${path}    ${part}
    Run Keyword And Expect Error
    ...    The 3 events are not unique by*${part}*
    ...    Events Should Be Unique
    ...    ${EVENTS}
    ...    ${path}
