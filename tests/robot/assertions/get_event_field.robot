*** Settings ***
Documentation    Get Event Field gives the value of a field, Get Event Fields those of many events.

Resource         resources/kafka.resource

Suite Setup      Publish An Order


*** Test Cases ***
The Value Comes As It Is
    [Template]    Field Should Have The Value
    orderId    ${42}
    total    ${99.5}
    express    ${False}
    note    ${None}
    tags    ${{ ['new', 'web'] }}
    customer.name    Ada
    key    k-42
    offset    ${0}

A Path That May Find Several Gives A List
    [Template]    Field Should Have The Value
    items[*].sku    ${{ ['P-7', 'P-8'] }}
    tags[*]    ${{ ['new', 'web'] }}
    items[?(@.sku == "P-8")].sku    ${{ ['P-8'] }}

A Path That May Find Several Gives An Empty List If It Finds Nothing
    [Template]    Field Should Have The Value
    items[?(@.sku == "P-9")].sku    ${{ [] }}
    $..price    ${{ [] }}
    items[5:]    ${{ [] }}

Nothing Of Several Is No Expected Value
    Run Keyword And Expect Error    *is missing*    Get Event Field    ${ORDER}    $..price    exists
    Run Keyword And Expect Error    *is missing*    Event Field Should Be    ${ORDER}    $..price    9
    Run Keyword And Expect Error    *is missing*    Event Field Should Be    ${ORDER}    $..price    []
    Event Field Should Not Exist    ${ORDER}    $..price
    Event Field Should Be    ${ORDER}    items[*].sku    P-8

The Value Can Be Checked At Once
    ${id}=    Get Event Field    ${ORDER}    orderId    >=    42
    Should Be Equal    ${id}    ${42}
    Get Event Field    ${ORDER}    total    <    ${100}
    Get Event Field    ${ORDER}    tags    contains    web
    Get Event Field    ${ORDER}    note    exists
    Run Keyword And Expect Error    *$.orderId*42*    Get Event Field    ${ORDER}    orderId    >    42
    Run Keyword And Expect Error    Wrong total*$.total*99.5*
    ...    Get Event Field    ${ORDER}    total    ==    100    Wrong total

An Operator That Nobody Knows Is Refused
    Run Keyword And Expect Error    *===*    Get Event Field    ${ORDER}    orderId    ===    42

The Values Of Many Events Come In Their Order
    ${topic}=    New Topic
    ${events}=    Publish Events    ${topic}    ${{ [{'n': 1}, {'m': 2}, {'n': 3}] }}
    ${numbers}=    Get Event Fields    ${events}    n
    Should Be Equal    ${numbers}    ${{ [1, 3] }}
    ${none}=    Get Event Fields    ${{ [] }}    n
    Should Be Empty    ${none}

What Are No Events Is Refused
    Run Keyword And Expect Error    *event*    Get Event Fields    ${{ ['no event'] }}    n
    Run Keyword And Expect Error    *event*    Get Event Fields    no list    n


*** Keywords ***
Publish An Order
    ${topic}=    New Topic
    VAR    ${value}
    ...    {"orderId": 42, "total": 99.5, "express": false, "note": null, "tags": ["new", "web"],
    ...    "customer": {"name": "Ada"}, "items": [{"sku": "P-7"}, {"sku": "P-8"}]}
    ...    separator=${SPACE}
    ${event}=    Publish Event    ${topic}    ${value}    key=k-42    partition=0
    VAR    ${ORDER}    ${event}    scope=SUITE

Field Should Have The Value
    [Arguments]    ${path}    ${expected}
    ${value}=    Get Event Field    ${ORDER}    ${path}
    Should Be Equal    ${value}    ${expected}
