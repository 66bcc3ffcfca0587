*** Settings ***
Documentation    Publishes one event of a contract. What it leaves beside output.xml is known to the suite that runs it.

Library          KafkaLibrary    bootstrap_servers=embedded


*** Variables ***
${STATUS}    PAID


*** Test Cases ***
An Event Of The Contract
    Load Contract    ${CURDIR}${/}..${/}contracts${/}payments.asyncapi.yaml
    Publish Event    payments    {"id": 1, "status": "${STATUS}"}
