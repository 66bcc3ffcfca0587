*** Settings ***
Documentation     Two clusters in one test: alias= uses another connection for one call.

Resource          resources/kafka.resource

Suite Setup       Have Another Cluster
Suite Teardown    Disconnect From Kafka    payments


*** Test Cases ***
An Event Is On The Cluster That It Was Published To
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"id": 7}    alias=payments
    Wait For Event    ${topic}    id == 7    alias=payments
    No Event Should Arrive    ${topic}    id == 7    within=0 s    missing_ok=True
    ${events}=    Get Events    ${topic}    alias=payments
    Should Be Equal    ${events[0].place}    ${event.place}

The Current Connection Stays What It Is
    Get Topics    alias=payments
    ${before}=    Switch Kafka Connection    default
    Should Be Equal    ${before}    default

It Stays So When The Keyword Fails
    ${topic}=    New Topic
    Run Keyword And Expect Error    *does not exist*    Wait For Event    ${topic}    timeout=0 s    alias=payments
    ${before}=    Switch Kafka Connection    default
    Should Be Equal    ${before}    default

Each Has Marks Of Its Own
    ${topic}=    New Topic
    Publish Event    ${topic}    {"id": 1}    alias=payments
    Watch Topics    ${topic}    alias=payments
    Publish Event    ${topic}    {"id": 2}    alias=payments
    ${event}=    Wait For Event    ${topic}    alias=payments
    Should Be Equal    ${event.value.id}    ${2}

Each Has Formats Of Its Own
    ${topic}=    New Topic
    Set Topic Format    ${topic}    value=long    alias=payments
    ${event}=    Publish Event    ${topic}    ${7}    alias=payments
    Should Be Equal    ${event.raw_value}    ${{ bytes([0, 0, 0, 0, 0, 0, 0, 7]) }}
    ${event}=    Publish Event    ${topic}    ${7}
    Should Be Equal    ${event.raw_value}    ${{ b'7' }}

An Alias That Is Misspelt
    Run Keyword And Expect Error    There is no connection 'payment'. Did you mean 'payments'?*
    ...    Wait For Event    orders    alias=payment

An Alias In A Negative That Is Misspelt
    Run Keyword And Expect Error    There is no connection 'payment'. Did you mean 'payments'?*
    ...    No Event Should Arrive    orders    within=0 s    missing_ok=True    alias=payment


*** Keywords ***
Have Another Cluster
    Connect To Kafka    embedded    alias=payments
    Switch Kafka Connection    default
