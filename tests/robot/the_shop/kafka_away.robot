*** Settings ***
Documentation     Kafka goes away while the shop runs, and comes back.

Library           tests.robot.libraries.OwnKafka
Library           tests.robot.libraries.ShopDatabases
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
    ${event}=    Publish Count Change    product_count_increased    ${product}    5
    Wait Until Event Is Consumed    ${event}    shop    timeout=20 s
    Product Count Should Be    ${product}    5

What Happened Meanwhile Is Published By The Shop's Next Start
    [Documentation]    The event waits in the database, and nowhere else: the shop is killed before it could publish.
    ${product}=    New Product
    ${cart}=    New Cart
    Kill Own Kafka
    Add To Cart    ${cart}    ${product}
    Kill Shop    ${SHOP}
    Start Own Kafka
    Start Shop Again    ${SHOP}
    Wait For Event    cart.events    cartId == ${cart}    timeout=20 s
    Event Count Should Be    cart.events    1    cartId == ${cart}    within=0.3 s

A Shop Stops Although Kafka Does Not Answer A Commit
    ${product}=    New Product
    Hold Database    ${DATABASE}
    ${event}=    Publish Count Change    product_count_increased    ${product}    5
    # The group has taken it by now, and waits for the database.
    Run Keyword And Expect Error    *shop*    Wait Until Event Is Consumed    ${event}    shop    timeout=1 s
    Pause Own Kafka
    Let Database Go
    Wait Until Keyword Succeeds    5 s    0.05 s    Product Count Should Be    ${product}    5
    Stop Shop    ${SHOP}
    [Teardown]    Let Database Go And Kafka Answer


*** Keywords ***
Open A Shop At A Kafka Of Its Own
    ${address}=    Start Own Kafka
    VAR    ${KAFKA}    ${address}    scope=SUITE
    Connect To Kafka    ${address}    alias=own    timeout=20 s
    VAR    ${DATABASE}    ${OUTPUT_DIR}${/}kafka-away-${{ uuid.uuid4().hex[:8] }}.sqlite    scope=SUITE
    ${shop}=    Start Shop    ${address}    --database    ${DATABASE}
    VAR    ${SHOP}    ${shop}    scope=SUITE

Let Database Go And Kafka Answer
    Let Database Go
    Resume Own Kafka

Close Both
    Stop All Shops
    Disconnect From Kafka    own
    Stop Own Kafka
