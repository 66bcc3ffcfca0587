*** Settings ***
Documentation    A payment is requested over HTTP, and decided by a fraud check that listens to events.

Resource         resources/shop.resource
Resource         resources/shop_page.resource


*** Variables ***
@{DECISIONS}    payments.approved    payments.rejected


*** Test Cases ***
A Payment Within The Limit Is Approved
    ${payment}=    Request Payment    100000
    ${requested}=    Wait For Event    payments.requested    paymentId == ${payment}
    Event Should Match Schema    ${requested}    ${SCHEMAS}/payment_event.json
    Event Field Should Be    ${requested}    $.amount    100000
    ${decision}=    Wait For Event    ${DECISIONS}    paymentId == ${payment}
    Should Be Equal    ${decision.topic}    payments.approved
    Event Should Match Schema    ${decision}    ${SCHEMAS}/payment_event.json
    Payment Should Be    ${payment}    approved

A Payment Over The Limit Is Rejected And Never Approved
    ${payment}=    Request Payment    100001
    ${decision}=    Wait For Event    payments.rejected    paymentId == ${payment}
    Event Should Match Schema    ${decision}    ${SCHEMAS}/payment_event.json
    Event Should Match    ${decision}    reason contains above the limit
    No Event Should Arrive    payments.approved    paymentId == ${payment}    within=0.3 s
    Payment Should Be    ${payment}    rejected

A Payment Is Decided Once
    ${payment}=    Request Payment    500
    ${requested}=    Wait For Event    payments.requested    paymentId == ${payment}
    ${again}=    Publish Event    payments.requested    ${requested.value}    key=${payment}
    Wait Until Event Is Consumed    ${again}    shop-fraud-check
    Wait For Event    ${DECISIONS}    paymentId == ${payment}
    Event Count Should Be    ${DECISIONS}    1    paymentId == ${payment}    within=0.3 s

An Approved Payment Has An Invoice
    ${payment}=    Request Payment    1999    CHF
    ${invoice}=    Wait For Event    invoices.issued    paymentId == ${payment}
    Event Should Match Schema    ${invoice}    ${SCHEMAS}/invoice_event.json
    Event Should Match    ${invoice}    amount == 1999    currency == CHF

A Payment In An Unknown Currency Has None, And Its Event Is Put Aside
    ${payment}=    Request Payment    1999    XXX
    ${approved}=    Wait For Event    payments.approved    paymentId == ${payment}
    ${letter}=    Event Should Be Dead-Lettered
    ...    ${approved}    group=shop-invoices    reason=no such currency: XXX
    Should Be Equal    ${letter.raw_value}    ${approved.raw_value}
    No Event Should Arrive    invoices.issued    paymentId == ${payment}    within=0.1 s

Paying On The Page
    [Tags]    browser
    ${product}=    New Product    name=Gilded anvil    price=${250000}
    ${cart}=    New Cart
    Open Shop Page    ${cart}    search=${product}
    Click    [data-id="${product}"] >> text=Add to cart
    Click    id=pay
    ${requested}=    Wait For Event    payments.requested    cartId == ${cart}
    ${payment}=    Get Event Field    ${requested}    $.paymentId
    Wait For Event    payments.rejected    paymentId == ${payment}
    Get Text    id=payment    contains    rejected
