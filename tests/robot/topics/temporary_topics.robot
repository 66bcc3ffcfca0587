*** Settings ***
Documentation    A temporary topic goes with the test or suite that created it.

Resource         resources/kafka.resource

Suite Setup      Create One For The Suite

Test Tags        real-kafka


*** Variables ***
${OF_THE_TEST_BEFORE}    ${EMPTY}


*** Test Cases ***
Each Has A Name Of Its Own
    ${one}=    Create Temporary Topic
    ${other}=    Create Temporary Topic
    Should Not Be Equal    ${one}    ${other}
    Should Start With    ${one}    test

Its Name Begins As Wanted And Tells When It Was Made
    ${before}=    Evaluate    int(time.time())
    ${topic}=    Create Temporary Topic    orders
    Should Start With    ${topic}    orders.
    ${numbers}=    Get Regexp Matches    ${topic}    \\d{9,11}
    Should Be True    ${before} <= ${numbers}[0] <= ${before} + 60

It Has What Was Asked For
    ${topic}=    Create Temporary Topic    orders    partitions=2    cleanup.policy=compact
    ${configuration}=    Get Topic Configuration    ${topic}
    Should Be Equal    ${configuration}[cleanup.policy]    compact
    Publish Event    ${topic}    x    key=k    partition=1

One Of This Test
    ${topic}=    Create Temporary Topic
    Topic Should Exist    ${topic}
    VAR    ${OF_THE_TEST_BEFORE}    ${topic}    scope=SUITE

Is Gone In The Next, And That Of The Suite Is Not
    ${topics}=    Topics Of Kafka
    List Should Not Contain Value    ${topics}    ${OF_THE_TEST_BEFORE}
    List Should Contain Value    ${topics}    ${OF_THE_SUITE}


*** Keywords ***
Create One For The Suite
    Meet Other Clients
    ${topic}=    Create Temporary Topic
    VAR    ${OF_THE_SUITE}    ${topic}    scope=SUITE
