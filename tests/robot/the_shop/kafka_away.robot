*** Settings ***
Documentation     Kafka goes away while the shop runs, and comes back.

Library           tests.robot.libraries.OwnKafka
Resource          resources/shop.resource

Suite Setup       Open A Shop At A Kafka Of Its Own
Suite Teardown    Close Both

Test Tags         real-kafka


*** Test Cases ***
The Shop Says So, And So Does What A Suite's Setup Asks First
    [Setup]    Kill Own Kafka
    ${answer}=    GET    ${SHOP}/health    expected_status=503
    Should Contain    ${answer.json()}[reason]    Kafka does not answer
    Run Keyword And Expect Error    *${KAFKA}*    Kafka Should Be Reachable    timeout=1 s
    [Teardown]    Start Own Kafka

What Happened Meanwhile Is Published Once Kafka Is Back
    ${product}=    New Product
    ${cart}=    New Cart
    Kill Own Kafka
    Add To Cart    ${cart}    ${product}
    Start Own Kafka
    Wait For Event    cart.events    cartId == ${cart}    timeout=20 s
    Event Count Should Be    cart.events    1    cartId == ${cart}    within=0.3 s

What Is Published Then Is Taken
    ${product}=    New Product
    Increase Product Count    ${product}    5
    Product Count Should Be    ${product}    5


*** Keywords ***
Open A Shop At A Kafka Of Its Own
    ${address}=    Start Own Kafka
    VAR    ${KAFKA}    ${address}    scope=SUITE
    Connect To Kafka    ${address}    alias=own    timeout=20 s
    ${shop}=    Start Shop    ${address}
    VAR    ${SHOP}    ${shop}    scope=SUITE

Close Both
    Stop All Shops
    Disconnect From Kafka    own
    Stop Own Kafka
