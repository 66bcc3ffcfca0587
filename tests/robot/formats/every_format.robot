*** Settings ***
Documentation    The tests of in_every_format run unchanged by each kind of schema: only the declaration differs.

Library          tests.robot.libraries.Runs

Test Template    Orders Should Be Tested The Same


*** Variables ***
${SCHEMAS}    ${CURDIR}/schemas


*** Test Cases ***    FORMAT    SCHEMA    REGISTRY
Avro By A File
    avro    order.avsc    ${EMPTY}
Protobuf By A File
    protobuf    order.proto    ${EMPTY}
JSON Schema By A File
    json-schema    order.json    ${EMPTY}
JSON Beside A Registry
    [Tags]    real-kafka    schema-registry
    json    ${EMPTY}    ${SCHEMA_REGISTRY}
Avro By A Registry
    [Tags]    real-kafka    schema-registry
    avro    order.avsc    ${SCHEMA_REGISTRY}
Protobuf By A Registry
    [Tags]    real-kafka    schema-registry
    protobuf    order.proto    ${SCHEMA_REGISTRY}
JSON Schema By A Registry
    [Tags]    real-kafka    schema-registry
    json-schema    order.json    ${SCHEMA_REGISTRY}


*** Keywords ***
Orders Should Be Tested The Same
    [Arguments]    ${format}    ${schema}    ${registry}
    Run Folder    formats/in_every_format    --variable    FORMAT:${format}
    ...    --variable    SCHEMA:${SCHEMAS}/${schema}    --variable    REGISTRY_OF_RUN:${registry}
    All Tests Should Have Passed
