*** Settings ***
Documentation    For dry runs: nothing here is to be done.

Library          KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    watch=orders    timeout=5 min


*** Test Cases ***
A Wait Of Minutes
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=second
    Watch Topics    orders
    Publish Event    orders    {"orderId": 42}
    Wait For Event    orders    orderId == 42
    No Event Should Arrive    orders    orderId == 43    within=1 min

A Keyword That Nobody Knows
    Wait For Evnt    orders
