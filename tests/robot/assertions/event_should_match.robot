*** Settings ***
Documentation    Event Should Match checks an event against conditions.

Resource         resources/kafka.resource


*** Test Cases ***
All Conditions Are Met
    ${event}=    Given An Event
    Event Should Match    ${event}    orderId == 42    status    ==    NEW    key == k-42    note does not exist

Every Condition That Is Not Met Is Told
    ${event}=    Given An Event
    ${message}=    Run Keyword And Expect Error    *
    ...    Event Should Match    ${event}    orderId == 43    status == NEW    total exists    key == k-43
    Should Contain    ${message}    $.orderId was 42
    Should Contain    ${message}    $.total
    Should Contain    ${message}    k-42
    Should Not Contain    ${message}    $.status was

A Message Of One's Own Comes First
    ${event}=    Given An Event
    Run Keyword And Expect Error    Not the order*
    ...    Event Should Match    ${event}    orderId == 43    message=Not the order

No Conditions Are Refused
    ${event}=    Given An Event
    Run Keyword And Expect Error    *condition*    Event Should Match    ${event}

An Argument Among The Conditions Is Refused
    ${event}=    Given An Event
    Run Keyword And Expect Error    *orderId == 42*    Event Should Match    ${event}    orderId=42


*** Keywords ***
Given An Event
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42, "status": "NEW"}    key=k-42
    RETURN    ${event}
