*** Settings ***
Documentation    The same steps, and nobody looks at an event: none of the shop's known bugs is found this way.

Resource         resources/shop.resource


*** Test Cases ***
A Product Can Be Looked At
    ${product}=    New Product
    Product Count Should Be    ${product}    0

What Was Put In A Cart Is There
    ${product}=    New Product    price=${1250}
    ${cart}=    New Cart
    ${answer}=    Add To Cart    ${cart}    ${product}    quantity=3
    Should Be Equal As Integers    ${answer}[items][0][quantity]    3
    Should Be Equal As Integers    ${answer}[total]    3750

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
