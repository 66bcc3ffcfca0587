*** Settings ***
Documentation    What hardly means what it says is refused, or told in a failure where the import says so.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients And An Event


*** Test Cases ***
A Misspelt Argument Does Not Make A Negative Pass
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"status": "REJECTED"}
    Run Keyword And Expect Error    *within*
    ...    No Event Should Arrive    ${topic}    status == REJECTED    witin=0.3 s
    Run Keyword And Expect Error
    ...    *status == REJECTED*
    ...    No Event Should Arrive
    ...    ${topic}
    ...    status=REJECTED
    ...    within=0 s

A Condition That Hardly Means What It Says Does Not Make A Negative Pass
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"status": "REJECTED", "orderId": 9, "amount": 10.5}
    FOR    ${condition}    IN
    ...    status == 'REJECTED'
    ...    orderId == 9 and status == REJECTED
    ...    9 == orderId
    ...    amount > 9,99
        Run Keyword And Expect Error    *rite `*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0 s
    END

A Hint Does Not Make A Negative Pass
    [Documentation]    Whoever does what the refusal says is told that the event is there.
    [Template]    The Slip Is Refused, And What It Leads To Finds The Event
    status does not match NE.    status not matches NE.
    status not starts with NE    status not ^= NE
    status is not in NEW, SENT    status not in NEW, SENT
    status != matches NE.    status not matches NE.
    status == == PAID    status == PAID
    status contains contains PAI    status contains PAI
    total > = 3    total >= 3

A Hint From Another Language Does Not Make A Negative Pass
    [Template]    The Slip Is Refused, And What It Leads To Finds The Event
    status like PA%    status ^= PA
    status in (PAID, NEW)    $.status in PAID, NEW
    status matches /pa.d/i    $.status matches (?i)pa.d
    length(items) == 2    items length == 2
    items has length 2    items length == 2

A Condition That No Event Could Meet Fails A Negative Where The Import Says So
    [Template]    It Is Told In A Failure
    header.source == web    Did you mean `headers.source`?
    headers.Source == web    Did you mean `headers.source`?
    payload.status == PAID    Did you mean `$.status`?
    $.value.status == PAID    Did you mean `$.status`?
    items.length == 2    Did you mean `$.items length == 2`?
    customerNumber == 42    has no $.customerNumber
    status == paid    only in case
    status matches PA%    `PATH ^= A`
    total == 9.50 EUR    how the number is written
    key == 07    how the number is written

A Match By What Is Overlooked Fails Where The Import Says So
    Run Keyword And Expect Error    *only in case*
    ...    Doubting.Wait For Event    ${TOPIC_WITH_AN_EVENT}    status != paid    since=suite start
    Doubting.Wait For Event    ${TOPIC_WITH_AN_EVENT}    status != NEW    since=suite start
    Doubting.No Event Should Arrive    ${TOPIC_WITH_AN_EVENT}    status == NEW    within=0 s    since=suite start
    Doubting.No Event Should Arrive
    ...    ${TOPIC_WITH_AN_EVENT}
    ...    refund exists
    ...    refund.id == 7
    ...    within=0 s
    ...    since=suite start

A Secret Inside A Text Is Not Compared
    [Documentation]    Robot itself writes <secret> into the cell.
    ${topic}=    New Watched Topic
    ${password}=    Secret    hunter2
    Another Client Publishes    ${topic}    {"user": "ada", "password": "hunter2"}
    VAR    &{fields}    password=Bearer ${password}
    VAR    &{held}    password=${password}
    FOR    ${condition}    IN    value contains ${password}    password == ${password}    ${fields}    ${held}
        Run Keyword And Expect Error    *SECRET.value*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0 s
    END
    Run Keyword And Expect Error    An unexpected event on*matched*
    ...    No Event Should Arrive    ${topic}    password == ${password.value}    within=0 s

A Secret Inside A Text Is Not Published As Another Text
    ${topic}=    New Watched Topic
    ${password}=    Secret    hunter2
    VAR    &{fields}    password=Bearer ${password}
    VAR    &{held}    password=${password}
    FOR    ${value}    IN    {"password": "${password}"}    Bearer ${password}    ${fields}    ${held}
        Run Keyword And Expect Error    *SECRET.value*    Publish Event    ${topic}    ${value}
    END
    Run Keyword And Expect Error    *SECRET.value*    Publish Event    ${topic}    {}    key=k-${password}
    Run Keyword And Expect Error    *SECRET.value*    Publish Event    ${topic}    {}    headers=${fields}
    No Event Should Arrive    ${topic}    within=0 s    missing_ok=True

What Robot Writes For A Secret Is Sent And Found As Bytes
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    ${{ b'{"note": "<secret>"}' }}
    Wait For Event    ${topic}    note    ==    ${{ b'<secret>' }}

A Misspelt Name Does Not Become A Value
    ${topic}=    New Watched Topic
    Run Keyword And Expect Error    *has no argument 'kye'. Did you mean 'key'?*
    ...    Publish Event    ${topic}    {"status": "NEW"}    kye=1
    ${event}=    Publish Event    ${topic}    {"status": "NEW"}
    Run Keyword And Expect Error    *status*    Event Field Should Not Be    ${event}    status    expected=NEW


*** Keywords ***
Secret
    [Documentation]    Gives one that is shaped as Robot's own, which older versions of Robot don't have.
    [Arguments]    ${text}
    RETURN    ${{ type('Secret', (), {'value': $text, '__str__': lambda self: '<secret>'})() }}

Have An Event To Be Found
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    KafkaLibrary
    ${topic}=    New Watched Topic
    VAR    &{headers}    source=web
    Doubting.Publish Event    ${topic}    {"status": "PAID", "total": 9.5, "items": [1, 2]}    key=7
    ...    headers=${headers}
    VAR    ${TOPIC_WITH_AN_EVENT}    ${topic}    scope=SUITE

The Slip Is Refused, And What It Leads To Finds The Event
    [Arguments]    ${slip}    ${meant}
    Run Keyword And Expect Error    *rite `${meant}`*
    ...    Doubting.No Event Should Arrive    ${TOPIC_WITH_AN_EVENT}    ${slip}    within=0 s    since=suite start
    Run Keyword And Expect Error    An unexpected event on*matched*
    ...    Doubting.No Event Should Arrive    ${TOPIC_WITH_AN_EVENT}    ${meant}    within=0 s    since=suite start

It Is Told In A Failure
    [Arguments]    ${condition}    ${told}
    Run Keyword And Expect Error    *${told}*
    ...    Doubting.No Event Should Arrive    ${TOPIC_WITH_AN_EVENT}    ${condition}    within=0 s    since=suite start

Meet Other Clients And An Event
    Meet Other Clients
    Have An Event To Be Found
