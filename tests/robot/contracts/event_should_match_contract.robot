*** Settings ***
Documentation    An event is checked against the messages that a contract, an AsyncAPI document, has for its topic.

Library          OperatingSystem
Resource         resources/kafka.resource

Suite Setup      Read The Contract


*** Variables ***
&{HEADERS}    attempt=1


*** Test Cases ***
An Event That Is A Message Of The Contract
    ${event}=    An Order    {"orderId": 42, "status": "NEW", "lines": [{"sku": "P-7"}]}
    Event Should Match Contract    ${event}
    Event Should Match Contract    ${event}    as_message=OrderPlaced    channel=orders    contract=orders.yaml
    ${event}=    Publish Event    ${TOPIC}    {"orderId": 42, "paid": 9.5}
    Event Should Match Contract    ${event}

What It Lacks Of Each Message Is Told, The Nearest First
    ${event}=    An Order    {"orderId": 42, "status": "NOW", "lines": [{"sku": "7"}]}
    VAR    ${expected}    SEPARATOR=\n
    ...    Event ${TOPIC}*@? (key "42") matches no message of the contract 'orders.yaml':
    ...    ${SPACE * 4}'OrderPlaced' is not met in 2 places:
    ...    ${SPACE * 8}$.lines[[]0].sku was "7" (text), and should match ^[[]A-Z]-[[]0-9]+$
    ...    ${SPACE * 8}$.status was NOW (text), and should be one of NEW, SENT
    ...    ${SPACE * 4}'OrderPaid' is not met in 3 places:
    ...    ${SPACE * 8}$.lines should not be there; it was [[]{"sku": "7"}]
    ...    ${SPACE * 8}$.paid is missing
    ...    ${SPACE * 8}$.status should not be there; it was NOW
    ...    The contract describes 'OrderPlaced' at orders.yaml:11 #/channels/orders/messages/OrderPlaced.
    ...    Its value is {"orderId": 42, "status": "NOW", "lines": [[]{"sku": "7"}]}
    Run Keyword And Expect Error    ${expected}    Event Should Match Contract    ${event}

A Key And Headers Are Checked As The Types That Are Asked
    ${event}=    An Order    {"orderId": 42, "status": "NEW"}    key=forty-two
    Run Keyword And Expect Error    *key was forty-two (text), and should be a whole number*
    ...    Event Should Match Contract    ${event}    as_message=OrderPlaced
    ${event}=    Publish Event    ${TOPIC}    {"orderId": 42, "status": "NEW"}
    Run Keyword And Expect Error    *the key is missing*headers.attempt is missing*
    ...    Event Should Match Contract    ${event}
    VAR    &{headers}    attempt=0
    ${event}=    Publish Event    ${TOPIC}    {"orderId": 42, "status": "NEW"}    key=42    headers=${headers}
    Run Keyword And Expect Error
    ...    *headers.attempt was 0 (number), and should be 1 or more*Its headers are: attempt="0".*
    ...    Event Should Match Contract
    ...    ${event}

A Header Tells Which Message Is Meant
    [Documentation]    The event fits another message, and says that it is this one.
    VAR    &{headers}    __TypeId__=com.shop.OrderPlaced
    ${event}=    Publish Event    ${TOPIC}    {"orderId": 42, "paid": 1}    headers=${headers}
    Run Keyword And Expect Error
    ...    *does not match*'OrderPlaced'*Its header __TypeId__ says that it is 'com.shop.OrderPlaced'.*
    ...    Event Should Match Contract
    ...    ${event}
    Event Should Match Contract    ${event}    as_message=OrderPaid

A Tombstone And What Is No JSON Match Nothing That Asks For An Object
    ${tombstone}=    Publish Tombstone    ${TOPIC}    key=42
    ${text}=    Publish Event    ${TOPIC}    not JSON    format=text
    FOR    ${event}    IN    ${tombstone}    ${text}
        Run Keyword And Expect Error    *matches no message of the contract*    Event Should Match Contract    ${event}
    END

A Topic That The Contract Does Not Have
    ${other}=    New Topic
    ${event}=    Publish Event    ${other}    {"orderId": 42}
    Run Keyword And Expect Error    *matches no contract: no channel of *'orders.yaml' is about '${other}'*
    ...    Event Should Match Contract    ${event}
    Run Keyword And Expect Error    The topic 'orderz' is in no contract: *The topics there are: *orders.{run}*
    ...    Topic Should Be In Contract    orderz
    Topic Should Be In Contract    ${TOPIC}
    Event Should Match Contract    ${GOOD}    channel=orders

Names That The Contract Does Not Have Are Refused
    Run Keyword And Expect Error
    ...    *has no message 'OrderPayed' for the topic*Did you mean 'OrderPlaced' or 'OrderPaid'*
    ...    Event Should Match Contract
    ...    ${GOOD}
    ...    as_message=OrderPayed
    Run Keyword And Expect Error    No contract has a channel 'order'. Did you mean 'orders'?
    ...    Event Should Match Contract    ${GOOD}    channel=order
    Run Keyword And Expect Error    There is no contract 'order.yaml'. Did you mean 'orders.yaml'?*
    ...    Event Should Match Contract    ${GOOD}    contract=order.yaml

A Contract That Can Not Be Read Is Refused
    Run Keyword And Expect Error    There is no file for the contract at *    Load Contract    nowhere.yaml
    Create File    ${OUTPUT_DIR}/contracts/openapi.yaml    openapi: 3.0.0
    Run Keyword And Expect Error    *is not an AsyncAPI document*one of OpenAPI.
    ...    Load Contract    ${OUTPUT_DIR}/contracts/openapi.yaml

A Channel Without An Address Is Given A Topic
    Create File    ${OUTPUT_DIR}/contracts/null.yaml
    ...    asyncapi: 3.0.0\nchannels: {orders: {address: null, messages: {Any: {payload: {type: integer}}}}}
    Load Contract    ${OUTPUT_DIR}/contracts/null.yaml    alias=null    topics=orders.null
    Topic Should Be In Contract    orders.null    contract=null
    VAR    &{topics}    orders=orders.other
    Load Contract    ${OUTPUT_DIR}/contracts/null.yaml    alias=null    topics=${topics}
    Topic Should Be In Contract    orders.other    contract=null
    Run Keyword And Expect Error    *is in no contract*    Topic Should Be In Contract    orders.null    contract=null

A Discriminator Tells Which Branch An Event Has To Fit
    [Documentation]    What is cancelled without a reason fits the other branch, which asks less.
    VAR    ${topic}    branches.${{ uuid.uuid4().hex[:8] }}
    Create Topic    ${topic}
    Load Contract    documents/branches.yaml
    ${event}=    Publish Event    ${topic}    {"type": "Cancelled", "orderId": 42, "reason": "late"}
    Event Should Match Contract    ${event}    contract=branches.yaml
    ${event}=    Publish Event    ${topic}    {"type": "Cancelled", "orderId": 42}
    Run Keyword And Expect Error    *$.reason is missing*
    ...    Event Should Match Contract    ${event}    contract=branches.yaml
    ${event}=    Publish Event    ${topic}    {"type": "Lost", "orderId": 42}
    Run Keyword And Expect Error
    ...    *$.type was Lost*
    ...    Event Should Match Contract
    ...    ${event}
    ...    contract=branches.yaml


*** Keywords ***
Read The Contract
    VAR    ${TOPIC}    orders.${{ uuid.uuid4().hex[:8] }}    scope=SUITE
    Create Topic    ${TOPIC}
    ${contract}=    Load Contract    documents/orders.yaml
    Length Should Be    ${contract.gaps}    2
    ${good}=    An Order    {"orderId": 42, "status": "NEW"}
    VAR    ${GOOD}    ${good}    scope=SUITE

An Order
    [Arguments]    ${value}    ${key}=42
    ${event}=    Publish Event    ${TOPIC}    ${value}    key=${key}    headers=${HEADERS}
    RETURN    ${event}
