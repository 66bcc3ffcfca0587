*** Settings ***
Documentation    Mistakes with logins, certificates and rights, on the listeners of a real secured Kafka.

Resource         resources/secured.resource

Suite Setup      Describe The Secured Kafka
Test Teardown    Close What Was Opened

Test Tags        real-kafka    secured-kafka


*** Test Cases ***
A Name That Nobody Knows
    Connect To Kafka    no.such.host.invalid:9092    alias=x    timeout=0.5 s

A Web Server
    ${address}=    Start Web Server
    Connect To Kafka    ${address}    alias=x    timeout=5 s

A Web Server, Asked With TLS
    ${address}=    Start Web Server
    Connect To Kafka    ${address}    alias=x    timeout=5 s    security.protocol=SSL

TLS Is Needed
    Connect To The Listener    TLS

TLS Is Needed, And A Login
    Connect With A Password    SASL TLS    security.protocol=SASL_PLAINTEXT

TLS Is Not Wanted
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    security.protocol=SSL    ssl.ca.location=${CA}

TLS Is Not Wanted, But A Login
    Connect With A Password    SASL PLAIN    security.protocol=SASL_SSL    ssl.ca.location=${CA}

No Authority Is Given
    Connect To The Listener    TLS    security.protocol=SSL

Another Authority Is Given
    ${other}=    Get Secured File    other_ca
    Connect To The Listener    TLS    security.protocol=SSL    ssl.ca.location=${other}

An Authority In A File That Is Not There
    Connect To The Listener    TLS    security.protocol=SSL    ssl.ca.location=/no/such/ca.pem

The Certificate Is For Another Name
    Connect To The Listener    Wrong Name    security.protocol=SSL    ssl.ca.location=${CA}

The Certificate Has Expired
    Connect To The Listener    Expired    security.protocol=SSL    ssl.ca.location=${CA}

The Client Has No Certificate
    Connect To The Listener    Mutual    security.protocol=SSL    ssl.ca.location=${CA}

The Client Has A Certificate Of A Stranger
    ${certificate}=    Get Secured File    stranger_certificate
    ${key}=    Get Secured File    stranger_key
    Connect To The Listener    Mutual    security.protocol=SSL    ssl.ca.location=${CA}
    ...    ssl.certificate.location=${certificate}    ssl.key.location=${key}

The Key Of The Client Is Locked
    ${certificate}=    Get Secured File    ada_certificate
    ${key}=    Get Secured File    ada_locked_key
    Connect To The Listener    Mutual    security.protocol=SSL    ssl.ca.location=${CA}
    ...    ssl.certificate.location=${certificate}    ssl.key.location=${key}    ssl.key.password=wrong

A Wrong Password
    [Template]    A Wrong Password Is Refused
    SCRAM-SHA-512

A Wrong Password For PLAIN
    [Template]    A Wrong Password Is Refused
    PLAIN

A User That Nobody Knows
    Connect With A Password    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.username=nobody.known

A Mechanism That The Listener Does Not Know
    Connect With A Password    SASL TLS    security.protocol=SASL_SSL    ssl.ca.location=${CA}
    ...    sasl.mechanism=SCRAM-SHA-256

No Mechanism
    Connect To The Listener    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.username=ada
    ...    sasl.password=${PASSWORD}

A Login Is Needed
    Connect To The Listener    SASL PLAIN

A Login Is Needed, Over TLS
    Connect To The Listener    SASL TLS    security.protocol=SSL    ssl.ca.location=${CA}

A Login Is Not Wanted
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=x    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN
    ...    sasl.username=ada    sasl.password=${PASSWORD}

No Tokens
    Connect By Tokens

A Source That Fails
    Connect By Tokens    token_source=tests.robot.libraries.Secured.broken_source

A Source That Nobody Knows
    Connect By Tokens    token_source=No Such Keyword

A Source That Gives No Token
    Connect By Tokens    token_source=No Operation

A Source That Does Not Say When Its Token Expires
    Connect By Tokens    token_source=An Opaque Token

A Token That Has Expired
    Connect By Tokens    token_source=An Old Token

A Token Of A Clock That Is Ahead
    [Documentation]    Kafka takes its time to refuse a token.
    Connect By Tokens    token_source=An Early Token    timeout=10 s

An Endpoint That Knows Another Secret
    ${endpoint}=    Get Token Endpoint
    Connect To The Endpoint    ${endpoint}    wrong

An Endpoint That Gives Old Tokens
    ${endpoint}=    Get Token Endpoint
    Connect To The Endpoint    ${endpoint.replace('/token', '/expired')}    ${PASSWORD}

An Endpoint That Is Not There
    ${closed}=    Get Closed Address
    Connect To The Endpoint    http://${closed}/token    ${PASSWORD}

Publishing With A Wrong Password
    Import With A Wrong Password    Publishing
    Publishing.Publish Event    orders    x

Waiting With A Wrong Password
    Import With A Wrong Password    Waiting
    Waiting.Wait For Event    orders    id == 1

A Negative With A Wrong Password
    Import With A Wrong Password    Negative
    Negative.No Event Should Arrive    orders    within=0.2 s

Asking With A Wrong Password
    Import With A Wrong Password    Asking
    Asking.Kafka Should Be Reachable

A Topic That May Not Be Written
    Connect As    reader
    ${topic}=    Get Permitted Topic
    Publish Event    ${topic}    x

A Topic That May Not Be Read
    Connect As    nobody
    ${topic}=    Get Permitted Topic
    Wait For Event    ${topic}    id == 1    timeout=1 s

A Negative On A Topic That May Not Be Read
    Connect As    nobody
    ${topic}=    Get Permitted Topic
    No Event Should Arrive    ${topic}    within=0.2 s

A Topic That May Be Written And Not Read
    Connect As    writer
    ${topic}=    Get Permitted Topic
    Wait For Event    ${topic}    id == 1    timeout=1 s

A Topic That May Not Be Made
    Connect As    reader
    Create Topic    orders.new

Events Of A Group That May Not Be Asked About
    Connect As    writer
    ${topic}=    Get Permitted Topic
    ${event}=    Publish Event    ${topic}    x
    Wait Until Event Is Consumed    ${event}    billing    timeout=1 s

A Group That May Not Be Asked About
    Connect As    reader
    Wait Until Consumer Group Is Ready    billing    permitted.orders    timeout=1 s

The Lag Of A Group That May Not Be Asked About
    Connect As    reader
    Get Consumer Group Lag    billing    permitted.orders    ==    0    timeout=1 s

A Group That May Not Be Reset
    Connect As    reader
    Reset Consumer Group Offsets    billing    permitted.orders    to=latest

Events That May Not Be Deleted
    Connect As    writer
    ${topic}=    Get Permitted Topic
    Delete Events    ${topic}

A Truststore That Only Java Reads
    Connect By File    TLS    security.protocol=SSL    ssl.truststore.location=/etc/kafka/truststore.jks
    ...    ssl.truststore.password=changeit

A Handler That Is A Java Class
    Connect By File    SASL TLS    security.protocol=SASL_SSL    sasl.mechanism=OAUTHBEARER
    ...    sasl.login.callback.handler.class=software.amazon.msk.auth.iam.IAMClientCallbackHandler

A Variable That Is Not Set
    Connect By File    SASL TLS    security.protocol=SASL_SSL    sasl.password=\${env:NO_SUCH_VARIABLE}


*** Keywords ***
Connect With A Password
    [Arguments]    ${listener}    &{options}
    VAR    &{login}    sasl.mechanism=SCRAM-SHA-512    sasl.username=ada    sasl.password=${PASSWORD}
    Set To Dictionary    ${login}    &{options}
    Connect To The Listener    ${listener}    &{login}

A Wrong Password Is Refused
    [Arguments]    ${mechanism}
    Connect With A Password    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.mechanism=${mechanism}
    ...    sasl.password=wrong-password

Connect By Tokens
    [Arguments]    &{options}
    Connect To The Listener    SASL TLS    security.protocol=SASL_SSL    sasl.mechanism=OAUTHBEARER
    ...    ssl.ca.location=${CA}    &{options}

Connect To The Endpoint
    [Arguments]    ${endpoint}    ${secret}
    Connect By Tokens    sasl.oauthbearer.method=oidc    sasl.oauthbearer.token.endpoint.url=${endpoint}
    ...    sasl.oauthbearer.client.id=ada    sasl.oauthbearer.client.secret=${secret}    timeout=2 s

An Old Token
    ${token}=    Get Token    ada    issued=-7200
    RETURN    ${token}

An Early Token
    ${token}=    Get Token    ada    issued=7200
    RETURN    ${token}

An Opaque Token
    RETURN    opaque

Import With A Wrong Password
    [Arguments]    ${name}
    ${address}=    Get Listener    SASL PLAIN
    Import Library    KafkaLibrary    bootstrap_servers=${address}    timeout=5 s
    ...    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN    sasl.username=ada
    ...    sasl.password=wrong-password    AS    ${name}
    Set Library Search Order    KafkaLibrary

Connect As
    [Arguments]    ${login}
    ${password}=    Get Password    ${login}
    Connect With A Password    SASL PLAIN    security.protocol=SASL_PLAINTEXT    sasl.username=${login}
    ...    sasl.password=${password}
