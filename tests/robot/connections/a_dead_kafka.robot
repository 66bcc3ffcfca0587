*** Settings ***
Documentation    Where no Kafka answers every keyword fails, with the address and the reason, in its time.
...              Should one never come back, the test's timeout ends it, and says something else.

Resource         resources/kafka.resource

Suite Setup      Prepare An Event And An Address
Test Timeout     10 s


*** Test Cases ***
Connections
    [Template]    Should Name The Dead Address
    Kafka Should Be Reachable
    Connect To Kafka    ${ADDRESS_WITHOUT_KAFKA}    other

Publishing
    [Template]    Should Name The Dead Address
    Publish Event    orders    {"orderId": 1}
    Publish Events    orders    ${{ ['a', 'b'] }}
    Publish Events From File    orders    ${EVENTS}/orders.jsonl
    Publish Tombstone    orders    k-42
    Begin Kafka Transaction

Waiting
    [Template]    Should Name The Dead Address
    Watch Topics    orders
    Wait For Event    orders    orderId == 42
    Wait For Events    orders    2    orderId == 42
    No Event Should Arrive    orders    orderId == 42
    Event Count Should Be    orders    0    orderId == 42
    Wait Until Topic Is Quiet    orders    0.1 s
    Get Events    orders

Waiting With A Time Of Its Own
    Run Keyword And Expect Error    *${ADDRESS_WITHOUT_KAFKA}*refused*
    ...    Nowhere.Wait For Event    orders    timeout=0.1 s
    Run Keyword And Expect Error    *${ADDRESS_WITHOUT_KAFKA}*refused*
    ...    Nowhere.No Event Should Arrive    orders    within=0.1 s
    Run Keyword And Expect Error    *${ADDRESS_WITHOUT_KAFKA}*refused*
    ...    Nowhere.Get Events    orders    since=earliest
    Run Keyword And Expect Error    *${ADDRESS_WITHOUT_KAFKA}*refused*
    ...    Nowhere.Get Events    orders    since=1 hour

Topics
    [Template]    Should Name The Dead Address
    Create Topic    orders
    Create Temporary Topic
    Delete Topic    orders
    Delete Events    orders
    Get Topics
    Get Topic Configuration    orders
    Topic Should Exist    orders
    Topic Should Not Exist    orders

Groups
    [Template]    Should Name The Dead Address
    Wait Until Event Is Consumed    ${EVENT}    shop
    Wait Until Consumer Group Is Ready    shop    orders

What Needs No Kafka Goes On
    Nowhere.Event Field Should Be    ${EVENT}    orderId    42
    Nowhere.Load Event Template    ${EVENTS}/order.json
    Nowhere.Set Kafka Timeout    0.3 s
    Nowhere.Disconnect From All Kafka


*** Keywords ***
Prepare An Event And An Address
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42}
    VAR    ${EVENT}    ${event}    scope=SUITE
    VAR    ${EVENTS}    ${CURDIR}/../../../resources/events    scope=SUITE
    Have A Library Without Kafka

Should Name The Dead Address
    [Arguments]    ${keyword}    @{arguments}
    Run Keyword And Expect Error    *${ADDRESS_WITHOUT_KAFKA}*refused*    Nowhere.${keyword}    @{arguments}
