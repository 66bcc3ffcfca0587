*** Settings ***
Documentation     The other side is a program in Java, with serializers and deserializers of other makers.

Library           tests.kafka.serdes.Serdes

Suite Setup       Start Java Serdes    ${BOOTSTRAP_SERVERS}    ${SCHEMA_REGISTRY}
Suite Teardown    Stop Java Serdes

Test Tags         real-kafka    schema-registry
