*** Settings ***
Documentation    What can be read and was hardly meant: a variable without a value, a backslash that Robot removed,
...              several values in one text. A negative tells it, a failed wait begins with it.

Resource         resources/kafka.resource

Suite Setup      Have An Event To Be Found


*** Variables ***
${NOTHING}     ${None}
@{NOTHINGS}    ${None}    NEW


*** Test Cases ***
A Variable Without A Value Does Not Make A Negative Pass
    [Template]    A Negative Tells
    a variable without a value    id == ${NOTHING}
    a variable without a value    id    ==    ${NOTHING}
    a variable without a value    id == ${EMPTY}
    a variable without a value    id    ==    ${EMPTY}
    a variable without a value    status in NEW, ${NOTHING}
    a variable without a value    status    in    ${NOTHINGS}
    a variable without a value    status contains ${NOTHING}
    a variable without a value    key == ${NOTHING}
    a variable without a value    key == order-${NOTHING}

A Variable Without A Value Does Not Make A Wait Pass
    [Template]    A Match Tells
    a variable without a value    status != ${EMPTY}
    a variable without a value    status    !=    ${EMPTY}
    a variable without a value    status != ${NOTHING}
    a variable without a value    status    !=    ${NOTHING}
    a variable without a value    status not in NEW, ${NOTHING}

An Argument Without A Value Is Refused
    Run Keyword And Expect Error    *For a field write `id == None`*
    ...    No Event Should Arrive    ${TOPIC}    id=${NOTHING}    within=0 s
    Run Keyword And Expect Error    *not a condition*
    ...    No Event Should Arrive    ${TOPIC}    ${NOTHING}    within=0 s
    Run Keyword And Expect Error    *not a condition*
    ...    No Event Should Arrive    ${TOPIC}    ${EMPTY}    within=0 s

A Backslash That Robot Removed Does Not Make A Negative Pass
    [Template]    A Negative Tells
    `$.code matches ^\\\\d{4}$`    code matches ^\d{4}$
    `$.code matches ^\\\\d+$`    code    matches    ^\d+$
    `$.name matches ^\\\\w+\\\\s\\\\w+$`    name matches ^\w+\s\w+$
    `$.name matches \\\\bAda\\\\b`    name matches \bAda\b
    `$.note contains "total (EUR)"`    note matches total \(EUR\)

A Pattern With Two Backslashes Finds The Event
    Run Keyword And Expect Error    An unexpected event*
    ...    Doubting.No Event Should Arrive    ${TOPIC}    code matches ^\\d{4}$    within=0 s    since=suite start
    A Match Tells    `$.code not matches ^\\\\d{4}$`    code not matches ^\d{4}$

Several Values In One Text Do Not Make A Negative Pass
    [Template]    A Negative Tells
    `$.id in 50, 51`    id == 50 or 51
    `$.id in 50, 51`    id == 50, 51
    `$.id in 50, 51`    id == [50, 51]
    `$.status in NEW, PAID`    status == NEW | PAID
    `$.status in NEW, PAID`    status == (NEW, PAID)
    `$.status in NEW, PAID`    status in NEW PAID
    `$.status matches NEW|PAI`    status contains NEW or PAI
    `$.tags contains new${SPACE*4}$.tags contains gift`    tags contains new and gift

A Text That Asks For Elements Of A List Does Not Make A Negative Pass
    [Template]    A Negative Tells
    `$.tags contains new${SPACE*4}$.tags contains old`    tags contains new, old
    `$.tags[*] in new, old`    tags contains new, old
    `$.tags[*] in new, old`    tags    contains    ${{ ['new', 'old'] }}
    `$.tags[*] ^= gi`    tags ^= gi
    `$.tags[*] matches ^gi`    tags matches ^gi

A Text That Asks For Elements Of A List Does Not Make A Wait Pass
    [Template]    A Match Tells
    `$.tags[*] not ^= gi`    tags not ^= gi
    `$.tags not contains new${SPACE*4}$.tags not contains old`    tags not contains new, old

A Marker And A Comment Do Not Make A Negative Pass
    [Documentation]    What Robot takes for a comment never comes here.
    [Template]    A Negative Tells
    ask with `Event Should Be Like`    id == \#number
    write `$.id exists`    id    ==    \#present
    a cell that begins with `#`    id    ==    # number

A Value As Code Has It Does Not Make A Negative Pass
    [Template]    A Negative Tells
    `$.status in PAID, NEW`    status in b'PAID', b'NEW'
    `$.status contains PAI`    status contains b'PAI'

A Year Or Seconds Do Not Make A Negative Pass
    [Template]    A Negative Tells
    `$.createdAt < 1798761600000`    createdAt < 2027
    `$.createdAt < 1790000000000`    createdAt < 1790000000

A Year Or Seconds Do Not Make A Wait Pass
    A Match Tells    `$.createdAt > 1798761600000`    createdAt > 2027
    Run Keyword And Expect Error    *`2000-01-01`*`$.timestamp`*
    ...    No Event Should Arrive    ${TOPIC}    timestamp < 2000    within=0 s

What No Value Of The Kind Can Be Does Not Make A Negative Pass
    [Template]    A Negative Tells
    $.total is an object    total == 9.50
    Did you mean `$.total.amount == 9.5`?    total == 9.5
    Did you mean `$.tags contains gift`?    tags == gift
    Did you mean `$.tags length == 2`?    tags == 2
    $.id is a number    id == ORDER-50
    `$.active == true`    active == yes
    $.active is true or false    active == PAID
    is not a time    paidAt > now

A Part Of An Object Does Not Make A Negative Pass
    [Template]    A Negative Tells
    `$.total.amount == 9.5`    total == {"amount": 9.5}
    `$.total.amount == 9.5`    total in [{"amount": 9.5}]
    compares whole objects    items contains {"sku": "P-1"}
    `$.items[0].sku == P-1`    items == [{"sku": "P-1"}]
    compares whole objects    headers == {"source": "web"}

A Part Of An Object Does Not Make A Wait Pass
    [Template]    A Match Tells
    `$.total.amount != 9.5`    id == 50    total != {"amount": 9.5}
    compares whole objects    id == 50    items not contains {"sku": "P-1"}

A Filter By A Name That No Element Has Does Not Make A Negative Pass
    [Documentation]    Beside the event there is one without items, and one with none.
    [Template]    A Negative Tells
    $.items[?(@.qty > 1)].sku    $.items[?(@.qty > 1)].sku == P-1
    $.items[?(@.quantity > 1)].product    $.items[?(@.quantity > 1)].product == P-1
    $.items[?(@.quantity > 9)].product    $.items[?(@.quantity > 9)].product == P-1
    $.items is a list of objects    items contains P-1

A Filter By A Name That No Element Has Does Not Make An Absence Pass
    A Match Tells    No element has `qty`    id == 50    $.items[?(@.qty > 1)] does not exist
    ${event}=    Doubting.Wait For Event    ${TOPIC}    id == 50    since=suite start
    Run Keyword And Expect Error    *No element has `qty`, by which the filter picks: there are sku, quantity*
    ...    Doubting.Event Field Should Not Exist    ${event}    $.items[?(@.qty > 1)]
    Doubting.Event Field Should Not Exist    ${event}    $.items[?(@.quantity > 9)]

A Number Beside An Id And An Unreplaced Variable Do Not Make A Negative Pass
    [Template]    A Negative Tells
    write `key == order-50`    key == 50
    write `key == order-50`    key    ==    ${50}
    write `key ^= order-50`    key ^= 50
    after a backslash Robot replaces no variable    key == \${id}
    after a backslash Robot replaces no variable    key == order-\${id}
    if it had wildcards    tags[0] == n?w
    if it had wildcards    key == order-?0

A Number In Quotes In A Filter Does Not Make A Negative Pass
    [Template]    A Negative Tells
    `quantity` is a number there    $.items[?(@.quantity == '2')].sku == P-1
    `quantity` is a number there    $.items[?(@.quantity == '2')] exists

Two Values Of One Field And Other Zeros Do Not Make A Negative Pass
    [Template]    A Negative Tells
    write `$.status in NEW, PAID`    status == NEW    status == PAID
    write `$.price == 12.50`    price == 12.5
    not at its JSON    value contains "status":"PAID"

A Field In A List Does Not Make An Absence Pass
    ${event}=    Doubting.Wait For Event    ${TOPIC}    id == 50    since=suite start
    Run Keyword And Expect Error    *$.items[[]*].sku*
    ...    Doubting.Event Field Should Not Exist    ${event}    items.sku
    Doubting.Event Field Should Not Exist    ${event}    items.colour

A Name Or A Place That No Event Has Does Not Make A Negative Pass
    [Template]    A Negative Tells
    Did you mean `status`?    statuss == PAID    statuss exists
    Did you mean `status`?    statu == PAID    statu exists
    there is $.tags with 2 elements    tags[2] == gift
    Did you mean `$.tags[1]`?    tags.1 == gift
    The path comes first: `$.status == PAID`    PAID == status
    `$.status == PAID`    status == PAID.

A Failed Wait Begins With The Slip
    [Template]    A Failed Wait Tells
    Robot removes a single backslash    code matches ^\d{4}$
    Robot removes a single backslash    code matches ^\d{7}$
    a variable without a value    id == ${NOTHING}
    Several values are written `$.id in 50, 51`    id == 50 or 51
    No event could: $.total is an object    total == 9.50
    No event could: $.tags is a list    tags == gift

What Looks Like A Slip And Is None Passes
    [Documentation]    Here each doubt fails.
    [Template]    It Is Missed And Found Without A Doubt
    salt or pepper    note == salt or pepper
    a, b    note == a, b
    a | b    note == a | b
    ddx    note matches ^d{2}x
    d{4}    note contains d{4}
    None of them    note == None of them
    yes    note == yes
    Stop.    note == Stop.
    now    note == now
    \#number    note == \#number

A Mode May Be Called Any
    ${topic}=    New Watched Topic
    Doubting.Publish Event    ${topic}    {"mode": "fast", "createdAt": 1780000000000, "sizes": ["XXL"]}
    Doubting.Wait For Event    ${topic}    mode != any    createdAt > 2020
    Doubting.No Event Should Arrive    ${topic}    sizes contains XL    within=0 s
    Doubting.No Event Should Arrive    ${topic}    createdAt < 1770000000000    within=0 s

Null And The Empty Text Can Be Meant
    ${topic}=    New Watched Topic
    Doubting.Publish Event    ${topic}    {"id": 1, "refund": 5, "note": "x"}
    Doubting.No Event Should Arrive    ${topic}    refund == null    within=0 s
    Doubting.No Event Should Arrive    ${topic}    note == ""    within=0 s
    Doubting.Wait For Event    ${topic}    refund != null    note != ""
    Doubting.Publish Event    ${topic}    {"id": 2, "refund": null, "note": ""}
    Doubting.Wait For Event    ${topic}    refund    ==    ${None}    note == ${EMPTY}
    Doubting.No Event Should Arrive    ${topic}    id == 1    refund    ==    ${None}    within=0 s

A Search For A Password In A Whole Event
    [Documentation]    What an object contains are the names of its fields.
    [Template]    A Negative Tells
    ask `$..* contains Lovelace`    value contains Lovelace
    ask `$..* contains Lovelace`    $ contains Lovelace
    ask `$.total..* contains EUR`    total contains EUR


*** Keywords ***
Have An Event To Be Found
    Import Library    KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    doubts=fail    AS    Doubting
    Set Library Search Order    KafkaLibrary
    ${topic}=    New Watched Topic
    Doubting.Publish Event    ${topic}    {"id": 51}    key=order-51
    Doubting.Publish Event    ${topic}    {"id": 52, "items": []}    key=order-52
    ${order}=    An Order
    VAR    &{headers}    source=web    retries=0
    Doubting.Publish Event    ${topic}    ${order}    key=order-50    headers=${headers}
    VAR    ${TOPIC}    ${topic}    scope=SUITE

An Order
    VAR    &{total}    amount=${9.5}    currency=EUR
    VAR    @{tags}    new    gift
    VAR    &{item}    sku=P-1    quantity=${2}
    VAR    @{items}    ${item}
    VAR    &{order}
    ...    id=${50}
    ...    status=PAID
    ...    code=1234
    ...    name=Ada Lovelace
    ...    note=total (EUR)
    ...    active=${True}
    ...    paidAt=2026-05-31T10:00:00Z
    ...    createdAt=${1780000000000}
    ...    total=${total}
    ...    tags=${tags}
    ...    items=${items}
    ...    price=12.50
    RETURN    ${order}

A Negative Tells
    [Arguments]    ${told}    @{conditions}
    Run Keyword And Expect Error    *${told.replace('[', '[[]')}*
    ...    Doubting.No Event Should Arrive    ${TOPIC}    @{conditions}    within=0 s    since=suite start
    Run Keyword And Expect Error    *${told.replace('[', '[[]')}*
    ...    Doubting.Event Count Should Be    ${TOPIC}    0    @{conditions}    within=0 s    since=suite start

A Match Tells
    [Arguments]    ${told}    @{conditions}
    Run Keyword And Expect Error    *perhaps not as you mean it*${told.replace('[', '[[]')}*
    ...    Doubting.Wait For Event    ${TOPIC}    @{conditions}    since=suite start

A Failed Wait Tells
    [Arguments]    ${told}    ${condition}
    ${failure}=    Run Keyword And Expect Error    No event on*
    ...    Doubting.Wait For Event    ${TOPIC}    ${condition}    timeout=0 s    since=suite start
    @{lines}=    Evaluate    $failure.split("\\n")
    Should Contain    ${lines}[2]    ${told}

It Is Missed And Found Without A Doubt
    [Arguments]    ${text}    ${condition}
    ${topic}=    New Watched Topic
    VAR    &{another}    note=quite another
    Doubting.Publish Event    ${topic}    ${another}
    Doubting.No Event Should Arrive    ${topic}    ${condition}    within=0 s
    VAR    &{same}    note=${text}
    Doubting.Publish Event    ${topic}    ${same}
    Doubting.Wait For Event    ${topic}    ${condition}
