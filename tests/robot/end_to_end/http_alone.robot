*** Settings ***
Documentation    Everything that can be done and seen over HTTP alone, and nobody looks at an event: none of the shop's
...              known bugs is found this way.

Resource         resources/shop.resource


*** Test Cases ***
A Product Can Be Looked At
    ${product}=    New Product
    Product Count Should Be    ${product}    0

A Product Is Found By Its Name
    ${product}=    New Product    name=Kettle of ${TEST_NAME}
    VAR    &{search}    search=kettle of ${TEST_NAME}
    ${answer}=    GET    ${SHOP}/products    params=${search}
    Should Be Equal    ${{ [found['id'] for found in $answer.json()] }}    ${{ [$product] }}

A Product That Nobody Knows
    GET    ${SHOP}/products/nothing-like-it    expected_status=404

What Was Put In A Cart Is There
    ${product}=    New Product    price=${1250}
    ${cart}=    New Cart
    ${answer}=    Add To Cart    ${cart}    ${product}    quantity=3
    Should Be Equal As Integers    ${answer}[items][0][quantity]    3
    Should Be Equal As Integers    ${answer}[total]    3750
    ${answer}=    GET    ${SHOP}/carts/${cart}
    Should Be Equal As Integers    ${answer.json()}[total]    3750

What Was Taken Out Of A Cart Is Gone
    ${product}=    New Product
    ${cart}=    New Cart
    Add To Cart    ${cart}    ${product}
    ${answer}=    DELETE    ${SHOP}/carts/${cart}/items/${product}
    Should Be Empty    ${answer.json()}[items]
    DELETE    ${SHOP}/carts/${cart}/items/${product}    expected_status=404

Who Enrolls Is Welcomed
    ${enrollment}=    Enroll    Ada
    Wait Until Keyword Succeeds    5 s    50 ms    Enrollment Should Have A Welcome    ${enrollment}

A Payment Within The Limit Is Approved
    ${payment}=    Request Payment    100000
    Wait Until Keyword Succeeds    5 s    50 ms    Payment Should Be    ${payment}    approved

A Payment Over The Limit Is Rejected
    ${payment}=    Request Payment    100001
    Wait Until Keyword Succeeds    5 s    50 ms    Payment Should Be    ${payment}    rejected


*** Keywords ***
Enrollment Should Have A Welcome
    [Arguments]    ${enrollment}
    ${answer}=    GET    ${SHOP}/enrollments/${enrollment}
    Should Not Be Equal    ${answer.json()}[welcome]    ${None}
