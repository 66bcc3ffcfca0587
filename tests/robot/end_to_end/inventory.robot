*** Settings ***
Documentation    The count of a product changes by events, and by nothing else.

Resource         resources/shop.resource
Resource         resources/shop_page.resource


*** Test Cases ***
Increasing The Count Shows In The API And On The Page
    [Tags]    browser
    ${product}=    New Product
    ${cart}=    New Cart
    Open Shop Page    ${cart}    search=${product}
    Count On The Page Should Be    ${product}    0
    Increase Product Count    ${product}    5
    Product Count Should Be    ${product}    5
    Count On The Page Should Be    ${product}    5

Decreasing The Count Shows In The API
    ${product}=    New Product
    Increase Product Count    ${product}    5
    Decrease Product Count    ${product}    2
    Product Count Should Be    ${product}    3

A Duplicate Event Counts Once
    [Documentation]    Kafka delivers at least once, so the same event may come again.
    ${product}=    New Product
    ${event}=    Increase Product Count    ${product}    5
    Event Should Match Schema    ${event}    ${SCHEMAS}/inventory_event.json
    ${again}=    Publish Event    inventory.events    ${event.value}    key=${product}
    Wait Until Event Is Consumed    ${again}    shop
    Product Count Should Be    ${product}    5

Events Of One Product Arrive In Order
    [Documentation]    Were an increase swapped with its decrease, the count would go below zero, and the decrease to
    ...    the dead letters.
    ${product}=    New Product
    FOR    ${by}    IN RANGE    1    11
        Publish Count Change    product_count_increased    ${product}    ${by}
        ${last}=    Publish Count Change    product_count_decreased    ${product}    ${by}
    END
    Wait Until Event Is Consumed    ${last}    shop
    Product Count Should Be    ${product}    0
    ${events}=    Wait For Events    inventory.events    20    productId == ${product}
    Events Should Be In Order    ${events}
    ${by}=    Get Event Fields    ${events}    by
    Should Be Equal    ${by}    ${{ [n for n in range(1, 11) for _ in range(2)] }}
    No Event Should Arrive    inventory.events.dlq    key == ${product}    within=0.1 s

Low Stock Raises One Alert
    ${product}=    New Product    threshold=${3}
    Increase Product Count    ${product}    5
    Decrease Product Count    ${product}    3
    ${alert}=    Wait For Event    inventory.alerts    type == StockLow    productId == ${product}
    Event Should Match Schema    ${alert}    ${SCHEMAS}/inventory_alert.json
    Event Should Match    ${alert}    count == 2    threshold == 3    key == ${product}
    Decrease Product Count    ${product}    1
    Event Count Should Be    inventory.alerts    1    productId == ${product}    within=0.3 s

Stock That Was Filled Up Raises An Alert Anew
    ${product}=    New Product    threshold=${3}
    Increase Product Count    ${product}    3
    Decrease Product Count    ${product}    1
    Increase Product Count    ${product}    1
    Decrease Product Count    ${product}    2
    ${alerts}=    Wait For Events    inventory.alerts    2    productId == ${product}
    ${counts}=    Get Event Fields    ${alerts}    count
    Should Be Equal    ${counts}    ${{ [2, 1] }}

A Broken Event Goes To The Dead Letters And Stops Nothing
    [Setup]    Expect Dead Letters    topic=inventory.events.dlq
    [Template]    Event Should Go To The Dead Letters
    not JSON at all    not JSON
    {"type": "ProductCountIncreased", "productId": "T-0"}    'by' is missing
    {"type": "ProductCountIncreased", "productId": "T-0", "by": "5"}    not a whole number
    {"type": "ProductCountIncreased", "productId": "T-0", "by": 5}    no product 'T-0'
    {"type": "ProductPainted", "productId": "T-0", "by": 5}    unknown
    {"type": "ProductCountIncreased", "productId": "T-0", "by": ${{ 10 ** 20 }}}    not a whole number from 1
    {"type": "ProductCountIncreased", "productId": "\\ud800", "by": 5}    not a text
    ${{ '[' * 100_000 }}    nested too deeply

More Than There Is Can Not Be Taken Away
    ${product}=    New Product
    Increase Product Count    ${product}    2
    ${change}=    Decrease Product Count    ${product}    3
    Expect Dead Letters    ${change}    group=shop
    ${letter}=    Wait For Event    inventory.events.dlq    key == ${product}
    Event Should Match    ${letter}    headers.reason contains can't be taken away
    Product Count Should Be    ${product}    2


*** Keywords ***
Event Should Go To The Dead Letters
    [Arguments]    ${value}    ${reason}
    ${product}=    New Product
    ${broken}=    Publish Event    inventory.events    ${value}    key=${product}    format=text
    Expect Contract Violation    ${broken}
    # Of the same product, and so behind it in the same partition.
    Increase Product Count    ${product}    5
    Product Count Should Be    ${product}    5
    ${letter}=    Wait For Event    inventory.events.dlq    key == ${product}
    Event Should Match    ${letter}    headers.reason contains ${reason}
    Event Header Should Be    ${letter}    origin    inventory.events[${broken.partition}]@${broken.offset}
    Should Be Equal    ${letter.raw_value}    ${broken.raw_value}
