*** Settings ***
Documentation    Every way to log in: what is published through it arrives.

Resource         resources/secured.resource

Suite Setup      Describe The Secured Kafka
Test Teardown    Close What Was Opened

Test Tags        real-kafka    secured-kafka


*** Test Cases ***
A Password Without TLS
    [Template]    A Login By Password Goes Through
    SASL_PLAINTEXT    PLAIN
    SASL_PLAINTEXT    SCRAM-SHA-256
    SASL_PLAINTEXT    SCRAM-SHA-512

A Password Over TLS
    [Template]    A Login By Password Goes Through
    SASL_SSL    PLAIN
    SASL_SSL    SCRAM-SHA-512

TLS Alone
    Connect To The Listener    TLS    security.protocol=SSL    ssl.ca.location=${CA}
    Events Should Go Through

TLS With An Authority As Text
    ${pem}=    Get File    ${CA}
    Connect To The Listener    TLS    security.protocol=SSL    ssl.ca.pem=${pem}
    Events Should Go Through

A Certificate Of The Client
    ${certificate}=    Get Secured File    ada_certificate
    ${key}=    Get Secured File    ada_key
    Connect To The Listener    Mutual    security.protocol=SSL    ssl.ca.location=${CA}
    ...    ssl.certificate.location=${certificate}    ssl.key.location=${key}
    Events Should Go Through

A Certificate With A Key That Is Locked
    ${certificate}=    Get Secured File    ada_certificate
    ${key}=    Get Secured File    ada_locked_key
    Connect To The Listener    Mutual    security.protocol=SSL    ssl.ca.location=${CA}
    ...    ssl.certificate.location=${certificate}    ssl.key.location=${key}    ssl.key.password=${KEY PASSWORD}
    Events Should Go Through

A Certificate And Its Key As Texts
    ${certificate}=    Get Secured File    ada_certificate
    ${key}=    Get Secured File    ada_key
    ${certificate}=    Get File    ${certificate}
    ${key}=    Get File    ${key}
    Connect To The Listener    Mutual    security.protocol=SSL    ssl.ca.location=${CA}
    ...    ssl.certificate.pem=${certificate}    ssl.key.pem=${key}
    Events Should Go Through

A Certificate In A PKCS#12 File
    ${keystore}=    Get Secured File    ada_keystore
    Connect To The Listener    Mutual    security.protocol=SSL    ssl.ca.location=${CA}
    ...    ssl.keystore.location=${keystore}    ssl.keystore.password=${KEY PASSWORD}
    Events Should Go Through

A Listener Whose Name Is Not Looked At
    Connect To The Listener    Wrong Name    security.protocol=SSL    ssl.ca.location=${CA}
    ...    ssl.endpoint.identification.algorithm=none
    Events Should Go Through

Tokens Of An Endpoint
    ${endpoint}=    Get Token Endpoint
    Connect To The Listener    SASL TLS    security.protocol=SASL_SSL    ssl.ca.location=${CA}
    ...    sasl.mechanism=OAUTHBEARER    sasl.oauthbearer.token.endpoint.url=${endpoint}
    ...    sasl.oauthbearer.client.id=ada    sasl.oauthbearer.client.secret=${PASSWORD}
    Events Should Go Through

Tokens Of A Keyword
    Connect By Tokens    A Token Of Ada
    Events Should Go Through

Tokens Of A Keyword That Says When They Expire
    Connect By Tokens    A Token With Its Time
    Events Should Go Through

Tokens Of A Function By Its Name
    Connect By Tokens    tests.robot.libraries.Secured.token_of_ada
    Events Should Go Through

A Library That Is Imported With A Login
    ${address}=    Get Listener    SASL PLAIN
    Import Library    KafkaLibrary    bootstrap_servers=${address}    timeout=5 s    security.protocol=SASL_PLAINTEXT
    ...    sasl.mechanism=SCRAM-SHA-512    sasl.username=ada    sasl.password=${PASSWORD}    AS    Imported
    Set Library Search Order    KafkaLibrary
    Imported.Kafka Should Be Reachable
    [Teardown]    Imported.Disconnect From All Kafka

Tokens Are Fetched Anew Before They Expire
    [Documentation]    One that lives for fifteen seconds is replaced before the wait ends.
    ${before}=    Tokens Given
    Connect By Tokens    A Short Token Of Ada
    ${topic}=    Create Temporary Topic    secured
    No Event Should Arrive    ${topic}    within=16 s
    Events Should Go Through    ${topic}
    ${given}=    Tokens Given
    Should Be True    ${given} - ${before} >= 2

Tokens Are Fetched Anew While A Group Is Waited For
    ${before}=    Tokens Given
    Connect By Tokens    A Short Token Of Ada
    ${topic}=    Create Temporary Topic    secured
    ${event}=    Publish Event    ${topic}    x
    Run Keyword And Expect Error    *It has committed nothing*
    ...    Wait Until Event Is Consumed    ${event}    shop    timeout=16 s
    ${given}=    Tokens Given
    Should Be True    ${given} - ${before} >= 2


*** Keywords ***
A Login By Password Goes Through
    [Arguments]    ${protocol}    ${mechanism}
    VAR    ${listener}    ${{ 'SASL TLS' if $protocol == 'SASL_SSL' else 'SASL PLAIN' }}
    Connect To The Listener    ${listener}    security.protocol=${protocol}    sasl.mechanism=${mechanism}
    ...    sasl.username=ada    sasl.password=${PASSWORD}    ssl.ca.location=${CA}
    Events Should Go Through

Connect By Tokens
    [Arguments]    ${source}
    Connect To The Listener    SASL TLS    security.protocol=SASL_SSL    ssl.ca.location=${CA}
    ...    token_source=${source}

A Token Of Ada
    ${token}=    Get Token    ada
    RETURN    ${token}

A Token With Its Time
    ${token}=    Get Token    ada
    VAR    @{both}    ${token}    ${{ time.time() + 3600 }}
    RETURN    ${both}

A Short Token Of Ada
    ${token}=    Get Token    ada    lifetime=15
    RETURN    ${token}
