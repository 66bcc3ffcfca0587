*** Settings ***
Documentation    What is put in a cart is published.

Resource         resources/shop.resource
Resource         resources/shop_page.resource


*** Test Cases ***
Adding Over HTTP Publishes An Event
    ${product}=    New Product    price=${1250}
    ${cart}=    New Cart
    Add To Cart    ${cart}    ${product}    quantity=3
    ${event}=    Wait For Event    cart.events    type == ItemAdded    cartId == ${cart}    quantity == 3
    Event Should Match Schema    ${event}    ${SCHEMAS}/cart_event.json
    Event Key Should Be    ${event}    ${cart}
    Event Field Should Be    ${event}    $.productId    ${product}
    Event Field Should Be    ${event}    $.price    1250

Adding On The Page Publishes An Event
    [Tags]    browser
    ${product}=    New Product    name=Copper ladle
    ${cart}=    New Cart
    Open Shop Page    ${cart}    search=${product}
    Click    [data-id="${product}"] >> text=Add to cart
    ${event}=    Wait For Event    cart.events    type == ItemAdded    cartId == ${cart}
    Event Field Should Be    ${event}    $.productId    ${product}
    Event Field Should Be    ${event}    $.quantity    1
    Get Text    id=cart    contains    Copper ladle

What Happens To A Cart Is Published In Its Order
    ${product}=    New Product
    ${cart}=    New Cart
    Add To Cart    ${cart}    ${product}    quantity=2
    Add To Cart    ${cart}    ${product}
    DELETE    ${SHOP}/carts/${cart}/items/${product}
    ${events}=    Wait For Events    cart.events    3    cartId == ${cart}
    ${types}=    Get Event Fields    ${events}    type
    Should Be Equal    ${types}    ${{ ['ItemAdded', 'ItemAdded', 'ItemRemoved'] }}
    Events Should Be In Order    ${events}
    Events Should Be Unique    ${events}    $.eventId

What Is Refused Is Not Published
    ${cart}=    New Cart
    VAR    &{item}    productId=nothing like it    quantity=${1}
    POST    ${SHOP}/carts/${cart}/items    json=${item}    expected_status=404
    No Event Should Arrive    cart.events    cartId == ${cart}    within=0.3 s
