*** Settings ***
Documentation     A shop, tested from outside: by events and over HTTP. The shop is the one in examples/shop, the broker
...               the embedded one, so nothing has to be installed or started. With a real Kafka only its address
...               changes: robot --variable BOOTSTRAP_SERVERS:localhost:9092 examples/quickstart.robot

Resource          ../resources/shop.resource

Suite Setup       Open The Shop
Suite Teardown    Stop All Shops


*** Test Cases ***
Increasing The Product Count Shows In The Shop
    ${event}=    Publish Event    inventory.events
    ...    {"type": "ProductCountIncreased", "productId": "P-7", "by": 5}    key=P-7
    Wait Until Event Is Consumed    ${event}    shop
    ${answer}=    GET    ${SHOP}/products/P-7
    Should Be Equal As Integers    ${answer.json()}[count]    5

Adding To The Cart Publishes An Event
    VAR    ${cart}    c-${{ uuid.uuid4().hex[:10] }}
    VAR    &{item}    productId=P-7    quantity=${2}
    POST    ${SHOP}/carts/${cart}/items    json=${item}
    ${event}=    Wait For Event    cart.events    type == ItemAdded    cartId == ${cart}    quantity >= 2
    Event Field Should Be    ${event}    $.productId    P-7
    Event Key Should Be    ${event}    ${cart}

A Failed Wait Says What Came Instead
    [Documentation]    Open log.html at this test: the wait tells what was read and how it differed.
    VAR    ${cart}    c-${{ uuid.uuid4().hex[:10] }}
    VAR    &{item}    productId=P-7    quantity=${2}
    POST    ${SHOP}/carts/${cart}/items    json=${item}
    Run Keyword And Expect Error    No event on 'cart.events' matched*$.quantity was 2*
    ...    Wait For Event    cart.events    cartId == ${cart}    quantity == 3    timeout=0.5 s
