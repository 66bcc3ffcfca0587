*** Settings ***
Documentation    A topic's schema is enough to make events at its limits, and broken ones, with and without a registry:
...              each is published, and read or not as it is said to be.

Library          Collections
Resource         resources/kafka.resource

Test Teardown    Switch Kafka Connection    default
Test Template    Events Of A Schema Should Be Made


*** Variables ***
${SCHEMAS}        ${CURDIR}/schemas
@{OF_JSON}        unknown enum $.status    wrong type $.items[0].sku    unknown field $.noSuchField    cut
@{OF_AVRO}        unknown enum $.status    wrong encoding $.note    above maximum $.orderId    cut
@{OF_PROTOBUF}
...               unknown enum $.status
...               wrong encoding $.note
...               above maximum $.orderId
...               wrong wire type $.total
...               cut
@{OF_A_FRAME}     wrong schema id
@{OF_AN_INDEX}    wrong schema id    wrong message index


*** Test Cases ***    FORMAT    SCHEMA    BROKEN
JSON Schema By A File
    json-schema    order.json    ${OF_JSON}
Avro By A File
    avro    order.avsc    ${OF_AVRO}
Protobuf By A File
    protobuf    order.proto    ${OF_PROTOBUF}
JSON Schema By A Registry
    [Tags]    real-kafka    schema-registry
    json-schema    order.json    ${OF_JSON}    ${OF_A_FRAME}
Avro By A Registry
    [Tags]    real-kafka    schema-registry
    avro    order.avsc    ${OF_AVRO}    ${OF_A_FRAME}
Protobuf By A Registry
    [Tags]    real-kafka    schema-registry
    protobuf    order.proto    ${OF_PROTOBUF}    ${OF_AN_INDEX}


*** Keywords ***
Events Of A Schema Should Be Made
    [Arguments]    ${format}    ${schema}    ${broken}    ${of_frame}=${None}
    ${topic}=    Topic With A Schema    ${format}    ${schema}    ${of_frame}
    ${events}=    Get Broken Events    ${topic}
    FOR    ${name}    IN    @{broken}    @{{ $of_frame or [] }}
        List Should Contain Value    ${{ [str(one) for one in $events] }}    ${name}
    END
    FOR    ${one}    IN    @{events}
        ${event}=    Publish Broken Event    ${topic}    ${one}
        Run Keyword And Expect Error    *    Event Should Match Schema    ${event}    ${SCHEMAS}/${schema}
    END
    ${events}=    Get Valid Events    ${topic}
    FOR    ${one}    IN    @{events}
        ${event}=    Publish Example    ${one}
        Event Should Match Schema    ${event}    ${SCHEMAS}/${schema}
    END

Topic With A Schema
    [Documentation]    Of a file, or of a registry where its values are in a frame.
    [Arguments]    ${format}    ${schema}    ${of_frame}
    IF    $of_frame is None
        ${topic}=    New Topic
        Set Topic Format    ${topic}    value=${format}    schema=${SCHEMAS}/${schema}
    ELSE
        Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    timeout=5 s    schema_registry=${SCHEMA_REGISTRY}
        ${topic}=    New Topic
        Register Schema    ${topic}-value    ${SCHEMAS}/${schema}
        Set Topic Format    ${topic}    value=${format}
    END
    RETURN    ${topic}
