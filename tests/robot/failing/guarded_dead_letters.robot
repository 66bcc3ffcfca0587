*** Settings ***
Documentation    Tests of which some end with a dead letter that they did not expect. What becomes of each is known
...              to the suite that runs them.

Library          KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    timeout=5 s
...                  dead_letters=${LETTERS}, *.${ID}.poison
Library          tests.robot.libraries.DeadLetters

Suite Setup      Prepare


*** Variables ***
${ID}         ${{ uuid.uuid4().hex[:8] }}
${ORDERS}     orders.${ID}
${LETTERS}    ${ORDERS}-dlt


*** Test Cases ***
An Event Of Its Own Dies
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 42}    key=42    timestamp=2026-01-02 03:04:05
    Bury    ${order}    ${LETTERS}

Nothing Dies
    Publish Event    ${ORDERS}    {"orderId": 43}    key=43

Its Death Is Expected
    Expect Dead Letters    reason=no such currency    group=billing
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 44}    key=44
    Bury    ${order}    ${LETTERS}

Its Death Is Expected Afterwards
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 45}    key=45
    Bury    ${order}    ${LETTERS}
    Expect Dead Letters    ${order}

It Dies For Another Reason Than Expected
    Expect Dead Letters    reason=no such customer
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 46}    key=46
    Bury    ${order}    ${LETTERS}

Another Event Dies Than Expected
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 46}    key=46
    ${other}=    Publish Event    ${ORDERS}    {"orderId": 47}    key=47
    Expect Dead Letters    ${order}
    Bury    ${other}    ${LETTERS}

What A Test Has Found Is Expected
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 48}    key=48
    Bury    ${order}    ${LETTERS}
    Event Should Be Dead-Lettered    ${order}

An Event Is Published That Dies Later
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 49}    key=49
    VAR    ${LATER}    ${order}    scope=SUITE

An Event Of An Earlier Test Dies
    Bury    ${LATER}    ${LETTERS}

An Event Is Published Whose Later Death Is Expected
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 50}    key=50
    Expect Dead Letters    ${order}
    VAR    ${LATER}    ${order}    scope=SUITE

An Expected Event Of An Earlier Test Dies
    Bury    ${LATER}    ${LETTERS}

A Letter Without A Header Comes
    Publish Event    ${ORDERS}    {"orderId": 51}    key=51
    Publish Event    ${LETTERS}    {"orderId": 51}    key=51

A Topic Of Letters Is Made With The First
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 52}    key=52
    IF    $BOOTSTRAP_SERVERS != 'embedded'    Create Topic    ${ORDERS}.poison
    Bury    ${order}    ${ORDERS}.poison

A Wait That Failed Has Told It
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 53}    key=53
    Bury    ${order}    ${LETTERS}
    Wait For Event    ${ORDERS}    orderId == 99    timeout=0.3 s

A Test That Failed Is Told It Too
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 54}    key=54
    Bury    ${order}    ${LETTERS}
    Fail    Something else.

An Event Of Nobody Here Dies
    VAR    &{headers}    kafka_dlt-original-topic=never.there
    ...    kafka_dlt-original-partition=${{ (7).to_bytes(4, 'big') }}
    ...    kafka_dlt-original-offset=${{ (2**63 - 1).to_bytes(8, 'big') }}
    Publish Event    ${LETTERS}    {"orderId": 55}    headers=${headers}

Very Many Die
    VAR    @{values}    @{{ [{'orderId': n} for n in range(10_000)] }}
    Publish Events    ${ORDERS}    ${values}
    Publish Events    ${LETTERS}    ${values}    headers=${{ [('__connect.errors.topic', $ORDERS)] }}

The Connection Was Closed Before
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 57}    key=57
    Bury    ${order}    ${LETTERS}
    Disconnect From All Kafka

Its Message Names The Letter And It Passes
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 58}    key=58
    ${letter}=    Bury    ${order}    ${LETTERS}
    Pass Execution    Seen: ${letter.place}

A Skipped Test Leaves A Letter
    ${order}=    Publish Event    ${ORDERS}    {"orderId": 59}    key=59
    Bury    ${order}    ${LETTERS}
    Skip    Not today.

Nothing Dies After A Skipped Test
    No Operation


*** Keywords ***
Prepare
    IF    $BOOTSTRAP_SERVERS == 'embedded'    RETURN
    Create Topic    ${ORDERS}
    Create Topic    ${LETTERS}

Bury
    [Documentation]    Publishes the dead letter of an event.
    [Arguments]    ${event}    ${letters}
    ${headers}=    Headers Of A Dead Letter    ${event}    billing    no such currency
    ${letter}=    Publish Event    ${letters}    ${event.raw_value}    key=${event.raw_key}    headers=${headers}
    ...    format=bytes
    RETURN    ${letter}
