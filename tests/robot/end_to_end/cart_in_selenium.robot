*** Settings ***
Documentation    The cart's page once more, by SeleniumLibrary.

Library          SeleniumLibrary    timeout=5 s
Resource         resources/chromium.resource
Resource         resources/shop.resource

Suite Setup      Chromium And Its Driver Should Be There

Test Tags        browser


*** Test Cases ***
Adding On The Page Publishes An Event
    ${product}=    New Product    name=Copper ladle
    ${cart}=    New Cart
    Open Browser    ${SHOP}/?cart=${cart}&search=${product}    headlesschrome
    ...    options=${SELENIUM_OPTIONS}
    ...    service=${SELENIUM_SERVICE}
    Wait Until Element Is Visible    css:[data-id="${product}"] .add
    Click Button    css:[data-id="${product}"] .add
    ${event}=    Wait For Event    cart.events    type == ItemAdded    cartId == ${cart}
    Event Field Should Be    ${event}    $.productId    ${product}
    Wait Until Element Contains    id:cart    Copper ladle
    [Teardown]    Close All Browsers
