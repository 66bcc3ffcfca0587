*** Settings ***
Documentation    Topics that can't be managed.

Resource         resources/failing.resource


*** Test Cases ***
There
    ${topic}=    Given A Topic
    Topic Should Not Exist    ${topic}

Not There
    ${topic}=    Given A Topic With A Name Of Its Own    shipments
    Topic Should Exist    shipment${topic.removeprefix('shipments')}
    [Teardown]    Remove The Topic

Not There In Time
    Topic Should Exist    no.such.topic.zzzzzzzz    timeout=0.2 s

No Name
    Topic Should Exist    ${EMPTY}

Watched With One Partition On The Embedded Broker
    [Tags]    embedded-only
    Import Library    KafkaLibrary    bootstrap_servers=embedded    watch=orders    AS    Watching
    Set Library Search Order    KafkaLibrary
    Watching.Create Topic    orders    partitions=3

More Copies Than The Embedded Broker Has
    [Tags]    embedded-only
    Create Topic    orders    replication_factor=3

There Already
    [Tags]    real-kafka
    ${topic}=    Given A Topic
    Create Topic    ${topic}

A Name That Kafka Refuses
    [Tags]    real-kafka
    Create Topic    two words

A Setting That Kafka Refuses
    [Tags]    real-kafka
    Create Topic    orders.refused.zzzzzzzz    retention.ms=soon

More Copies Than Brokers
    [Tags]    real-kafka
    Create Topic    orders.refused.zzzzzzzz    replication_factor=99

Nothing To Delete
    [Tags]    real-kafka
    Delete Topic    no.such.topic.zzzzzzzz

Nothing To Empty
    [Tags]    real-kafka
    Delete Events    no.such.topic.zzzzzzzz

A Compacted Topic To Empty
    [Tags]    real-kafka
    ${topic}=    Create Temporary Topic    prices    cleanup.policy=compact
    Delete Events    ${topic}

To Empty On The Embedded Broker
    [Tags]    embedded-only
    Delete Events    orders

Nothing To Describe
    [Tags]    real-kafka
    Get Topic Configuration    no.such.topic.zzzzzzzz

Several Topics Or Cells Of Their Own
    Topic Should Exist    orders payments
