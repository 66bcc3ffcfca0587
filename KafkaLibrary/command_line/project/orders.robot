*** Settings ***
Documentation    An order is placed, and what your system makes of it is checked.

Resource         ../resources/kafka.resource


*** Test Cases ***
An Order Is Confirmed
    ${id}=    Place Order    total=${99.5}
    The Service Confirms    ${id}
    ${event}=    Wait For Event    orders    type == OrderConfirmed    orderId == ${id}    timeout=5 s
    Event Field Should Be    ${event}    total    99.5

An Order Is Confirmed Once
    ${id}=    Place Order
    The Service Confirms    ${id}
    Event Count Should Be    orders    1    type == OrderConfirmed    orderId == ${id}

An Order Of Nothing Is Not Confirmed
    ${id}=    Place Order    total=${0}
    No Event Should Arrive    orders    type == OrderConfirmed    orderId == ${id}    within=0.5 s


*** Keywords ***
The Service Confirms
    [Documentation]    Stands for your system: take this keyword out as soon as your own service confirms orders.
    [Arguments]    ${id}
    ${placed}=    Wait For Event    orders    type == OrderPlaced    orderId == ${id}
    VAR    &{order}    type=OrderConfirmed    orderId=${id}    total=${placed.value.total}
    Publish Event    orders    ${order}    key=${id}
