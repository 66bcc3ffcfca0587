*** Settings ***
Documentation    An example of a contract is published as its topic writes it, and refused where it is not right.

Library          Collections
Library          OperatingSystem
Resource         resources/kafka.resource

Suite Setup      Read The Contract


*** Test Cases ***
A Message's First Example Is Published
    ${event}=    Publish Example    OrderPlaced    topic=${TOPIC}
    Should Be Equal    ${event.value}    ${{ {'orderId': 1, 'lines': [{'sku': 'P-7'}]} }}
    Should Be Equal    ${event.headers.attempt}    1
    Should Be Equal    ${event.key}    k-1
    Event Should Match Contract    ${event}    as_message=OrderPlaced
    Wait For Event    ${TOPIC}    orderId == 1

A Named Example With Fields, Key And Headers Of The Test
    VAR    &{headers}    attempt=7    source=web
    ${event}=    Publish Example    ${TOPIC}    example=large    orderId=44    lines[1].sku=Q-1    key=k-44
    ...    headers=${headers}
    Should Be Equal    ${event.value.orderId}    ${44}
    Should Be Equal    ${event.value.lines[1].sku}    Q-1
    Should Be Equal    ${event.key}    k-44
    Should Be Equal    ${event.headers}    ${{ {'attempt': '7', 'source': 'web'} }}

The Next Test Has The Example As It Stands In The Contract
    ${event}=    Publish Example    ${TOPIC}    example=large
    Should Be Equal    ${event.value.lines[1].sku}    P-9

A Schema's Example Stands For One Of The Message
    ${event}=    Publish Example    OrderPaid    topic=${TOPIC}
    Should Be Equal    ${event.value}    ${{ {'paid': 9.5} }}

What The Contract Does Not Have Is Refused
    Run Keyword And Expect Error    No contract has a message or a topic 'OrderPlacd'. Did you mean 'OrderPlaced'*
    ...    Publish Example    OrderPlacd
    Run Keyword And Expect Error    *no example 'lage' of 'OrderPlaced'. Did you mean 'large'?*
    ...    Publish Example    OrderPlaced    example=lage    topic=${TOPIC}
    Run Keyword And Expect Error    The example has no field 'orderid': *Did you mean 'orderId'?
    ...    Publish Example    ${TOPIC}    example=large    orderid=1
    Run Keyword And Expect Error    Several messages for '${TOPIC}' have examples: OrderPlaced, OrderPaid.*
    ...    Publish Example    ${TOPIC}
    Run Keyword And Expect Error    The message 'OrderPlaced' is for no topic of one name*
    ...    Publish Example    OrderPlaced

What Is Not As The Contract Asks Is Not Published
    VAR    ${expected}    SEPARATOR=\n
    ...    The example 'wrong' is not what the contract 'examples.yaml' asks, and is not published:
    ...    ${SPACE * 4}$.orderId was one (text), and should be a whole number
    ...    The contract describes 'OrderPlaced' at examples.yaml:6 #/channels/orders/messages/OrderPlaced, *
    Run Keyword And Expect Error    ${expected}    Publish Example    ${TOPIC}    example=wrong
    Run Keyword And Expect Error    *headers.attempt was 0*
    ...    Publish Example    ${TOPIC}    example=large    headers={"attempt": 0}
    No Event Should Arrive    ${TOPIC}    within=200 ms


*** Keywords ***
Read The Contract
    VAR    ${TOPIC}    orders.${{ uuid.uuid4().hex[:8] }}    scope=SUITE
    Create Topic    ${TOPIC}
    Load Contract    documents/examples.yaml
