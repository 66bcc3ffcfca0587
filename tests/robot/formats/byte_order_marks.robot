*** Settings ***
Documentation    A byte order mark in front of JSON is passed over, and said. One of another encoding is a reason.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Variables ***
${MARKED}    ${{ b'\xef\xbb\xbf{"orderId": 42, "status": "NEW", "total": 0.10}' }}


*** Test Cases ***
A Value Behind A Mark Is JSON
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    ${MARKED}
    ${event}=    Wait For Event    ${topic}    orderId == 42    status == NEW    total == 0.1
    Should Be Equal    ${event.format}    json
    Should Be Equal    ${event.decoded().note}    after a byte order mark
    Should Be Equal    ${event.value.orderId}    ${42}
    Event Should Match Schema    ${event}    {"required": ["orderId"]}

A Negative Sees It
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    ${MARKED}
    FOR    ${condition}    IN    orderId == 42    status == NEW    orderId >= 40    status contains EW
        Run Keyword And Expect Error    *matched*    No Event Should Arrive    ${topic}    ${condition}    within=0.1 s
    END
    No Event Should Arrive    ${topic}    orderId == 7    within=0.1 s

A Declared Format Reads It Too
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    ${MARKED}
    FOR    ${format}    ${schema}    IN    json    ${None}    json-schema    {"type": "object"}
        Wait For Event    ${topic}    orderId == 42    format=${format}    schema=${schema}
    END

A Key Behind A Mark Has Fields
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 42}    key=${MARKED}
    Wait For Event    ${topic}    key.orderId == 42
    Run Keyword And Expect Error
    ...    *matched*
    ...    No Event Should Arrive
    ...    ${topic}
    ...    key.status == NEW
    ...    within=0.1 s
    Set Topic Format    ${topic}    key=json
    Wait For Event    ${topic}    key.orderId == 42

Another Encoding Is Named
    [Template]    Should Be Told As No JSON
    UTF-16    ${{ '{"orderId": 42}'.encode('utf-16') }}
    UTF-16    ${{ '\ufeff{"orderId": 42}'.encode('utf-16-be') }}
    UTF-32    ${{ '{"orderId": 42}'.encode('utf-32') }}
    UTF-32    ${{ '\ufeff{"orderId": 42}'.encode('utf-32-be') }}


*** Keywords ***
Should Be Told As No JSON
    [Documentation]    No wait is stopped by it, and nothing is proven.
    [Arguments]    ${encoding}    ${bytes}
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${bytes}    format=bytes
    Run Keyword And Expect Error    *not JSON: it begins with the byte order mark of ${encoding}, and JSON is in UTF-8*
    ...    No Event Should Arrive    ${topic}    orderId == 42    within=0.1 s
