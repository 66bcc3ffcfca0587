*** Settings ***
Documentation    What the shop must endure, seen from outside. Each test has a shop of its own.

Library          tests.robot.libraries.ShopDatabases
Resource         resources/shop.resource

Test Setup       Open A Shop With A Database
Test Teardown    Leave Nothing Behind


*** Test Cases ***
A Request That Can Not Be Taken Is Refused
    [Template]    Request Should Be Refused
    /products/P-1    {"name": "Lamp", "price": 100000000000000000000}    'price' is
    /products/P-1    {"name": "Lamp", "price": -5}    'price' is -5
    /products/P-1    {"name": "\\ud800", "price": 5}    'name' is
    /products/P-1    {"name": "Lamp", "price": 5, "threshold": null}    'threshold' is None
    /products/P-1    {"name": "Lamp"}    'price' is missing
    /products/P-1    ["Lamp", 5]    not an object
    /products/P-1    ${{ '[' * 60000 }}    nested too deeply
    /products/P-1    {"name": "${{ 'x' * 60000 }}", "price": 5}    at most 1000 characters
    /products/P-1    {"name": "${{ 'x' * 1100000 }}", "price": 5}    exceeds    status=413

A Dead Letter Too Large To Be Sent Holds Up Nothing
    ${product}=    New Product    threshold=${3}
    # With the reason in its headers the dead letter is larger than the client can send.
    ${broken}=    Publish Event    inventory.events    ${{ 'x' * 999_900 }}    key=${product}    format=text
    Expect Contract Violation    ${broken}
    Increase Product Count    ${product}    5
    Decrease Product Count    ${product}    3
    Wait For Event    inventory.alerts    productId == ${product}
    ${answer}=    GET    ${SHOP}/health    expected_status=503
    Should Contain    ${answer.json()}[reason]    an event for inventory.events.dlq is given up

An Event Is Committed After The Database
    ${product}=    New Product
    Hold Database    ${DATABASE}
    ${event}=    Publish Count Change    product_count_increased    ${product}    5
    Run Keyword And Expect Error    *shop*    Wait Until Event Is Consumed    ${event}    shop    timeout=1 s
    Let Database Go
    Wait Until Event Is Consumed    ${event}    shop
    Product Count Should Be    ${product}    5

A Shop That Can Not Go On Ends, And Its Next Start Takes The Event Again
    ${product}=    New Product
    Damage Database    ${DATABASE}
    ${event}=    Publish Count Change    product_count_increased    ${product}    5
    Wait Until Keyword Succeeds    10 s    0.1 s    Shop Should Be Gone
    Run Keyword And Expect Error
    ...    The shop ended with status 1.*no such table: handled_events*
    ...    Stop Shop
    ...    ${SHOP}
    Start Shop Again    ${SHOP}
    Wait Until Event Is Consumed    ${event}    shop
    Product Count Should Be    ${product}    5

A Shop That Was Stopped Has Published What It Has Done
    Expect Dead Letters    topic=inventory.events.dlq    reason=not JSON
    ${product}=    New Product
    FOR    ${_}    IN RANGE    50
        ${event}=    Publish Event    inventory.events    not JSON    key=${product}    format=text
        Expect Contract Violation    ${event}
    END
    Wait Until Event Is Consumed    ${event}    shop
    Stop Shop    ${SHOP}
    ${waiting}=    Get Number Of Waiting Events    ${DATABASE}
    Should Be Equal As Integers    ${waiting}    0


*** Keywords ***
Open A Shop With A Database
    VAR    ${DATABASE}    ${OUTPUT_DIR}${/}enduring-${{ uuid.uuid4().hex[:8] }}.sqlite    scope=SUITE
    @{where}=    Where The Shop Finds Kafka
    ${address}=    Start Shop    @{where}    --database    ${DATABASE}
    VAR    ${SHOP}    ${address}    scope=SUITE

Leave Nothing Behind
    Let Database Go
    Stop All Shops

Request Should Be Refused
    [Arguments]    ${path}    ${value}    ${reason}    ${status}=400
    VAR    &{headers}    Content-Type=application/json
    ${answer}=    PUT    ${SHOP}${path}    data=${value}    headers=${headers}    expected_status=${status}
    Should Contain    ${answer.json()}[error]    ${reason}

Shop Should Be Gone
    Run Keyword And Expect Error    *Connection*    GET    ${SHOP}/health    expected_status=any
