*** Settings ***
Documentation    Logins on the listeners of a secured Kafka, good ones and wrong ones, with all that can be logged.
...              Secrets come from a properties file, from the environment, as Robot's ``Secret`` and from a keyword;
...              nothing of this run may show one. Tests whose names begin with `Wrong` fail.

Resource         resources/secured.resource

Suite Setup      Describe The Secured Kafka
Test Teardown    Close What Was Opened

Test Tags        real-kafka    secured-kafka


*** Test Cases ***
A Password As A Secret
    Connect To The Listener    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN
    ...    sasl.username=ada    sasl.password=${PASSWORD}    debug=all
    Events Should Go Through And Be Saved

A Password From A File
    Connect By File
    ...    SASL TLS
    ...    security.protocol=SASL_SSL
    ...    sasl.mechanism=SCRAM-SHA-512
    ...    debug=all
    ...    sasl.jaas.config=org.apache.kafka.ScramLoginModule required username=ada password=<ada>;
    ...    ssl.truststore.location=<ca>
    Events Should Go Through And Be Saved

A Secret For An Endpoint
    Connect By File    SASL TLS    security.protocol=SASL_SSL    sasl.mechanism=OAUTHBEARER    debug=all
    ...    sasl.oauthbearer.token.endpoint.url=<token_url>    sasl.oauthbearer.client.id=ada
    ...    sasl.oauthbearer.client.secret=<ada>    ssl.ca.location=<ca>
    Events Should Go Through And Be Saved

A Token Of A Keyword
    Connect To The Listener    SASL TLS    security.protocol=SASL_SSL    ssl.ca.location=${CA}    debug=all
    ...    token_source=A Token Of Ada
    Events Should Go Through And Be Saved

A Key That Is Locked
    Connect By File    Mutual    security.protocol=SSL    ssl.ca.location=<ca>    debug=all
    ...    ssl.certificate.location=<ada_certificate>    ssl.key.location=<ada_locked_key>
    ...    ssl.key.password=<key_password>
    Events Should Go Through And Be Saved

A Key As Text
    Connect By File    Mutual    security.protocol=SSL    ssl.ca.location=<ca>    debug=all
    ...    ssl.certificate.pem=<text of ada_certificate>    ssl.key.pem=<text of ada_key>
    Events Should Go Through And Be Saved

A Keystore
    Connect By File    Mutual    security.protocol=SSL    ssl.ca.location=<ca>    debug=all
    ...    ssl.keystore.location=<ada_keystore>    ssl.keystore.password=<key_password>
    Events Should Go Through And Be Saved

Wrong Password From The Environment
    Connect To The Listener    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN
    ...    sasl.username=ada    debug=all    timeout=2 s

Wrong User With A Right Password
    Connect By File    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.mechanism=SCRAM-SHA-512
    ...    sasl.username=nobody.known    sasl.password=<ada>    debug=all

Wrong Client For An Endpoint
    Connect By File    SASL TLS    security.protocol=SASL_SSL    sasl.mechanism=OAUTHBEARER    debug=all
    ...    sasl.oauthbearer.token.endpoint.url=<token_url>    sasl.oauthbearer.client.id=nobody.known
    ...    sasl.oauthbearer.client.secret=<ada>    ssl.ca.location=<ca>

Wrong Password Of A Key
    Connect By File    Mutual    security.protocol=SSL    ssl.ca.location=<ca>    debug=all
    ...    ssl.certificate.location=<ada_certificate>    ssl.key.location=<ada_locked_key>
    ...    ssl.key.password=<ada>

Wrong Token
    Connect To The Listener    SASL TLS    security.protocol=SASL_SSL    ssl.ca.location=${CA}    debug=all
    ...    token_source=A Token That Comes Early

Wrong Source
    Connect To The Listener    SASL TLS    security.protocol=SASL_SSL    ssl.ca.location=${CA}
    ...    token_source=tests.robot.libraries.Secured.broken_source

Wrong Property Beside A Password
    Connect By File    SASL PLAIN    sasl.password=<ada>    no.such.property=<ada>

Wrong Line Behind A Password
    Connect By File    SASL PLAIN    sasl.password=<ada>    <ada>

Wrong Module
    Connect By File    SASL PLAIN    sasl.jaas.config=PlainLoginModule required <ada>;

Wrong Login Of The Registry
    Connect By File    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN    sasl.username=ada
    ...    sasl.password=<ada>    schema.registry.url=${REGISTRY}    basic.auth.credentials.source=USER_INFO
    ...    basic.auth.user.info=ada:<ada>
    Get Schema    orders-value

Wrong Login In The Registry's Address
    Connect By File    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN    sasl.username=ada
    ...    sasl.password=<ada>    schema.registry.url=http://ada:<ada>@${REGISTRY.removeprefix('http://')}
    Get Schema    orders-value


*** Keywords ***
Events Should Go Through And Be Saved
    ${event}=    Events Should Go Through
    Log Events    ${event.topic}
    Save Events    ${event.topic}    ${OUTPUT_DIR}/${TEST NAME}.jsonl
    Kafka Should Be Reachable
    ${library}=    Get Library Instance    KafkaLibrary
    Log    ${{ repr($library) + str(vars($library._session)) }}
    Log    ${{ str([vars(one) for one in $library._session.connections.values()]) }}
    Log    ${{ str([vars(one.settings) for one in $library._session.connections.values()]) }}

A Token Of Ada
    ${token}=    Get Token    ada
    Log    The token is ${token}.
    RETURN    ${token}

A Token That Comes Early
    ${token}=    Get Token    ada    issued=7200
    RETURN    ${token}
