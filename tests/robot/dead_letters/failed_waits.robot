*** Settings ***
Documentation    A wait that fails since the event died says so, where the dead letter is on a watched topic.

Resource         resources/dead_letters.resource


*** Test Cases ***
A Failed Wait Tells Of The Death Of The Event That Was Published
    ${orders}    ${letters}    ${invoices}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 42}    key=42
    Bury    ${order}    ${letters}
    ${said}=    Run Keyword And Expect Error    *    Wait For Event    ${invoices}    invoiceOf == 42    timeout=0.5 s
    VAR    ${place}    ${{ $order.place.replace('[', '[[]') }}
    Should Match    ${said}    *\n${place} was dead-lettered by billing*: IllegalStateException: no such currency.*
    Should Contain    ${said}    See ${letters}\[

It Leads To The Event That Began It
    ${orders}    ${letters}    ${invoices}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 42}    key=42
    ${letter}=    Bury    ${order}    ${letters}
    ${again}=    Bury    ${letter}    ${letters}
    Should Be Equal    ${again.dead_letter.origin.place}    ${order.place}
    ${said}=    Run Keyword And Expect Error    *    Wait For Event    ${invoices}    timeout=0.5 s
    Should Contain X Times    ${said}    ${order.place} was dead-lettered    2

The Death Of An Event Of A Test Before Is Not Told
    ${orders}    ${letters}    ${invoices}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 42}    key=42
    Bury    ${order}    ${letters}
    Watch Topics    ${orders}
    ${said}=    Run Keyword And Expect Error    *    Wait For Event    ${invoices}    timeout=0.5 s
    Should Not Contain    ${said}    dead-lettered

A Letter Tells Where It Came From
    ${orders}    ${letters}    ${_}=    New Watched Topics
    ${order}=    Publish Event    ${orders}    {"orderId": 42}    key=42
    ${letter}=    Bury    ${order}    ${letters}
    Should Be Equal    ${letter.dead_letter.place}    ${order.place}
    Should Be Equal    ${letter.dead_letter.group}    billing
    Should Be Equal    ${letter.dead_letter.error}    java.lang.IllegalStateException
    Should Be Equal    ${letter.dead_letter.message}    no such currency
    Should Be Equal    ${order.dead_letter}    ${None}
