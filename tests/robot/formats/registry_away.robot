*** Settings ***
Documentation     A schema registry that can't be used is named at once, with the reason, and costs no test its time.

Library           tests.robot.libraries.Registries
Resource          resources/kafka.resource

Suite Setup       Meet Other Clients
Suite Teardown    Leave Nothing Open
Test Teardown     Switch Kafka Connection    default


*** Variables ***
${SCHEMAS}    ${CURDIR}/schemas
${FRAMED}     ${{ b"\0\0\0\0\x07\x54" }}


*** Test Cases ***
Publishing Fails At Once
    ${topic}    ${url}=    Connect With A Registry That Is Away
    Set Topic Format    ${topic}    value=avro
    ${message}=    Should Fail Quickly    Publish Event    ${topic}    {"orderId": 42}
    Should Start With    ${message}    The schema registry at ${url} can't be used: nothing listens there
    ${message}=    Should Fail Quickly    Publish Event    ${topic}    {"orderId": 42}    schema=7
    Should Start With    ${message}    The schema registry at ${url} can't be used: nothing listens there

A Wait That Needs It Says So
    ${topic}    ${url}=    Connect With A Registry That Is Away
    Another Client Publishes    ${topic}    ${FRAMED}
    ${message}=    Should Fail Quickly    Wait For Event    ${topic}    ${{ {"orderId": 42} }}    timeout=20 s
    Should Contain    ${message}    The schema registry at ${url} can't be used: nothing listens there
    ${message}=    Should Fail Quickly    No Event Should Arrive    ${topic}    ${{ {"orderId": 42} }}    within=0.2 s
    Should Contain    ${message}    The schema registry at ${url} can't be used: nothing listens there

A Wait That Does Not Need It Does Not Ask It
    ${topic}    ${_}=    Connect With A Registry That Is Away
    Another Client Publishes    ${topic}    ${FRAMED}    key=k-7
    Wait For Event    ${topic}    key == k-7
    No Event Should Arrive    ${topic}    key == k-8    within=0 s
    Publish Event    ${topic}    {"orderId": 43}    format=json
    ${other}=    New Watched Topic
    Publish Event    ${other}    {"orderId": 43}
    Wait For Event    ${other}    orderId == 43

A Registry That Does Not Answer
    ${topic}=    New Watched Topic
    ${nowhere}=    Get Silent Address
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=silent    schema_registry=http://${nowhere}
    ...    schema_registry_timeout=0.3
    Set Topic Format    ${topic}    value=avro
    ${message}=    Should Fail Quickly    Publish Event    ${topic}    {"orderId": 42}
    Should Contain    ${message}    did not answer within 0.3 seconds

A Wrong Login
    ${url}=    Start Registry With A Login    ada:right
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=wrong    schema_registry=${url.replace('//', '//ada:wr0ng@')}
    ${message}=    Should Fail Quickly    Get Schema    orders-value
    Should Start With    ${message}    The schema registry at ${url} can't be used: it does not accept the login (401
    Should Not Contain    ${message}    wr0ng
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=right    schema_registry=${url}
    ...    schema_registry_basic_auth_user_info=ada:right
    ${message}=    Should Fail Quickly    Get Schema    orders-value
    Should Contain    ${message}    has no subject 'orders-value'

A Server That Is No Registry
    ${url}=    Start Server That Is No Registry
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=other    schema_registry=${url}
    ${message}=    Should Fail Quickly    Get Schema    orders-value
    Should Contain    ${message}    not as a schema registry does
    ${message}=    Should Fail Quickly    Register Schema    orders-value    ${SCHEMAS}/order.avsc
    Should Contain    ${message}    not as a schema registry does


*** Keywords ***
Connect With A Registry That Is Away
    ${nowhere}=    Get Closed Address
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=away    schema_registry=http://${nowhere}
    ${topic}=    New Watched Topic
    IF    $BOOTSTRAP_SERVERS == "embedded"    Meet Other Clients
    RETURN    ${topic}    http://${nowhere}

Should Fail Quickly
    [Documentation]    With a message, which is given.
    [Arguments]    ${name}    @{arguments}    &{named}
    ${began}=    Evaluate    time.monotonic()
    ${message}=    Run Keyword And Expect Error    *    ${name}    @{arguments}    &{named}
    ${seconds}=    Evaluate    time.monotonic() - $began
    Should Be True    $seconds < 3    It took ${seconds} seconds.
    RETURN    ${message}

Leave Nothing Open
    FOR    ${alias}    IN    away    silent    wrong    right    other
        Run Keyword And Ignore Error    Disconnect From Kafka    ${alias}
    END
