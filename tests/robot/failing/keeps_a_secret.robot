*** Settings ***
Documentation    A password out of a properties file, on its way through all that Robot can log.
...              Nobody listens there, so the keywords fail.

Library          KafkaLibrary    bootstrap_servers=127.0.0.1:1    config=${PROPERTIES}    timeout=0.3 s


*** Test Cases ***
Connecting
    Connect To Kafka    127.0.0.1:1    alias=second    config=${PROPERTIES}    timeout=0.3 s

Publishing
    Publish Event    orders    {"orderId": 42}

Waiting
    Wait For Event    orders    orderId == 42

Asking The Registry
    Get Schema    orders-value
