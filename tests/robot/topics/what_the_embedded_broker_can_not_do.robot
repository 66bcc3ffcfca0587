*** Settings ***
Documentation    What needs a real Kafka fails at once on the embedded broker, and says so.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients

Test Tags        embedded-only


*** Test Cases ***
Topics Can Not Be Managed There
    [Template]    Real Kafka Should Be Needed For
    Delete Topic    orders
    Delete Events    orders
    Get Topic Configuration    orders

Groups Can Not Be Described There
    [Template]    Real Kafka Should Be Needed For
    Wait Until Consumer Group Is Ready    shop    orders


*** Keywords ***
Real Kafka Should Be Needed For
    [Documentation]    At once: long before the event that others publish later.
    [Arguments]    ${keyword}    @{arguments}
    ${later}=    New Topic
    Another Client Publishes    ${later}    later    after=2 s
    Run Keyword And Expect Error    *embedded*real Kafka*    ${keyword}    @{arguments}
    ${raw}=    Another Client Reads    ${later}
    Should Be Empty    ${raw}
