*** Settings ***
Documentation    Every event that the shop's contract forbids is sent to it, and the shop goes on.

Resource         resources/shop.resource


*** Test Cases ***
The Shop Survives Whatever Its Contract Forbids
    [Setup]    Expect Dead Letters    topic=inventory.events.dlq
    ${product}=    New Product
    ${broken}=    Get Broken Events    ProductCountIncreased
    FOR    ${one}    IN    @{broken}
        Publish Broken Event    inventory.events    ${one}
    END
    Consumer Should Survive    shop    inventory.events
    ...    {"type": "ProductCountIncreased", "productId": "${product}", "by": 5}    key=${product}
    Product Count Should Be    ${product}    5

A Count That Is Not Right Goes To The Dead Letters
    [Setup]    Expect Dead Letters    topic=inventory.events.dlq
    ${broken}=    Get Broken Events    ProductCountIncreased    field=$.by
    Length Should Be    ${broken}    5
    FOR    ${one}    IN    @{broken}
        ${event}=    Publish Broken Event    inventory.events    ${one}
        Event Should Be Dead-Lettered    ${event}    reason='by'
    END

The Least That Can Come Is Counted
    ${product}=    New Product
    ${valid}=    Get Valid Events    ProductCountIncreased    field=$.by    kind=at minimum
    VAR    ${value}    ${valid[0].value}
    Set To Dictionary    ${value}    productId=${product}    eventId=${{ str(uuid.uuid4()) }}
    ${event}=    Publish Event    inventory.events    ${value}    key=${product}
    Wait Until Event Is Consumed    ${event}    shop
    Product Count Should Be    ${product}    1
