*** Settings ***
Documentation    Tests of which some end with an event that is not what the contract describes. What becomes of each
...              is known to the suite that runs them.

Library          KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=5 s    contract=${CONTRACT}
...                  contract_guard=${GUARD}

Suite Setup      Create Topics


*** Variables ***
${CONTRACT}    ${CURDIR}/../contracts/documents/orders.yaml
${GUARD}       FAIL
${ID}          ${{ uuid.uuid4().hex[:8] }}
${ORDERS}      orders.${ID}
&{HEADERS}     attempt=1


*** Test Cases ***
A Right Event Comes
    Publish Event    ${ORDERS}    {"orderId": 42, "status": "NEW"}    key=42    headers=${HEADERS}

A Wrong Event Comes
    Publish Event    ${ORDERS}    {"orderId": "x", "status": "NEW"}    key=42    headers=${HEADERS}

Nothing Wrong Comes After It
    Publish Event    ${ORDERS}    {"orderId": 43, "paid": 1}    key=43

A Wrong Key Comes
    Publish Event    ${ORDERS}    {"orderId": 42, "status": "NEW"}    key=x    headers=${HEADERS}

A Wrong Header Comes
    VAR    &{headers}    attempt=0
    Publish Event    ${ORDERS}    {"orderId": 42, "status": "NEW"}    key=42    headers=${headers}

Many Wrong Events Come
    VAR    @{values}    @{{ ["{}"] * 100 }}
    Publish Events    ${ORDERS}    ${values}

An Event Is Broken On Purpose
    Publish Broken Event    ${ORDERS}    {"orderId": 42, "status": "NEW"}    kind=wrong type    key=42
    ...    headers=${HEADERS}

All That The Contract Forbids Is Broken On Purpose
    ${events}=    Get Broken Events    OrderPaid    topic=${ORDERS}
    FOR    ${one}    IN    @{events}
        Publish Broken Event    ${ORDERS}    ${one}
    END

All That The Contract Allows Comes
    ${events}=    Get Valid Events    OrderPaid    topic=${ORDERS}
    FOR    ${one}    IN    @{events}
        Publish Example    ${one}
    END

A Broken Event Is Published As If It Were Ordinary
    ${events}=    Get Broken Events    OrderPaid    topic=${ORDERS}    kind=below minimum
    Publish Event    ${ORDERS}    ${events[0].value}

An Event That The Test Checked Already Is Told Once
    ${event}=    Publish Event    ${ORDERS}    {"orderId": true}    key=42
    Event Should Match Contract    ${event}

A Topic Without Events Is Made Late
    Create Topic    orders.late-${ID}
    Publish Event    orders.late-${ID}    {"wrong": 1}

An Event Comes That Can Not Be Checked
    Publish Event    anything.${ID}    {"whatever": 1}
    Publish Event    elsewhere.${ID}    {"whatever": 1}

A Topic Of No Contract
    Publish Event    payments.${ID}    {"wrong": 1}

A Wrong Event Comes In A Test That Is Skipped
    Publish Event    ${ORDERS}    {"skipped": 1}
    Skip    for a reason

It Fails The Next One
    No Operation

The Connection Was Closed Before
    Publish Event    ${ORDERS}    {"closed": 1}
    Disconnect From Kafka


*** Keywords ***
Create Topics
    FOR    ${name}    IN    ${ORDERS}    anything.${ID}    elsewhere.${ID}    payments.${ID}
        Create Topic    ${name}
    END
