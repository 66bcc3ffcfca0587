*** Settings ***
Documentation    Load Event Template reads a value and sets fields in it.

Resource         resources/kafka.resource


*** Variables ***
${ORDER}    ${CURDIR}/../../../resources/events/order.json


*** Test Cases ***
Without Fields It Is What Stands In The File
    ${order}=    Load Event Template    ${ORDER}
    Should Be Equal    ${order}[orderId]    ${42}
    Should Be Equal    ${order}[items][1][sku]    P-8
    Should Be Equal    ${order}[note]    ${None}

Text Takes The Type That The Field Has
    ${order}=    Load Event Template    ${ORDER}    orderId=43    total=1.5    express=true    status=42
    Should Be Equal    ${order}[orderId]    ${43}
    Should Be Equal    ${order}[total]    ${1.5}
    Should Be Equal    ${order}[express]    ${True}
    Should Be Equal    ${order}[status]    ${{ '42' }}

A Field Is Reached By Its Path
    ${order}=    Load Event Template    ${ORDER}    customer.name=Grace    items[0].sku=P-9    $.items[1].quantity=5
    Should Be Equal    ${order}[customer][name]    Grace
    Should Be Equal    ${order}[customer][id]    c-7
    Should Be Equal    ${order}[items][0][sku]    P-9
    Should Be Equal    ${order}[items][1][quantity]    ${5}

A Variable Is Put In As It Is
    ${order}=    Load Event Template    ${ORDER}    status=${5}    orderId=${None}    items=${{ [] }}
    Should Be Equal    ${order}[status]    ${5}
    Should Be Equal    ${order}[orderId]    ${None}
    Should Be Equal    ${order}[items]    ${{ [] }}

Each Call Gives A Value Of Its Own
    ${one}=    Load Event Template    ${ORDER}    orderId=1
    ${other}=    Load Event Template    ${ORDER}
    Should Be Equal    ${one}[orderId]    ${1}
    Should Be Equal    ${other}[orderId]    ${42}

It Can Be Published
    ${topic}=    New Watched Topic
    ${order}=    Load Event Template    ../../../resources/events/order.json    orderId=77
    Publish Event    ${topic}    ${order}    key=77
    Wait For Event    ${topic}    orderId == 77    customer.name == Ada    items[1].quantity == 2

A Field That The Template Does Not Have Is Refused With The Nearest
    Run Keyword And Expect Error    *custmer*customer*    Load Event Template    ${ORDER}    custmer.name=Grace
    Run Keyword And Expect Error    *order_id*orderId*    Load Event Template    ${ORDER}    order_id=43
    Run Keyword And Expect Error    *items*    Load Event Template    ${ORDER}    items[7].sku=P-9

Text That Does Not Fit The Type Is Refused
    Run Keyword And Expect Error    *orderId*many*    Load Event Template    ${ORDER}    orderId=many
    Run Keyword And Expect Error    *express*perhaps*    Load Event Template    ${ORDER}    express=perhaps

A File That Is Not There Or Is Not JSON Is Refused
    Run Keyword And Expect Error    *no_such_file.json*    Load Event Template    no_such_file.json
    Run Keyword And Expect Error    *templates.robot*    Load Event Template    ${SUITE_SOURCE}
