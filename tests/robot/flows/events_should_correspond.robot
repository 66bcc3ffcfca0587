*** Settings ***
Documentation    Each event on one topic has exactly one on another: nothing is lost on the way, and nothing doubled.

Resource         resources/kafka.resource


*** Test Cases ***
Each Order Has Its Invoice
    ${orders}    ${invoices}=    Two Watched Topics
    Publish Orders    ${orders}    1    2    3
    Publish Orders    ${invoices}    3    1    2
    Events Should Correspond    ${orders}    ${invoices}    by=$.orderId

What Is Lost Is Named
    ${orders}    ${invoices}=    Two Watched Topics
    ${lost}=    Publish Orders    ${orders}    1    2
    Publish Orders    ${invoices}    1
    Run Keyword And Expect Error
    ...    *1 missing on '${invoices}':\n*2: ${lost.topic}?${lost.partition}?@${lost.offset}\n*
    ...    Events Should Correspond    ${orders}    ${invoices}    by=$.orderId    timeout=0.3 s

What Is Doubled Is Named Though It Could Still Wait
    ${orders}    ${invoices}=    Two Watched Topics
    Publish Orders    ${orders}    1    2
    Publish Orders    ${invoices}    1    1
    Run Keyword And Expect Error    *1 missing on '${invoices}':*1 duplicated on '${invoices}':*
    ...    Events Should Correspond    ${orders}    ${invoices}    by=$.orderId    timeout=1 minute

What Belongs To None Is Named
    ${orders}    ${invoices}=    Two Watched Topics
    Publish Orders    ${orders}    1
    Publish Orders    ${invoices}    1    7
    Run Keyword And Expect Error    *1 stray on '${invoices}', with none on '${orders}':\n*7: ${invoices}*
    ...    Events Should Correspond    ${orders}    ${invoices}    by=$.orderId

What Was There Before The Test Is Not Of It
    ${orders}    ${invoices}=    Two Watched Topics
    Publish Orders    ${orders}    1
    ${mark}=    Watch Topics    ${orders}    ${invoices}
    Publish Orders    ${orders}    2
    Publish Orders    ${invoices}    2
    Events Should Correspond    ${orders}    ${invoices}    by=$.orderId    since=${mark}

Without Events Nothing Is Proven
    ${orders}    ${invoices}=    Two Watched Topics
    Run Keyword And Expect Error    *a check of nothing would prove nothing*
    ...    Events Should Correspond    ${orders}    ${invoices}    by=key    timeout=0.2 s

Very Many Correspond
    ${orders}    ${invoices}=    Two Watched Topics
    VAR    @{numbers}    @{{ range(20_000) }}
    Publish Orders    ${orders}    @{numbers}
    Publish Orders    ${invoices}    @{numbers}
    Events Should Correspond    ${orders}    ${invoices}    by=$.orderId    timeout=30 s


*** Keywords ***
Two Watched Topics
    ${orders}=    New Topic    orders
    ${invoices}=    New Topic    invoices
    Publish Event    ${orders}    {"orderId": "before"}
    Publish Event    ${invoices}    {"orderId": "before"}
    Watch Topics    ${orders}    ${invoices}
    RETURN    ${orders}    ${invoices}

Publish Orders
    [Documentation]    Gives the last of them.
    [Arguments]    ${topic}    @{numbers}
    VAR    @{values}    @{{ [{'orderId': number} for number in $numbers] }}
    ${events}=    Publish Events    ${topic}    ${values}
    RETURN    ${events}[-1]
