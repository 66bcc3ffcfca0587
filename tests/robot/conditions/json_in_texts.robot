*** Settings ***
Documentation    Texts that are JSON, as outbox tables, gateways and log shippers send it: paths go on in them,
...              and objects and lists equal them.

Resource         resources/conditions.resource

Suite Setup      Prepare A Topic Of The Suite


*** Variables ***
${ANSWER}    {"res": "{\\"status\\": 200, \\"items\\": [{\\"sku\\": \\"Käse\\", \\"n\\": 1.10}]}", "n": 1}
${TWICE}     "{\\"orderId\\": 42, \\"tags\\": [\\"new\\"]}"
${AGAIN}     {"a": "{\\"b\\": \\"{\\\\\\"c\\\\\\": 18446744073709551617}\\"}"}


*** Test Cases ***
A Path Goes On In A Text
    [Template]    Should Hold
    ${ANSWER}    res.status == 200
    ${ANSWER}    $.res.status    ==    ${200}
    ${ANSWER}    res.status in 200, 201
    ${ANSWER}    res.status > 199
    ${ANSWER}    res.items[0].sku == Käse
    ${ANSWER}    res.items[*].n == 1.1
    ${ANSWER}    res.items[-1].sku contains äs
    ${ANSWER}    res.status exists    res.code does not exist
    ${AGAIN}    a.b.c == 18446744073709551617

So Does One With A Filter, A Slice Or A Descent
    [Template]    Should Hold
    ${ANSWER}    $..sku == Käse
    ${ANSWER}    res.items[0:1].n < 2
    ${ANSWER}    $.res.items[?(@.n > 0)].sku == Käse

The Whole Value May Be Such A Text
    [Template]    Should Hold
    ${TWICE}    orderId == 42
    ${TWICE}    $.tags[0] == new
    ${TWICE}    value == {"tags": ["new"], "orderId": 42}
    ${TWICE}    $..orderId == 42

An Object Or A List Equals The Text That Is Its JSON
    [Template]    Should Hold
    {"doc": "{\\"a\\": 1, \\"b\\": [true]}"}    doc == {"b":[true],"a":1.0}
    {"doc": "{\\"a\\": 1, \\"b\\": [true]}"}    doc    ==    ${{ {'a': 1, 'b': [True]} }}
    {"doc": "[1, 2]"}    doc == [1,2]
    {"doc": "[1, 2]"}    doc    ==    ${{ [1, 2] }}
    {"doc": "[1, 2]"}    doc    in    ${{ [[1, 2], [3]] }}
    {"o": {"doc": "{\\"a\\": 1}"}}    o == {"doc": {"a": 1}}
    {"docs": ["{\\"a\\": 1}"]}    docs contains {"a":1}

What Differs Does So In A Text
    [Template]    Should Not Hold
    ${ANSWER}    res.status == 404
    ${ANSWER}    res.status != 200
    ${ANSWER}    res.status does not exist
    ${AGAIN}    a.b.c == 18446744073709551616
    {"doc": "{\\"a\\": 1}"}    doc == {"a": 2}
    {"doc": "{\\"a\\": 1}"}    doc != {"a":1}
    {"doc": "{\\"a\\": 1"}    doc.a == 1
    {"status": 500, "res": "{\\"status\\": 200}"}    status == 200

Where Types Count A Text Is A Text
    Should Not Hold Strictly    ${ANSWER}    res.status == 200
    Should Not Hold Strictly    ${TWICE}    orderId == 42
    Should Not Hold Strictly    {"doc": "{\\"a\\": 1}"}    doc == {"a": 1}
    Should Hold Strictly    ${ANSWER}    res.status does not exist

A Key Is Compared By What It Says
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}    key={"id":10}
    Event Should Match    ${event}    key == {"id": 10}    key.id == 10
    Event Key Should Be    ${event}    ${{ {'id': 10} }}
    Run Keyword And Expect Error    *    Event Should Match    ${event}    key == {"id": 10}    strict=True
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}    key="42"
    Event Should Match    ${event}    key == 42    key in 41, 42    key > 41    key ^= 4    key == ""42""
    Event Key Should Be    ${event}    42
    Run Keyword And Expect Error    *    Event Should Match    ${event}    key != 42
    Run Keyword And Expect Error    *    Event Should Match    ${event}    key == 42    strict=True

A Field In A Text Is Given
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    ${ANSWER}
    ${status}=    Get Event Field    ${event}    res.status
    Should Be Equal    ${status}    ${200}
    ${number}=    Get Event Field    ${event}    res.items[0].n
    Should Be Equal    ${number}    ${1.1}
    ${item}=    Get Event Field    ${event}    res.items[0]
    Should Be Equal    ${item.sku}    Käse
    Run Keyword And Expect Error    *    Get Event Field    ${event}    res.status    ==    200    strict=True

A Field In A Text Is Checked
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    ${ANSWER}
    Event Field Should Be    ${event}    res.status    200
    Event Field Should Not Be    ${event}    res.status    404
    Event Field Should Exist    ${event}    res.items
    Event Field Should Not Exist    ${event}    res.code
    Event Should Be Like    ${event}    {"res": {"status": "#number", "items": [{"sku": "Käse"}]}, "n": 1}
    Run Keyword And Expect Error    *$.res.status*was 200*404*$.res is JSON in a text*
    ...    Event Should Be Like    ${event}    {"res": {"status": 404}}
    Run Keyword And Expect Error    *    Event Should Be Like    ${event}    {"res": {"status": 200}}    strict=True

Among Many Events The One Is Found
    [Documentation]    So many that they are looked at before they become events, by their bytes first.
    ${topic}=    New Watched Topic
    Another Client Publishes Numbers    ${topic}    500
    Another Client Publishes
    ...    ${topic}
    ...    {"res": "{\\"name\\": \\"K\\\\u00e4se\\", \\"id\\": 47110815}"}
    ...    "\\"{\\\\\\"name\\\\\\": \\\\\\"Br\\\\\\\\u00f6tchen\\\\\\"}\\""
    Another Client Publishes Numbers    ${topic}    500
    Wait For Event    ${topic}    res.name == Käse
    Wait For Event    ${topic}    res.id == 47110815
    Wait For Event    ${topic}    res.id >= 47110815
    Wait For Event    ${topic}    name == Brötchen
    Wait For Event    ${topic}    $..name ^= Bröt
    Event Count Should Be    ${topic}    1    res.id == 47110815    within=0.1 s

A Failure Says What Was Read In A Text
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${ANSWER}
    Run Keyword And Expect Error    *$.res.status was 200 ($.res is JSON in a text)*
    ...    Wait For Event    ${topic}    res.status == 404    timeout=0.2 s
    Run Keyword And Expect Error    *$.status is missing (there is $.res.status)*
    ...    Wait For Event    ${topic}    status == 200    timeout=0.2 s
    Run Keyword And Expect Error    *$.res.stat is missing (there is status; $.res is JSON in a text)*
    ...    Wait For Event    ${topic}    res.stat == 200    timeout=0.2 s
    Run Keyword And Expect Error    *strict=True looks into none*
    ...    Wait For Event    ${topic}    res.status == 200    timeout=0.2 s    strict=True
    Run Keyword And Expect Error    *unexpected event*$.res is JSON in a text*
    ...    No Event Should Arrive    ${topic}    res.status == 200    within=0.1 s
