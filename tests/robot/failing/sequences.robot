*** Settings ***
Documentation    Assertions on several events that do not hold.

Resource         resources/failing.resource

Suite Setup      Publish Some Orders


*** Test Cases ***
A Field That Falls
    Events Should Be In Order    ${ORDERS}    $.version

A Field That Rises
    Events Should Be In Order    ${ORDERS}    $.version    by_key=False    descending=True

Values Without An Order
    Events Should Be In Order    ${ORDERS}    $.note    by_key=False

A Field That Is Missing
    Events Should Be In Order    ${ORDERS}    $.verson

Offsets That Fall
    ${reversed}=    Evaluate    $ORDERS[::-1]
    Events Should Be In Order    ${reversed}

One Key In Two Partitions
    ${one}=    Publish Event    ${ORDERS[0].topic}    {}    key=k    partition=1
    ${two}=    Publish Event    ${ORDERS[0].topic}    {}    key=k    partition=2
    VAR    @{events}    ${one}    ${two}
    Events Should Be In Order    ${events}

The Same Event Twice
    VAR    @{events}    ${ORDERS}[0]    ${ORDERS}[0]
    Events Should Be In Order    ${events}

Nothing To Compare By Key
    VAR    @{events}    ${ORDERS}[0]    ${ORDERS}[1]
    Events Should Be In Order    ${events}    version

Nothing To Compare In A Partition
    VAR    @{events}    ${ORDERS}[0]
    ${other}=    Publish Event    ${ORDERS[0].topic}    {}    partition=1
    Append To List    ${events}    ${other}
    Events Should Be In Order    ${events}    by_key=False

No Events In Order
    Events Should Be In Order    ${{ [] }}    $.version    message=No version came.

The Same Value In Several Events
    Events Should Be Unique    ${ORDERS}    $.version

The Same Object In Several Events
    Events Should Be Unique    ${ORDERS}    $.customer

A Value That Is Missing
    Events Should Be Unique    ${ORDERS}    $.coupon

A Value In More Events Than A Message Holds
    ${events}=    Evaluate    $ORDERS * 3
    Events Should Be Unique    ${events}    topic    message=All of them came twice.

No Unique Events
    Events Should Be Unique    ${{ [] }}    $.eventId

No List Of Events
    Events Should Be Unique    ${ORDERS}[0]    $.eventId


*** Keywords ***
Publish Some Orders
    ${topic}=    Given A Topic
    VAR    @{values}
    ...    {"version": 2, "note": "new", "customer": {"name": "Ada"}}
    ...    {"version": 2.0, "note": 5, "customer": {"name": "Ada", "vip": true}, "coupon": "C-1"}
    ...    {"version": 1, "note": null, "customer": {"vip": true, "name": "Ada"}, "cupon": "C-2"}
    ...    {"version": 10, "note": "new", "customer": {"name": "Grace"}}
    VAR    @{keys}    a    b    a    b
    VAR    @{events}    @{EMPTY}
    FOR    ${value}    ${key}    IN ZIP    ${values}    ${keys}
        ${event}=    Publish Event    ${topic}    ${value}    key=${key}    partition=0
        Append To List    ${events}    ${event}
    END
    VAR    @{ORDERS}    @{events}    scope=SUITE
