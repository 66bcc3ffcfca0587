*** Settings ***
Documentation    Events at the limits of a contract, and with one fault, are made and published; each is what it is
...              said to be, and nothing is made where that can't be shown.

Library          Collections
Resource         resources/kafka.resource

Suite Setup      Read The Contract


*** Variables ***
@{WHY}    $.orderId was 0 (number), and should be 1 or more
...       $.total was -0.01 (number), and should be 0 or more
...       headers.attempt was 0 (number), and should be 1 or more


*** Test Cases ***
Each Valid Event Is What The Contract Asks
    ${events}=    Get Valid Events    OrderPlaced    topic=${ORDERS}
    FOR    ${one}    IN    @{events}
        ${event}=    Publish Example    ${one}
        Event Should Match Contract    ${event}    as_message=OrderPlaced
    END
    VAR    ${names}    ${{ [str(one) for one in $events] }}
    FOR    ${name}    IN    at minimum $.orderId    at minimum $.total    edge of format $.placedAt    null $.note
    ...    longest $.note    fewest items $.lines    at maximum headers.attempt    with the field $.placedAt
        List Should Contain Value    ${names}    ${name}
    END

No Broken Event Is
    ${events}=    Get Broken Events    OrderPlaced    topic=${ORDERS}
    FOR    ${one}    IN    @{events}
        ${event}=    Publish Broken Event    ${ORDERS}    ${one}
        Run Keyword And Expect Error    Event ${event.topic}*    Event Should Match Contract    ${event}
    END
    VAR    ${names}    ${{ [str(one) for one in $events] }}
    FOR    ${name}    IN    below minimum $.orderId    not a multiple $.total    wrong format $.placedAt
    ...    too long $.note    too few items $.lines    wrong pattern $.lines[0].sku    missing field $.orderId
    ...    unknown field $.noSuchField    wrong pattern key    below minimum headers.attempt    missing key
    ...    missing header headers.attempt    cut    wrong encoding    tombstone    null $.orderId    unknown enum $.type
        List Should Contain Value    ${names}    ${name}
    END

Broken Events Say What Is Wrong, Where And Why
    ${events}=    Get Broken Events    OrderPlaced    topic=${ORDERS}    kind=below minimum
    Should Be Equal    ${{ [one.path for one in $events] }}    ${{ ['$.orderId', '$.total', 'headers.attempt'] }}
    Should Be Equal    ${{ [one.why for one in $events] }}    ${WHY}
    Should Be Equal    ${events[0].kind} ${events[0].message} ${events[0].topic}    below minimum OrderPlaced ${ORDERS}
    Should Be Equal    ${events[0].value.orderId}    ${0}
    Should Be Equal    ${events[0].key}    k-0
    Should Be Equal    ${events[0].headers.attempt}    1

An Event That Another Message Allows Is Not Broken
    [Documentation]    An order that is cancelled without a reason is what another message asks for.
    ${events}=    Get Broken Events    OrderCancelled    topic=${ORDERS}
    VAR    ${names}    ${{ [str(one) for one in $events] }}
    List Should Contain Value    ${names}    missing field $.orderId
    List Should Not Contain Value    ${names}    missing field $.reason
    Run Keyword And Expect Error    *missing field $.reason: it is what 'OrderClosed' asks for*
    ...    Get Broken Events    OrderCancelled    topic=${ORDERS}    kind=missing field    field=$.reason

One Broken Event Without One To Break
    ${event}=    Publish Broken Event    ${ORDERS}    kind=below minimum    field=$.total
    Event Field Should Be    ${event}    $.total    -0.01
    Event Field Should Be    ${event}    $.orderId    1
    ${event}=    Publish Broken Event    ${ORDERS}    kind=wrong format
    Event Field Should Be    ${event}    $.placedAt    2023-02-29T10:15:30Z
    ${event}=    Publish Broken Event    ${ORDERS}    kind=cut    as_message=OrderPlaced    key=k-7
    Should Be Equal    ${event.key}    k-7
    ${event}=    Publish Broken Event    ${ORDERS}    kind=above maximum    as_message=OrderCancelled
    Event Field Should Be    ${event}    $.orderId    1001

One Broken Event Of One That There Is
    VAR    &{headers}    attempt=3
    ${good}=    Publish Event    ${ORDERS}
    ...    {"type": "OrderPlaced", "orderId": 42, "lines": [{"sku": "P-7"}, {"sku": "P-8"}], "note": "gift"}
    ...    key=k-42    headers=${headers}
    ${event}=    Publish Broken Event    ${ORDERS}    ${good}    kind=too long
    Event Field Should Be    ${event}    $.note    giftttttttt
    Event Field Should Be    ${event}    $.orderId    42
    Should Be Equal    ${event.key} ${event.headers.attempt}    k-42 3
    ${event}=    Publish Broken Event    ${ORDERS}    ${good}    kind=missing field    field=$.lines[0].sku
    Event Field Should Not Exist    ${event}    $.lines[0].sku
    Event Field Should Be    ${event}    $.lines[1].sku    P-8

What The Contract Allows Is No Fault
    Run Keyword And Expect Error
    ...    No broken event (null at $.note) could be made of OrderPlaced, OrderCancelled*
    ...    Publish Broken Event
    ...    ${ORDERS}
    ...    kind=null
    ...    field=$.note
    Run Keyword And Expect Error    *The kinds there are *below minimum*
    ...    Publish Broken Event    ${ORDERS}    kind=too long    field=$.orderId
    Run Keyword And Expect Error    *That kind is for $.orderId, $.total, headers.attempt.
    ...    Publish Broken Event    ${ORDERS}    kind=below minimum    field=$.note
    Run Keyword And Expect Error    *Did you mean '$.orderId'?
    ...    Publish Broken Event    ${ORDERS}    kind=below minimum    field=$.orderid
    Run Keyword And Expect Error    kind=below minimum: the event is not valid to begin with.\n*
    ...    Publish Broken Event    ${ORDERS}    {"orderId": "x"}    kind=below minimum
    Run Keyword And Expect Error    No broken event could be made of Anything.*No valid event of 'Anything' was found*
    ...    Get Broken Events    Anything    topic=${ANYTHING}
    Run Keyword And Expect Error    kind= is not a kind of valid event: 'at minimm'. Did you mean 'at minimum'*
    ...    Get Valid Events    OrderPlaced    topic=${ORDERS}    kind=at minimm

What Was Made Is Published As It Is
    ${valid}=    Get Valid Events    OrderPlaced    topic=${ORDERS}    kind=at minimum    field=$.orderId
    ${broken}=    Get Broken Events    OrderPlaced    topic=${ORDERS}    kind=below minimum    field=$.orderId
    Run Keyword And Expect Error    The event 'at minimum $.orderId' is valid. 'Publish Example' publishes it.
    ...    Publish Broken Event    ${ORDERS}    ${valid}[0]
    Run Keyword And Expect Error    The event 'below minimum $.orderId' is broken. 'Publish Broken Event' publishes it.
    ...    Publish Example    ${broken}[0]
    Run Keyword And Expect Error    *is complete: give nothing else beside it.
    ...    Publish Example    ${valid}[0]    key=k-9
    Run Keyword And Expect Error    *is broken already: give only the topic beside it.
    ...    Publish Broken Event    ${ORDERS}    ${broken}[0]    kind=cut
    Run Keyword And Expect Error    *was made for '${ORDERS}', not for 'elsewhere'.
    ...    Publish Broken Event    elsewhere    ${broken}[0]

Avro Of A Contract
    ${event}=    Publish Broken Event    ${PAID}    kind=unknown enum
    Run Keyword And Expect Error    Event ${event.topic}*    Event Should Match Contract    ${event}
    ${events}=    Get Broken Events    OrderPaid    topic=${PAID}
    VAR    ${names}    ${{ [str(one) for one in $events] }}
    FOR    ${name}    IN    above maximum $.orderId    unknown enum $.way    unknown branch $.note    cut
        List Should Contain Value    ${names}    ${name}
    END
    ${events}=    Get Valid Events    OrderPaid    topic=${PAID}
    FOR    ${one}    IN    @{events}
        ${event}=    Publish Example    ${one}
        Event Should Match Contract    ${event}
    END

A Schema Is Enough
    ${topic}=    New Topic
    VAR    ${schema}    {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "maximum": 9}}}
    ${event}=    Publish Broken Event    ${topic}    {"n": 5}    kind=above maximum    schema=${schema}
    Event Field Should Be    ${event}    $.n    10
    Set Topic Format    ${topic}    value=json-schema    schema=${schema}
    ${event}=    Publish Broken Event    ${topic}    kind=fraction
    Event Field Should Be    ${event}    $.n    9.5
    ${events}=    Get Broken Events    ${topic}    kind=above maximum
    Should Be Equal    ${events[0].value.n}    ${10}

Without A Contract Or A Schema Nothing Is Proved
    ${topic}=    New Topic
    Run Keyword And Expect Error
    ...    kind=below minimum is made of a contract or a schema, and there is none for '${topic}'.*
    ...    Publish Broken Event
    ...    ${topic}
    ...    {"n": 5}
    ...    kind=below minimum
    Run Keyword And Expect Error    There is no event to break: no contract describes '${topic}'*
    ...    Publish Broken Event    ${topic}    kind=cut
    Run Keyword And Expect Error    Give kind=*    Publish Broken Event    ${topic}    {"n": 5}
    Run Keyword And Expect Error    No contract has a message or a topic '${topic}'*
    ...    Get Broken Events    ${topic}


*** Keywords ***
Read The Contract
    VAR    ${run}    ${{ uuid.uuid4().hex[:8] }}
    VAR    ${ORDERS}    made.${run}    scope=SUITE
    VAR    ${PAID}    paid.${run}    scope=SUITE
    VAR    ${ANYTHING}    anything.${run}    scope=SUITE
    Create Topic    ${ORDERS}
    Create Topic    ${PAID}
    Load Contract    documents/made.yaml
