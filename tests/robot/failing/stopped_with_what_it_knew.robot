*** Settings ***
Documentation    A wait that Robot stops when it has read an event, whatever time that takes on this machine.

Resource         resources/kafka.resource


*** Test Cases ***
A Wait That Has Read An Event
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 41}    key=k-41
    Wait For Event    ${topic}    orderId == 41
    Wait At Most A Second    ${topic}


*** Keywords ***
Wait At Most A Second
    [Arguments]    ${topic}
    [Timeout]    1 s
    Wait For Event    ${topic}    orderId == 42    timeout=60 s
