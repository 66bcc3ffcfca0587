*** Settings ***
Documentation    The shop ends and starts again in the middle of its work, with the same database.

Resource         resources/shop.resource


*** Test Cases ***
A Restart Loses No Event And Doubles None
    ${product}=    New Product    threshold=${10}
    Publish Ten Increases    ${product}
    Stop Shop    ${SHOP}
    Publish Ten Increases    ${product}
    Start Shop Again    ${SHOP}
    ${last}=    Publish Ten Increases    ${product}
    Wait Until Event Is Consumed    ${last}    shop    timeout=20 s
    Product Count Should Be    ${product}    30
    Decrease Product Count    ${product}    21
    One Alert Should Come    ${product}

What Was Put In The Cart Before A Restart Is Published
    ${product}=    New Product
    ${cart}=    New Cart
    FOR    ${_}    IN RANGE    20
        Add To Cart    ${cart}    ${product}
    END
    Stop Shop    ${SHOP}
    Start Shop Again    ${SHOP}
    Wait For Events    cart.events    20    cartId == ${cart}
    Event Count Should Be    cart.events    20    cartId == ${cart}    within=0.3 s

A Crash Loses No Event And Doubles None
    [Documentation]    The group waits for the member that is gone without a word, until its session is over.
    [Tags]    real-kafka
    ${product}=    New Product
    Publish Ten Increases    ${product}
    Kill Shop    ${SHOP}
    Publish Ten Increases    ${product}
    Start Shop Again    ${SHOP}
    ${last}=    Publish Ten Increases    ${product}
    Wait Until Event Is Consumed    ${last}    shop    timeout=20 s
    Product Count Should Be    ${product}    30


*** Keywords ***
Publish Ten Increases
    [Documentation]    Gives the last.
    [Arguments]    ${product}
    FOR    ${_}    IN RANGE    10
        ${event}=    Publish Count Change    product_count_increased    ${product}    1
    END
    RETURN    ${event}

One Alert Should Come
    [Arguments]    ${product}
    Wait For Event    inventory.alerts    productId == ${product}
    Event Count Should Be    inventory.alerts    1    productId == ${product}    within=0.3 s
