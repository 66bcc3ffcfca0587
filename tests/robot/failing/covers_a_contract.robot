*** Settings ***
Documentation    Publishes an event of a contract, and finds one of others where that is asked for. What it leaves
...              beside output.xml is known to the suite that runs it.

Resource         resources/kafka.resource


*** Variables ***
${STATUS}    PAID
${OTHERS}    ${False}


*** Test Cases ***
An Event Of The Contract
    Load Contract    ${CURDIR}${/}..${/}contracts${/}payments.asyncapi.yaml
    Publish Event    payments    {"id": 1, "status": "${STATUS}"}

An Event Of Others
    IF    ${OTHERS}
        Meet Other Clients
        Another Client Publishes    payments    {"id": 2, "status": "PAID"}
        Wait For Event    payments    id == 2
    END
