*** Settings ***
Documentation    Properties files as developers of Java applications have them make the same connection here.
...              What stands in <> is filled in.

Resource         resources/secured.resource

Test Teardown    Close What Was Opened

Test Tags        real-kafka    secured-kafka


*** Variables ***
${SECURITY}    org.apache.kafka.common.security


*** Test Cases ***
SCRAM In Java's Spelling
    Connect By File    SASL TLS    \# of the orders service
    ...    security.protocol: SASL_SSL
    ...    sasl.mechanism SCRAM-SHA-512
    ...    sasl.jaas.config=${SECURITY}.scram.ScramLoginModule required \\
    ...    ${SPACE * 4}username="ada" \\
    ...    ${SPACE * 4}password="<ada>";
    ...    ssl.truststore.type=PEM
    ...    ssl.truststore.location=<ca>
    ...    key.serializer=org.apache.kafka.common.serialization.StringSerializer
    ...    value.deserializer=org.apache.kafka.common.serialization.StringDeserializer
    Events Should Go Through

PLAIN In Java's Spelling
    Connect By File
    ...    SASL PLAIN
    ...    security.protocol=SASL_PLAINTEXT
    ...    sasl.mechanism=PLAIN
    ...    sasl.jaas.config=${SECURITY}.plain.PlainLoginModule required username="ada" password="<ada>";
    Events Should Go Through

Client Credentials In Java's Spelling
    Connect By File
    ...    SASL TLS
    ...    security.protocol=SASL_SSL
    ...    sasl.mechanism=OAUTHBEARER
    ...    sasl.oauthbearer.token.endpoint.url=<token_url>
    ...    sasl.login.callback.handler.class=${SECURITY}.oauthbearer.OAuthBearerLoginCallbackHandler
    ...    sasl.jaas.config=${SECURITY}.oauthbearer.OAuthBearerLoginModule required clientId="ada" \\
    ...    clientSecret="<ada>" scope="kafka";
    ...    ssl.truststore.location=<ca>
    Events Should Go Through

A Keystore In PKCS#12
    Connect By File    Mutual    security.protocol=SSL    ssl.truststore.location=<ca>
    ...    ssl.keystore.type=PKCS12    ssl.keystore.location=<ada_keystore>    ssl.keystore.password=<key_password>
    ...    ssl.key.password=<key_password>
    Events Should Go Through

A Keystore In PEM
    Connect By File    Mutual    security.protocol=SSL    ssl.truststore.location=<ca>
    ...    ssl.keystore.type=PEM    ssl.keystore.location=<stranger_both>
    ...    ssl.certificate.location=<ada_certificate>    ssl.key.location=<ada_locked_key>
    ...    ssl.key.password=<key_password>
    Events Should Go Through

Certificates As Texts
    Connect By File    Mutual    security.protocol=SSL    ssl.keystore.type=PEM    ssl.truststore.type=PEM
    ...    ssl.truststore.certificates=<text of ca>
    ...    ssl.keystore.certificate.chain=<text of ada_certificate>
    ...    ssl.keystore.key=<text of ada_key>
    Events Should Go Through

A Name That Is Not To Be Looked At
    Connect By File    Wrong Name    security.protocol=SSL    ssl.truststore.location=<ca>
    ...    ssl.endpoint.identification.algorithm=${EMPTY}
    Events Should Go Through

A Password From The Environment
    Set Environment Variable    SHOP_KAFKA_PASSWORD    ${EMPTY}
    ${file}=    Write Properties    <ada>
    ${password}=    Get File    ${file}
    Set Environment Variable    SHOP_KAFKA_PASSWORD    ${{ $password.strip() }}
    Connect By File    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN    sasl.username=ada
    ...    sasl.password=\${env:SHOP_KAFKA_PASSWORD}
    Events Should Go Through
    [Teardown]    Forget The Environment    SHOP_KAFKA_PASSWORD

All From The Environment
    ${file}=    Write Properties    <ada>
    ${password}=    Get File    ${file}
    Set Environment Variable    KAFKA_SECURITY_PROTOCOL    SASL_PLAINTEXT
    Set Environment Variable    KAFKA_SASL_MECHANISM    SCRAM-SHA-256
    Set Environment Variable    KAFKA_SASL_USERNAME    ada
    Set Environment Variable    KAFKA_SASL_PASSWORD    ${{ $password.strip() }}
    Set Environment Variable    KAFKA_HOME    /opt/kafka
    Set Environment Variable    KAFKA_OPTS    -Dx=y
    Connect To The Listener    SASL PLAIN
    Events Should Go Through
    [Teardown]    Forget The Environment    KAFKA_SECURITY_PROTOCOL    KAFKA_SASL_MECHANISM    KAFKA_SASL_USERNAME
    ...    KAFKA_SASL_PASSWORD    KAFKA_HOME    KAFKA_OPTS

An Option Wins Over The File, And The File Over The Environment
    Set Environment Variable    KAFKA_SASL_USERNAME    nobody.known
    Set Environment Variable    KAFKA_SECURITY_PROTOCOL    SSL
    ${address}=    Get Listener    SASL PLAIN
    ${password}=    Get Password    ada
    ${file}=    Write Properties    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN    sasl.username=ada
    ...    sasl.password=another
    Connect To Kafka    ${address}    alias=secured    config=${file}    sasl.password=${password}
    Events Should Go Through
    [Teardown]    Forget The Environment    KAFKA_SASL_USERNAME    KAFKA_SECURITY_PROTOCOL


*** Keywords ***
Forget The Environment
    [Arguments]    @{names}
    Close What Was Opened
    FOR    ${name}    IN    @{names}
        Remove Environment Variable    ${name}
    END
