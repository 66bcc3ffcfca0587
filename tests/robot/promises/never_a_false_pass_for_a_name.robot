*** Settings ***
Documentation    A name that is written otherwise in the event, and a date that is, make nothing pass unseen.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients And An Event


*** Test Cases ***
A Field Named Like A Part Of The Event Is Told To A Negative
    [Template]    A Negative Is Doubted
    value == 5    Did you mean `$.value`?
    key == a    Did you mean `$.key`?
    topic == b    Did you mean `$.topic`?
    offset == 77    Did you mean `$.offset`?
    timestamp == 2020-01-01T00:00:00Z    Did you mean `$.timestamp`?

A Field Named Like A Part Of The Event Is Told To A Wait
    Run Keyword And Expect Error    *the field $.value meets it*
    ...    Doubting.Wait For Event    ${EVENT.topic}    value == 5    timeout=0 s    since=suite start
    Run Keyword And Expect Error    *the field $.key meets it*
    ...    Doubting.Event Field Should Be    ${EVENT}    key    a
    Run Keyword And Expect Error    *Did you mean `$.value`?*
    ...    Doubting.Event Field Should Not Be    ${EVENT}    value    5
    Doubting.No Event Should Arrive    ${EVENT.topic}    key == a    strict=True    within=0 s    since=suite start

A Negative Is Doubted Below The Top
    [Template]    A Negative Is Doubted
    $..SKU == P-7    Did you mean `$..sku`?
    $.lines[?(@.SKU == "P-7")] exists    Did you mean `$.lines[?(@.sku == "P-7")]`?
    ${{ {"customer": {"name": "ada lovelace"}} }}    only in case
    ${{ {"customer": {"Name": "Ada Lovelace"}} }}    only in case

A Field That Does Not Exist Under This Name Alone Is Doubted
    [Template]    Its Absence Is Doubted
    Status    $.status
    order_id    $.orderId
    payload.status    $.status
    Customer.name    $.customer.name
    headers.Source    headers.source
    $.lines[?(@.SKU=='P-7')]    $.lines[?(@.sku=='P-7')]

A Field That Is Missing Under Any Name Is Not Doubted
    FOR    ${path}    IN    note    errors    customer.status    headers.target    lines[5].sku
        Doubting.Event Field Should Not Exist    ${EVENT}    ${path}
        Doubting.Wait For Event    ${EVENT.topic}    ${path} does not exist    since=suite start
    END
    Doubting.Event Should Match    ${EVENT}    order_id does not exist    orderId exists
    Doubting.Event Should Be Like    ${EVENT}    {"note": "##string", "status": "#? != NEW"}

A Likeness That Nothing Could Break Is Doubted
    [Template]    A Likeness Is Doubted
    {"Status": "#notpresent"}    there is $.status
    {"orderID": "##number"}    there is $.orderId
    {"customer": {"Name": "##string"}}    there is $.customer.name
    {"status": "#? != paid"}    only in case

A Date In Another Form Has No Order
    FOR    ${condition}    IN
    ...    at > 01.05.2027
    ...    at < 31.05.2030
    ...    at > 05/01/2020
    ...    at > May 1, 2020
        Run Keyword And Expect Error    *ISO 8601*    Event Should Match    ${EVENT}    ${condition}
    END
    Run Keyword And Expect Error    *is not a time*    Event Should Match    ${EVENT}    at > now
    Run Keyword And Expect Error    *ISO 8601*    Event Should Be Like    ${EVENT}    {"at": "#? > 01.05.2020"}

A Date In Another Form Decides Nothing Beside One In ISO 8601
    FOR    ${condition}    IN    at > 09:00    at != 01.05.2026    at > 2020/01/01    at == 01.05.2026    at < 5 pm
        Run Keyword And Expect Error    *could not be judged*    Event Should Match    ${EVENT}    ${condition}
        Run Keyword And Expect Error    *could not be judged*
        ...    Doubting.No Event Should Arrive    ${EVENT.topic}    ${condition}    within=0 s    since=suite start
    END
    Doubting.Event Should Match    ${EVENT}    at > 2026-04    at < 2026-05-02    at != 2026-05-02


*** Keywords ***
Meet Other Clients And An Event
    Meet Other Clients
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    KafkaLibrary
    ${topic}=    New Watched Topic
    VAR    ${parts}    "value": 5, "key": "a", "topic": "b", "offset": 77, "timestamp": "2020-01-01T00:00:00Z"
    VAR    ${names}    "status": "PAID", "orderId": 7, "customer": {"name": "Ada Lovelace"}, "lines": [{"sku": "P-7"}]
    VAR    &{headers}    source=web
    ${event}=    Doubting.Publish Event
    ...    ${topic}
    ...    {${parts}, ${names}, "at": "2026-05-01"}
    ...    key=7
    ...    headers=${headers}
    VAR    ${EVENT}    ${event}    scope=SUITE

A Negative Is Doubted
    [Arguments]    ${condition}    ${told}
    ${pattern}=    Evaluate    re.escape($told)
    Run Keyword And Expect Error    REGEXP:(?s).*${pattern}.*
    ...    Doubting.No Event Should Arrive    ${EVENT.topic}    ${condition}    within=0 s    since=suite start

Its Absence Is Doubted
    [Arguments]    ${path}    ${meant}
    ${pattern}=    Evaluate    re.escape("there is " + $meant)
    Run Keyword And Expect Error    REGEXP:(?s).*${pattern}.*
    ...    Doubting.Event Field Should Not Exist    ${EVENT}    ${path}
    Run Keyword And Expect Error    REGEXP:(?s).*${pattern}.*
    ...    Doubting.Wait For Event    ${EVENT.topic}    ${path} does not exist    since=suite start

A Likeness Is Doubted
    [Arguments]    ${expected}    ${told}
    Run Keyword And Expect Error    *${told}*    Doubting.Event Should Be Like    ${EVENT}    ${expected}
