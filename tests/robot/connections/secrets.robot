*** Settings ***
Documentation    Passwords stay where they are.

Library          OperatingSystem
Resource         resources/kafka.resource
Library          tests.robot.libraries.Runs

Suite Setup      Write A Properties File


*** Variables ***
${PASSWORD}    sesame-open-4711


*** Test Cases ***
A Password Stands In No Log, However Much Is Logged
    Start Suite    keeps_a_secret    --loglevel    TRACE    --variable    PROPERTIES:${PROPERTIES}
    Wait Until Suite Has Ended
    Test Should Have Failed    Connecting    *127.0.0.1:1*
    Test Should Have Failed    Publishing    *127.0.0.1:1*
    Test Should Have Failed    Waiting    *127.0.0.1:1*
    Test Should Have Failed    Asking The Registry    *http://127.0.0.1:1*
    Log Should Not Contain    ${PASSWORD}

A Password Is Shown By No Object
    ${library}=    Get Library Instance    KafkaLibrary
    Run Keyword And Expect Error    *    Connect To Kafka    127.0.0.1:1    alias=x    timeout=0.3 s
    ...    config=${PROPERTIES}
    ${shown}=    Evaluate    repr($library) + str(vars($library))
    Should Not Contain    ${shown}    ${PASSWORD}


*** Keywords ***
Write A Properties File
    VAR    ${PROPERTIES}    ${OUTPUT_DIR}${/}secret.properties    scope=SUITE
    VAR    ${lines}    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN    sasl.username=ada
    ...    sasl.password=${PASSWORD}    schema.registry.url=http://ada:${PASSWORD}@127.0.0.1:1    separator=\n
    Create File    ${PROPERTIES}    ${lines}
