*** Settings ***
Documentation    A first look: publish an event, wait for it, check it. The broker is the embedded one, so nothing
...              has to be installed or started. With a real Kafka only its address changes.

Library          KafkaLibrary    bootstrap_servers=embedded    watch=orders    timeout=5 s


*** Test Cases ***
An Event Is Published And Found
    Publish Event    orders    {"orderId": 42, "status": "NEW", "items": [{"sku": "P-7", "count": 2}]}    key=42
    ${event}=    Wait For Event    orders    orderId == 42    status == NEW
    Event Field Should Be    ${event}    $.items[0].count    2
    Event Key Should Be    ${event}    42

The Right One Of Several Is Found
    FOR    ${id}    IN RANGE    1    6
        VAR    &{order}    orderId=${id}    total=${id * 10}
        Publish Event    orders    ${order}    key=${id}
    END
    ${event}=    Wait For Event    orders    total > 20    total <= 30
    Event Should Match    ${event}    orderId == 3    status does not exist
    Event Count Should Be    orders    5    within=0.5 s

A Wrong Event Never Arrives
    Publish Event    orders    {"orderId": 43, "status": "PAID"}    key=43
    No Event Should Arrive    orders    status == REJECTED    within=0.5 s

A Failure Says What Came Instead
    [Documentation]    Open log.html at this test: the wait tells what was read and how it differed.
    Publish Event    orders    {"orderId": 44, "status": "NEW"}    key=44
    Run Keyword And Expect Error    No event on 'orders' matched*status was NEW*
    ...    Wait For Event    orders    orderId == 44    status == PAID    timeout=0.5 s
