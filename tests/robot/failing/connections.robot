*** Settings ***
Documentation    Connections that can't be used.

Resource         resources/failing.resource

Suite Setup      Have A Library Without Kafka


*** Test Cases ***
Nothing Listens
    Connect To Kafka    ${ADDRESS_WITHOUT_KAFKA}    alias=dead    timeout=0.3 s

Nothing Answers
    ${silent}=    Get Silent Address
    Connect To Kafka    ${silent}    alias=silent    timeout=0.5 s

No Address
    Connect To Kafka    ${EMPTY}    alias=nowhere

No Such Alias
    Connect To Kafka    embedded    alias=orders
    Switch Kafka Connection    order
    [Teardown]    Disconnect From Kafka    orders

No Such Property
    Connect To Kafka    embedded    alias=x    security.protcol=SSL

No Such File
    Connect To Kafka    embedded    alias=x    config=no.such.properties

Nearly Such A File
    Connect To Kafka    embedded    alias=x    config=connectionz.robot

No Such Time
    Set Kafka Timeout    soon

Publishing Without A Kafka
    Nowhere.Publish Event    orders    {"orderId": 42}

Waiting Without A Kafka
    Nowhere.Wait For Event    orders    orderId == 42

A Negative Without A Kafka
    Nowhere.No Event Should Arrive    orders    orderId == 42    within=0.1 s

Getting Without A Kafka
    Nowhere.Get Events    orders

Watching Without A Kafka
    Nowhere.Watch Topics    orders

A Topic Without A Kafka
    Nowhere.Topic Should Not Exist    orders

A Transaction Without A Kafka
    Nowhere.Begin Kafka Transaction
