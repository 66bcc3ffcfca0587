*** Settings ***
Documentation     Tests that fail in steps which have nothing to do with Kafka. What each leaves in the log is known to
...               the suite that runs them.

Library           KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    watch=${ORDERS}    timeout=5 s
...               log_events=on failure    AS    Kafka

Suite Setup       Prepare
Suite Teardown    Tidy Up


*** Variables ***
${ID}          ${{ uuid.uuid4().hex[:8] }}
${ORDERS}      orders.${ID}
${PAYMENTS}    payments.${ID}


*** Test Cases ***
Another Step Fails
    Publish Event    ${ORDERS}    {"orderId": 41, "note": "<b>not bold</b>"}
    Fail    The page shows nothing.

The Next Test Fails
    Publish Event    ${ORDERS}    {"orderId": 42}
    Wait For Event    ${PAYMENTS}    timeout=0.1 s

It Fails Without An Event
    Fail    The page shows nothing.

It Passes
    Publish Event    ${ORDERS}    {"orderId": 43}

It Is Skipped
    Publish Event    ${ORDERS}    {"orderId": 44}
    Skip    Not today.

Very Many Came
    VAR    @{values}    @{{ [{"orderId": number} for number in range(1000)] }}
    Publish Events    ${ORDERS}    ${values}
    Publish Event    ${ORDERS}    {"orderId": 5000}
    Fail    The page shows nothing.

Its Time Is Over
    [Timeout]    0.5 s
    Publish Event    ${ORDERS}    {"orderId": 45}
    Wait For Event    ${ORDERS}    orderId == 1

A Topic Is Watched That Is Not There Yet
    Watch Topics    ${PAYMENTS}
    Publish Event    ${ORDERS}    {"orderId": 46}
    Fail    The page shows nothing.

Its Connection Was Closed
    Disconnect From All Kafka
    Fail    The page shows nothing.


*** Keywords ***
Prepare
    IF    $BOOTSTRAP_SERVERS != 'embedded'    Create Topic    ${ORDERS}

Tidy Up
    IF    $BOOTSTRAP_SERVERS != 'embedded'    Delete Topic    ${ORDERS}
