*** Settings ***
Documentation    What a failure must tell: the verdict first, what was wanted, where it looked, what it saw instead.
...              How the messages read as a whole is approved in tests/robot/approved.

Resource         resources/kafka.resource
Library          tests.robot.libraries.Runs

Suite Setup      Meet Other Clients


*** Test Cases ***
The Verdict Comes First
    ${topic}=    New Watched Topic
    ${failure}=    Wait In Vain    ${topic}    orderId == 42
    First Line Should Be    ${failure}    No event on '${topic}' matched within 0.2 seconds:

The Conditions Are Told
    ${topic}=    New Watched Topic
    ${failure}=    Wait In Vain    ${topic}    $.orderId == 42    status    ==    PAID
    Failure Should Name    ${failure}    $.orderId == 42    $.status == PAID

The Topic, The Partition And The Offset Where It Began Are Told
    ${topic}=    New Topic    partitions=1
    Publish Event    ${topic}    {"orderId": 1}    partition=0
    Publish Event    ${topic}    {"orderId": 2}    partition=0
    Watch Topics    ${topic}
    ${failure}=    Wait In Vain    ${topic}    orderId == 42
    Failure Should Name    ${failure}    ${topic}\[0] from offset 2

How Much Was Read Is Told
    ${topic}=    New Watched Topic
    Another Client Publishes Numbers    ${topic}    17
    ${failure}=    Wait In Vain    ${topic}    number == 42
    Failure Should Name    ${failure}    17 events were read

The Nearest Event Comes With What It Had Instead
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 43, "status": "PAID"}    key=k-43
    ${near}=    Publish Event    ${topic}    {"orderId": 42, "status": "NEW"}    key=k-42
    Publish Event    ${topic}    {"orderId": 44, "status": "NEW"}    key=k-44
    ${failure}=    Wait In Vain    ${topic}    orderId == 42    status == PAID    total == 5
    Failure Should Name    ${failure}    ${topic}\[${near.partition}]@${near.offset}    k-42    $.status was NEW
    Should Come Before    ${failure}    k-42    k-44

A Misspelt Field Is Recognised
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 42, "customer": {"name": "Ada"}}
    ${failure}=    Wait In Vain    ${topic}    order_id == 42
    Failure Should Name    ${failure}    orderId

A Match Before The Mark Is Found, And How To Avoid It
    ${topic}=    New Topic
    ${early}=    Publish Event    ${topic}    {"orderId": 42}
    Watch Topics    ${topic}
    ${failure}=    Wait In Vain    ${topic}    orderId == 42
    Failure Should Name    ${failure}    before the mark    ${topic}\[${early.partition}]@${early.offset}    since\=

A Match On Another Watched Topic Is Found
    ${topic}=    New Watched Topic
    ${other}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 1}
    Publish Event    ${other}    {"orderId": 42}
    Wait For Event    ${other}    orderId == 42
    ${failure}=    Wait In Vain    ${topic}    orderId == 42
    Failure Should Name    ${failure}    ${other}

An Event That Could Not Be Read Is Told
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 4    key=k-broken
    ${failure}=    Wait In Vain    ${topic}    orderId == 42
    Failure Should Name    ${failure}    k-broken    could not be judged

A Topic That Does Not Exist Is Told With A Near Name
    ${topic}=    New Topic    orders.confirmed
    Publish Event    ${topic}    {"orderId": 1}
    ${failure}=    Wait In Vain    ${topic}x    orderId == 42
    Failure Should Name    ${failure}    does not exist    '${topic}'

Too Few Events Are Counted And Shown
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 42}    key=k-1
    ${failure}=    Run Keyword And Expect Error    *
    ...    Wait For Events    ${topic}    3    orderId == 42    timeout=0.2 s
    Failure Should Name    ${failure}    1    3    '${topic}'

The Event That Should Not Have Arrived Is Shown
    ${topic}=    New Watched Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42}    key=k-1
    ${failure}=    Run Keyword And Expect Error    *
    ...    No Event Should Arrive    ${topic}    orderId == 42    within=0.2 s
    Failure Should Name    ${failure}    ${topic}\[${event.partition}]@${event.offset}    k-1    orderId

A Failed Assertion Names The Event And The Value
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"status": "NEW"}
    ${failure}=    Run Keyword And Expect Error    *    Event Field Should Be    ${event}    status    PAID
    Failure Should Name    ${failure}    ${topic}\[${event.partition}]@${event.offset}    $.status    NEW    PAID

Without A Kafka The Address And The Reason Are Told
    [Setup]    Have A Library Without Kafka
    ${failure}=    Run Keyword And Expect Error    *    Nowhere.Wait For Event    orders    orderId == 42
    Failure Should Name    ${failure}    ${ADDRESS_WITHOUT_KAFKA}    Connection refused
    Should Not Contain    ${failure}    No event on

A Wait That Robot Stops Leaves What It Knew In The Log
    Run Suites    stopped_with_what_it_knew
    Test Should Have Failed    A Wait That Has Read An Event    Keyword timeout 1 second exceeded.
    Log Should Contain    The wait was stopped after
    Log Should Contain    of its 60 seconds: Keyword timeout 1 second exceeded.
    Log Should Contain    1 event was read from the mark set at
    Evidence Should Name    A Wait That Has Read An Event    k-41

A Refused Event Comes With The Broker's Reason
    [Tags]    real-kafka
    ${topic}=    New Topic
    ${large}=    Evaluate    'x' * 5_000_000
    ${failure}=    Run Keyword And Expect Error    *    Publish Event    ${topic}    ${large}
    Failure Should Name    ${failure}    ${topic}    5,000,000 bytes    max.message.bytes

No Message Is Longer Than A Page
    ${topic}=    New Watched Topic
    ${many}=    Evaluate    {f'field{n}': 'line\\n' * 50 for n in range(500)}
    FOR    ${number}    IN RANGE    30
        Publish Event    ${topic}    ${many}    key=k-${number}
    END
    ${failure}=    Wait In Vain    ${topic}    field1 == 42    field2 == 43    field3 == 44    nothing == 45
    ${lines}=    Get Line Count    ${failure}
    Should Be True    ${lines} <= 40
    ${length}=    Get Length    ${failure}
    Should Be True    ${length} < 10_000

Not Even Where More Has Failed Than There Are Lines
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"field0": 0}
    ${many}=    Evaluate    {f'field{n}': n + 1 for n in range(100)}
    ${failure}=    Run Keyword And Expect Error    *    Event Should Match    ${event}    ${many}
    ${lines}=    Get Line Count    ${failure}
    Should Be Equal As Integers    ${lines}    40
    Should End With    ${failure}    more lines

No Message Begins With The Name Of A Class
    ${topic}=    New Watched Topic
    ${failure}=    Wait In Vain    ${topic}    orderId == 42
    Should Not Match Regexp    ${failure}    ^\\w*(Error|Failed|Exception|Timeout)\\w*:
    ${failure}=    Run Keyword And Expect Error    *    Wait For Event    ${topic}    orderId === 42
    Should Not Match Regexp    ${failure}    ^\\w*(Error|Failed|Exception|Timeout)\\w*:

No Message Shows A Password
    ${failure}=    Run Keyword And Expect Error    *
    ...    Connect To Kafka    127.0.0.1:1    alias=secured    timeout=0.3 s
    ...    security.protocol=SASL_PLAINTEXT    sasl.mechanism=PLAIN
    ...    sasl.username=ada    sasl.password=sesame-open
    Should Not Contain    ${failure}    sesame-open


*** Keywords ***
Wait In Vain
    [Arguments]    ${topic}    @{conditions}
    ${failure}=    Run Keyword And Expect Error    *
    ...    Wait For Event    ${topic}    @{conditions}    timeout=0.2 s
    RETURN    ${failure}

First Line Should Be
    [Arguments]    ${failure}    ${line}
    ${first}=    Get Line    ${failure}    0
    Should Be Equal    ${first}    ${line}

Failure Should Name
    [Arguments]    ${failure}    @{parts}
    FOR    ${part}    IN    @{parts}
        Should Contain    ${failure}    ${part}
    END

Should Come Before
    [Arguments]    ${failure}    ${first}    ${second}
    Should Match    ${failure}    *${first}*${second}*
