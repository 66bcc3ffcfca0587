*** Settings ***
Documentation    The shop's events by Debezium's router: nothing in the shop publishes, and nobody who listens can tell.

Library          tests.robot.libraries.ChangeData
Resource         resources/connect.resource
Resource         resources/shop.resource

Suite Setup      Find The Connector

Test Tags        by-debezium    real-kafka


*** Variables ***
${CONNECT}    ${EMPTY}


*** Test Cases ***
An Event Of The Outbox Comes Once
    ${cart}=    New Cart
    Add To Cart    ${cart}    P-4
    ${event}=    Wait For Outbox Event    cart.events    cartId == ${cart}    type == ItemAdded    key == ${cart}
    Outbox Events Should Come Once    cart.events    id=${event.headers.id}    within=0.5 s

What Was Put Into The Outbox While The Connector Pauses Comes Later
    ${cart}=    New Cart
    PUT    ${CONNECT}/connectors/${CONNECTOR}/pause
    Wait Until Keyword Succeeds    20 s    50 ms    The Shop Should Say    the connector is PAUSED
    Add To Cart    ${cart}    P-4
    No Event Should Arrive    cart.events    cartId == ${cart}    within=0.3 s
    PUT    ${CONNECT}/connectors/${CONNECTOR}/resume
    Wait For Event    cart.events    cartId == ${cart}    timeout=30 s
    Event Count Should Be    cart.events    1    cartId == ${cart}    within=0.3 s
    Wait Until Connector Is Running    ${CONNECTOR}


*** Keywords ***
Find The Connector
    ${facts}=    Addresses Of Change Data    %{SHOP_OUTBOX}
    VAR    ${CONNECT}    ${facts}[connect]    scope=SUITE
    VAR    ${CONNECTOR}    shop-${{ pathlib.Path($SHOP_DATABASE).stem.replace('-', '_') }}    scope=SUITE

The Shop Should Say
    [Arguments]    ${reason}
    ${answer}=    GET    ${SHOP}/health    expected_status=503
    Should Contain    ${answer.json()}[reason]    ${reason}
