*** Settings ***
Documentation     Schemas are registered, read and compared in a schema registry.

Resource          resources/kafka.resource

Suite Setup       Connect With A Registry
Suite Teardown    Disconnect From Kafka    registry
Test Setup        Choose A Subject

Test Tags         real-kafka    schema-registry


*** Variables ***
${SCHEMAS}     ${CURDIR}/../../../resources/schemas
${AUDIT}       {"type": "record", "name": "Audit", "fields": [{"name": "id", "type": "long"}]}
${CUSTOMER}    {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}


*** Test Cases ***
A Schema Is Registered From A File
    ${id}=    Register Schema    ${SUBJECT}    ${SCHEMAS}/order_placed.avsc
    ${schema}=    Get Schema    ${SUBJECT}
    Should Be Equal    ${schema.id}    ${id}
    Should Be Equal    ${schema.subject}    ${SUBJECT}
    Should Be Equal As Integers    ${schema.version}    1
    Should Be Equal    ${schema.type}    avro
    Should Contain    ${schema.schema}    OrderPlaced

The Suffix Of A File Tells Its Type
    Register Schema    ${SUBJECT}    ${SCHEMAS}/order_placed.proto
    ${schema}=    Get Schema    ${SUBJECT}
    Should Be Equal    ${schema.type}    protobuf
    Register Schema    ${SUBJECT}.json    ${SCHEMAS}/order.json
    ${schema}=    Get Schema    ${SUBJECT}.json
    Should Be Equal    ${schema.type}    json-schema

A Part Of A File Is Registered As JSON
    VAR    ${document}    ${CURDIR}/../../../examples/orders.asyncapi.yaml
    Register Schema    ${SUBJECT}    ${document}#/components/schemas/Customer
    ${schema}=    Get Schema    ${SUBJECT}
    Should Be Equal    ${schema.type}    json-schema
    Should Be Equal    ${{ json.loads($schema.schema)["properties"] }}    ${{ {"name": {"type": "string"}} }}
    Run Keyword And Expect Error    *it is a part of a document and refers to others*
    ...    Register Schema    ${SUBJECT}.order    ${document}#/components/schemas/Order

A Part Of A Registered Schema Is Applied
    VAR    ${schema}    {"properties": {"orderId": {}}, "definitions": {"Paid": {"required": ["paidAt"]}}}
    Register Schema    ${SUBJECT}    ${schema}
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42}
    Event Should Match Schema    ${event}    ${SUBJECT}
    Run Keyword And Expect Error    *$.paidAt is missing*
    ...    Event Should Match Schema    ${event}    ${SUBJECT}#/definitions/Paid

A Schema Is Registered From Its Text
    Register Schema    ${SUBJECT}    ${AUDIT}
    ${schema}=    Get Schema    ${SUBJECT}
    Should Be Equal    ${schema.type}    avro

A Schema Is Registered From A Dictionary
    VAR    &{content}    type=object    properties=${{ {'name': {'type': 'string'}} }}
    Register Schema    ${SUBJECT}    ${content}
    ${schema}=    Get Schema    ${SUBJECT}
    Should Be Equal    ${schema.type}    json-schema

The Type Can Be Said
    Register Schema    ${SUBJECT}    {"type": "string"}    type=avro
    ${schema}=    Get Schema    ${SUBJECT}
    Should Be Equal    ${schema.type}    avro
    Run Keyword And Expect Error
    ...    The schema could be Avro or JSON Schema.*Set type=avro, type=json or type=protobuf.
    ...    Register Schema    ${SUBJECT}    {"type": "string"}
    Run Keyword And Expect Error    Unknown schema type 'avor'. Did you mean 'avro'?*
    ...    Register Schema    ${SUBJECT}    {"type": "string"}    type=avor

A Schema That Is There Keeps Its Id
    ${first}=    Register Schema    ${SUBJECT}    ${AUDIT}
    ${second}=    Register Schema    ${SUBJECT}    ${AUDIT}
    Should Be Equal    ${first}    ${second}

Schemas Refer To Others
    Register Schema    ${SUBJECT}.customer    ${CUSTOMER}
    VAR    &{references}    customer.json=${SUBJECT}.customer
    VAR    ${order}    {"type": "object", "properties": {"customer": {"$ref": "customer.json"}}}
    Register Schema    ${SUBJECT}    ${order}    ${references}
    ${schema}=    Get Schema    ${SUBJECT}
    Should Be Equal    ${schema.references}[0][name]    customer.json
    Should Be Equal    ${schema.references}[0][subject]    ${SUBJECT}.customer
    VAR    &{references}    customer.json=${SUBJECT}.customer:1
    ${id}=    Register Schema    ${SUBJECT}    ${order}    ${references}
    Should Be Equal    ${id}    ${schema.id}

A Version Can Be Asked For
    Register Schema    ${SUBJECT}    ${AUDIT}
    VAR    ${second}    ${AUDIT.replace('"long"', '["null", "long"]')}
    Register Schema    ${SUBJECT}    ${second}
    ${schema}=    Get Schema    ${SUBJECT}    1
    Should Not Contain    ${schema.schema}    null
    ${schema}=    Get Schema    ${SUBJECT}    version=latest
    Should Contain    ${schema.schema}    null
    Run Keyword And Expect Error
    ...    The subject '${SUBJECT}' has no version 7.\nThe versions are: 1, 2.
    ...    Get Schema    ${SUBJECT}    7

What Is Not There Has Near Names
    Register Schema    ${SUBJECT}    ${AUDIT}
    Run Keyword And Expect Error    *has no subject '${SUBJECT}x'. Did you mean '${SUBJECT}'*
    ...    Get Schema    ${SUBJECT}x
    Run Keyword And Expect Error    *has no subject '${SUBJECT}x'. Did you mean '${SUBJECT}'*
    ...    Schema Should Be Compatible    ${SUBJECT}x    ${AUDIT}
    Run Keyword And Expect Error    There is no file for the schema at '*no_such.avsc'*
    ...    Register Schema    ${SUBJECT}    no_such.avsc

What Is No Schema Is Refused
    Run Keyword And Expect Error    The schema registry at ${SCHEMA_REGISTRY} refuses the schema: *
    ...    Register Schema    ${SUBJECT}    {"type": "record", "name": "Audit"}
    Run Keyword And Expect Error    Expected a schema: the path of an .avsc, .proto or .json file, or its text.*
    ...    Register Schema    ${SUBJECT}    orders-value

A Schema That Fits Is Compatible
    Register Schema    ${SUBJECT}    ${AUDIT}
    Schema Should Be Compatible    ${SUBJECT}    ${AUDIT}
    ${schema}=    Get Schema    ${SUBJECT}
    Should Be Equal As Integers    ${schema.version}    1

A Schema That Breaks The Rule Is Not Compatible
    Register Schema    ${SUBJECT}    ${AUDIT}
    VAR    ${broken}    ${AUDIT.replace('"id"', '"note"')}
    Run Keyword And Expect Error
    ...    The schema is not compatible with the subject '${SUBJECT}' (BACKWARD):\n*note*
    ...    Schema Should Be Compatible    ${SUBJECT}    ${broken}
    Run Keyword And Expect Error
    ...    The schema is not compatible with the subject '${SUBJECT}' (BACKWARD):\n*note*
    ...    Register Schema    ${SUBJECT}    ${broken}

Without A Registry The Keywords Say How To Give One
    [Setup]    Switch Kafka Connection    default
    Run Keyword And Expect Error    No schema registry was given.\nGive schema_registry=URL*
    ...    Get Schema    orders-value
    [Teardown]    Switch Kafka Connection    registry

A Registry That Is Away Is Named
    [Setup]    No Operation
    ${nowhere}=    Get Closed Address
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=away    schema_registry=http://ada:pa55word@${nowhere}
    ${said}=    Run Keyword And Expect Error    *    Get Schema    orders-value
    Should Start With    ${said}    The schema registry at http://${nowhere} can't be used: nothing listens there
    Should Not Contain    ${said}    pa55word
    [Teardown]    Run Keywords    Disconnect From Kafka    away    AND    Switch Kafka Connection    registry


*** Keywords ***
Connect With A Registry
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=registry    schema_registry=${SCHEMA_REGISTRY}
    ...    schema_registry_timeout=60

Choose A Subject
    VAR    ${SUBJECT}    audit.${{ uuid.uuid4().hex[:8] }}-value    scope=TEST    # robocop: off=VAR06
