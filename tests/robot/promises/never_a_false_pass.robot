*** Settings ***
Documentation    What a test did not see to be true, it does not pass on.

Library          tests.robot.libraries.Runs
Resource         resources/kafka.resource

Suite Setup      Meet Other Clients On A Topic


*** Variables ***
${IN_HALF_AN_HOUR}    ${{ int(time.time() * 1000) + 30 * 60 * 1000 }}


*** Test Cases ***
A Row Of A Snapshot Is No Change
    ${topic}=    New Watched Topic
    VAR    ${row}    {"before": null, "after": {"id": 1, "status": "PAID"}, "op": "r", "source": {"snapshot": "true"}}
    Another Client Publishes    ${topic}    ${row}
    Run Keyword And Expect Error    *$.snapshot was true*
    ...    Wait For Row Change    ${topic}    after.status == PAID    timeout=0.4 s

What A Row Was Before Is Not Taken From A Row That Does Not Tell It
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"id": 1, "status": "PAID", "__op": "u"}
    FOR    ${condition}    IN    before.status == NEW    before.status != PAID    before.status does not exist
        Run Keyword And Expect Error    *before.status is not in the event*
        ...    Wait For Row Change    ${topic}    ${condition}    timeout=0.4 s
    END

A Decimal Without Its Schema Does Not Make A Negative Pass
    [Documentation]    Base64 of the unscaled bytes, as Kafka Connect writes it with schemas.enable=false.
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"after": {"total": "BNI="}}
    FOR    ${condition}    IN
    ...    after.total == 12.34
    ...    after.total > 50
    ...    after.total < 5
    ...    after == {"total": 12.34}
        Run Keyword And Expect Error    *"BNI=" looks like Connect's Decimal: 12.34 at scale 2*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0 s
        Run Keyword And Expect Error    *"BNI=" looks like Connect's Decimal: 12.34 at scale 2*
        ...    Wait For Event    ${topic}    ${condition}    timeout=0.1 s
    END
    No Event Should Arrive    ${topic}    after.total == 12.35    within=0 s

An Event That Was There Before The Negative Began Is Seen
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"status": "REJECTED"}
    Run Keyword And Expect Error    *REJECTED*
    ...    No Event Should Arrive    ${topic}    status == REJECTED    within=0.3 s

An Event That Arrives While The Negative Waits Is Seen
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"status": "REJECTED"}    after=0.2 s
    Run Keyword And Expect Error    *REJECTED*
    ...    No Event Should Arrive    ${topic}    status == REJECTED    within=10 s

Two Events On One Topic Are Not One On Each
    ${one}=    New Watched Topic
    ${other}=    New Watched Topic
    Another Client Publishes    ${one}    {"id": 1}    {"id": 1}
    Run Keyword And Expect Error    No event on '${other}' matched*
    ...    Wait For Event On Each Topic    ${one}, ${other}    id == 1    timeout=0.2 s

A Mark Of Another Cluster Lets Nothing Pass
    [Documentation]    Its offset is behind the event that is on the topic of that name here.
    ${topic}=    New Topic
    Connect To Kafka    embedded    alias=another
    Publish Event    ${topic}    {"orderId": 1}    partition=0    alias=another
    ${mark}=    Watch Topics    ${topic}    alias=another
    Publish Event    ${topic}    {"orderId": 1}    partition=0    alias=default
    Run Keyword And Expect Error    The mark is of another Kafka cluster*
    ...    No Event Should Arrive    ${topic}    since=${mark}    within=0 s    alias=default
    [Teardown]    Disconnect From Kafka    another

A Negative Over A Pattern Sees What Arrives On A Topic That Comes In Its Last Moment
    VAR    ${family}    family.${{ uuid.uuid4().hex[:8] }}
    Watch Topics    ${family}.*
    Another Client Makes The Topic    ${family}.b    {"status": "REJECTED"}
    Run Keyword And Expect Error    *REJECTED*
    ...    No Event Should Arrive    ${family}.*    status == REJECTED    within=0 s
    [Teardown]    Another Client Removes The Topic    ${family}.b

A Negative That Does Not Wait At All Still Reads To The End
    ${topic}=    New Watched Topic
    FOR    ${number}    IN RANGE    20
        Another Client Publishes    ${topic}    {"number": ${number}}
        Run Keyword And Expect Error    *number*
        ...    No Event Should Arrive    ${topic}    number == ${number}    within=0 s
    END

An Event Behind Many Others Is Seen By A Negative That Does Not Wait
    ${topic}=    New Watched Topic
    Another Client Publishes Numbers    ${topic}    20000    size=100
    Another Client Publishes    ${topic}    {"status": "REJECTED"}
    Run Keyword And Expect Error    *REJECTED*
    ...    No Event Should Arrive    ${topic}    status == REJECTED    within=0 s

An Event On Any Of Several Topics Is Seen
    ${approved}=    New Watched Topic
    ${rejected}=    New Watched Topic
    VAR    @{both}    ${approved}    ${rejected}
    Another Client Publishes    ${approved}    {"orderId": 1}
    Another Client Publishes    ${rejected}    {"orderId": 2}
    Run Keyword And Expect Error    *${rejected}*    No Event Should Arrive    ${both}    orderId == 2    within=0.3 s

What The Tester's Own Function Can Not Read Proves Nothing
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    torn
    FOR    ${function}    IN    gzip.decompress    builtins.set    builtins.print
        Run Keyword And Expect Error    *could not be judged*'${function}'*
        ...    No Event Should Arrive    ${topic}    status == REJECTED    within=0.1 s    format=own:${function}
    END

The Part Of A Schema That Is Named Is The One That Is Checked
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42}
    VAR    ${schema}    {"type": "object", "definitions": {"Paid": {"required": ["paidAt"]}}}
    Event Should Match Schema    ${event}    ${schema}
    Run Keyword And Expect Error    *$.paidAt is missing*
    ...    Event Should Match Schema    ${event}    ${schema}#/definitions/Paid

A Time That Is Written Otherwise Does Not Make A Negative Pass
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"at": "2023-11-27T10:00:00-08:00"}
    FOR    ${condition}    IN
    ...    at > 2023-11-27T10:00:00Z
    ...    at == 2023-11-27T18:00:00.000Z
    ...    at == 2023-11-27T19:00+01:00[Europe/Prague]
    ...    at in 2023-11-27T17:00:00Z, 2023-11-27T18:00:00Z
    ...    at != 2023-11-27T10:00:00Z
        Run Keyword And Expect Error    *unexpected event*matched*@0*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0 s
    END
    No Event Should Arrive    ${topic}    at <= 2023-11-27T10:00:00Z    within=0 s

A Time Without A Zone Does Not Make A Negative Pass
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"at": "2023-11-27T10:00:00"}
    FOR    ${operator}    IN    ==    !=    <    <=    >    >=
        Run Keyword And Expect Error    *It could not be proven*@0*2023-11-27T10:00:00 has no zone*
        ...    No Event Should Arrive    ${topic}    at    ${operator}    2023-11-27T10:00:00Z    within=0 s
    END

A Negative On A Topic That Does Not Exist Fails
    ${topic}=    New Watched Topic    orders.shipped
    Another Client Publishes    ${topic}    {"orderId": 1}
    VAR    ${misspelt}    ${topic}x
    Run Keyword And Expect Error    *${misspelt}*${topic}*
    ...    No Event Should Arrive    ${misspelt}    within=0.2 s
    Run Keyword And Expect Error    *${misspelt}*${topic}*
    ...    Event Count Should Be    ${misspelt}    0    within=0.2 s
    No Event Should Arrive    ${misspelt}    within=0.2 s    missing_ok=True
    Event Count Should Be    ${misspelt}    0    within=0.2 s    missing_ok=True

An Event That Can Not Be Judged Makes A Negative Fail
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    no JSON at all    key=k-1
    Run Keyword And Expect Error    *${topic}*k-1*
    ...    No Event Should Arrive    ${topic}    status == REJECTED    within=0.3 s
    Run Keyword And Expect Error    *${topic}*k-1*
    ...    Event Count Should Be    ${topic}    0    status == REJECTED    within=0.3 s

An Event That Can Be Judged By Its Key Alone Does Not
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    no JSON at all    key=k-1
    No Event Should Arrive    ${topic}    key == k-2    within=0.3 s
    No Event Should Arrive    ${topic}    key == k-2    status == REJECTED    within=0.3 s

Null In A Value Is No Tombstone
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    null    key=k-1
    FOR    ${condition}    IN    value == null    value in null, x    is_tombstone == true
        FOR    ${strict}    IN    ${False}    ${True}
            IF    $strict and ' in ' in $condition    CONTINUE
            Run Keyword And Expect Error    *not a tombstone*
            ...    Wait For Event    ${topic}    ${condition}    timeout=0.1 s    strict=${strict}
        END
    END

What Is Said In A Text Is Seen By A Negative
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"res": "{\\"status\\": \\"REJECTED\\"}"}    key="k-1"
    FOR    ${condition}    IN
    ...    res.status \=\= REJECTED
    ...    $..status == REJECTED
    ...    res == {"status":"REJECTED"}
    ...    key == k-1
        Run Keyword And Expect Error    *REJECTED*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0.1 s
    END

Two Events Are Not One
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 1}    {"orderId": 1}
    Run Keyword And Expect Error    *2*    Event Count Should Be    ${topic}    1    orderId == 1    within=0.3 s

One Event Is Not Two
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 1}    {"orderId": 2}
    Run Keyword And Expect Error    *1*    Event Count Should Be    ${topic}    2    orderId == 1    within=0.3 s

Four Events Are Not Five
    ${topic}=    New Watched Topic
    Another Client Publishes Numbers    ${topic}    4
    Run Keyword And Expect Error    *4*    Wait For Events    ${topic}    5    timeout=0.3 s

An Event That Comes One Too Many While Counting Is Counted
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 1}
    Another Client Publishes    ${topic}    {"orderId": 1}    after=0.2 s
    Run Keyword And Expect Error    *2*    Event Count Should Be    ${topic}    1    orderId == 1    within=10 s

An Event Of A Test Is There In That Test
    [Documentation]    The other one is dated far beyond the end of the test.
    Publish Event    ${TOPIC_OF_SUITE}    {"orderId": 1}
    Another Client Publishes    ${TOPIC_OF_SUITE}    {"orderId": 2}    timestamp=${IN_HALF_AN_HOUR}
    Wait For Event    ${TOPIC_OF_SUITE}    orderId == 1
    Wait For Event    ${TOPIC_OF_SUITE}    orderId == 2

An Event Of The Test Before Does Not Satisfy This One
    Run Keyword And Expect Error    *matched*    Wait For Event    ${TOPIC_OF_SUITE}    orderId == 1    timeout=0.3 s
    No Event Should Arrive    ${TOPIC_OF_SUITE}    orderId == 2    within=0.2 s
    Event Count Should Be    ${TOPIC_OF_SUITE}    0    within=0.2 s
    ${now}=    Get Events    ${TOPIC_OF_SUITE}
    Should Be Empty    ${now}

An Event Behind A Given Event Is Not That Event
    ${topic}=    New Watched Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 1}    partition=0
    Run Keyword And Expect Error
    ...    *matched*
    ...    Wait For Event
    ...    ${topic}
    ...    orderId == 1
    ...    since=${event}
    ...    timeout=0.2 s

No Keyword Passes Without A Kafka
    [Setup]    Have A Library Without Kafka
    VAR    ${where}    *${ADDRESS_WITHOUT_KAFKA}*
    Run Keyword And Expect Error    ${where}    Nowhere.Publish Event    orders    {"orderId": 1}
    Run Keyword And Expect Error    ${where}    Nowhere.No Event Should Arrive    orders    within=0.1 s
    Run Keyword And Expect Error    ${where}    Nowhere.Event Count Should Be    orders    0    within=0.1 s
    Run Keyword And Expect Error    ${where}    Nowhere.Get Events    orders
    Run Keyword And Expect Error    ${where}    Nowhere.Wait Until Topic Is Quiet    orders    quiet=0.1 s
    Run Keyword And Expect Error    ${where}    Nowhere.Topic Should Not Exist    orders
    Run Keyword And Expect Error    ${where}    Nowhere.Get Topics

A Field That Is Missing Is Not Different From Something
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"status": "NEW"}
    Run Keyword And Expect Error    *state*    Event Field Should Not Be    ${event}    state    PAID
    Run Keyword And Expect Error    *state*    Event Should Match    ${event}    state != PAID

A Text Is Not The Number It Looks Like When Types Count
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"orderId": "42"}
    Run Keyword And Expect Error
    ...    *orderId*
    ...    Event Should Match
    ...    ${event}
    ...    orderId
    ...    ==
    ...    ${42}
    ...    strict=True

Bytes That Are No Text Are Not Passed Over
    ${topic}=    New Watched Topic
    VAR    ${raw}    ${{ b'a' + (1796016180000).to_bytes(8, 'big') }}
    Another Client Publishes    ${topic}    ${raw}    key=${raw}    headers=${{ [('h', $raw)] }}
    FOR    ${condition}    IN    key ^= a    key != b    headers.h contains a    value == a    headers.h > 3
        Run Keyword And Expect Error    *could not be proven*not text*
        ...    No Event Should Arrive    ${topic}    ${condition}    within=0 s
        Run Keyword And Expect Error    *could not be proven*not text*
        ...    Event Count Should Be    ${topic}    0    ${condition}    within=0 s
    END

A Number In Bytes Is Not Passed Over
    ${topic}=    New Watched Topic
    VAR    ${headers}    ${{ [('kafka_dlt-original-offset', (42).to_bytes(8, 'big'))] }}
    Another Client Publishes    ${topic}    {"n": 1}    headers=${headers}
    Run Keyword And Expect Error    *unexpected event*
    ...    No Event Should Arrive    ${topic}    headers.kafka_dlt-original-offset == 42    within=0 s

An Open Transaction Hides What Could Come
    [Tags]    real-kafka
    ${topic}=    New Watched Topic
    Another Client Publishes In A Transaction    ${topic}    {"status": "REJECTED"}
    Set Kafka Timeout    1 s
    Run Keyword And Expect Error    REGEXP:(?s)(?=.*transaction)(?=.*${topic}\\[0\\])(?=.*offset 0).*
    ...    No Event Should Arrive    ${topic}    status == REJECTED    within=0.2 s
    Another Client Commits
    Run Keyword And Expect Error    *REJECTED*
    ...    No Event Should Arrive    ${topic}    status == REJECTED    within=0.2 s
    [Teardown]    Set Kafka Timeout    5 s

An Aborted Transaction Hides Nothing
    [Tags]    real-kafka
    ${topic}=    New Watched Topic
    Another Client Publishes In A Transaction    ${topic}    {"status": "REJECTED"}
    Another Client Aborts
    No Event Should Arrive    ${topic}    status == REJECTED    within=0.3 s
    Event Count Should Be    ${topic}    0    within=0.3 s

Events That Were Deleted Before They Were Read Prove Nothing
    [Tags]    real-kafka
    ${topic}=    New Topic
    ${first}=    Publish Event    ${topic}    {"number": 0}    partition=0
    Another Client Publishes    ${topic}    {"number": 1}    {"number": 2}    {"number": 3}    partition=0
    Another Client Deletes Events    ${topic}    before=3
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=has read nothing yet
    Run Keyword And Expect Error    *${topic}\[[]0]*
    ...    No Event Should Arrive    ${topic}    number == 99    within=0.2 s    since=${first}
    Run Keyword And Expect Error    *${topic}\[[]0]*
    ...    Event Count Should Be    ${topic}    1    within=0.2 s    since=${first}
    [Teardown]    Disconnect From Kafka    has read nothing yet

A Topic That Was Made Again Meanwhile Proves Nothing
    [Tags]    real-kafka
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"number": 1}    partition=0
    Wait For Event    ${topic}    number == 1
    Another Client Makes The Topic Again    ${topic}    {"number": 2}    after=0.1 s
    Run Keyword And Expect Error    *${topic}*recreated*
    ...    No Event Should Arrive    ${topic}    number == 99    within=3 s

Events Whose Values Only Look Alike Don't Correspond
    ${orders}=    New Topic
    ${payments}=    New Topic
    Watch Topics    ${orders}    ${payments}
    Publish Event    ${orders}    {"id": {"shop": -1}}
    Publish Event    ${payments}    {"id": {"shop": -2}}
    Run Keyword And Expect Error    *1 missing on '${payments}':*1 stray on '${payments}', with none on '${orders}':*
    ...    Events Should Correspond    ${orders}    ${payments}    by=$.id    timeout=0.2 s

A Question Without An Answer Is Not Told As Answered
    ${asked}=    New Topic
    ${told}=    New Topic
    ${answering}=    Answer Events    ${asked}    with={"id": {$.id}}    to=${told}
    Publish Event    ${asked}    {"number": 1}
    Run Keyword And Expect Error    1 answer was expected within 0.2 seconds, there were 0.*$.id*missing*
    ...    Answers Should Have Been    1    timeout=0.2 s
    Should Be Equal    ${answering.answered}    ${0}
    Event Count Should Be    ${told}    0    within=0 s    missing_ok=True

Answers Are Not Doubled
    [Documentation]    Neither in a circle, nor where two answerings of different conditions read one topic.
    ${both}=    New Watched Topic
    ${other}=    New Watched Topic
    Answer Events    ${both}    kind == A    with={"kind": "B", "id": {$.id}}    to=${other}
    Answer Events    ${both}    kind == C    with={"kind": "D", "id": {$.id}}    to=${other}
    Answer Events    ${other}    kind == B    with={"kind": "A", "id": {$.id}}    to=${both}
    Publish Event    ${both}    {"kind": "A", "id": 1}
    Answers Should Have Been    2
    Event Count Should Be    ${both}    2    within=0.3 s
    Event Count Should Be    ${other}    1    within=0 s

A Test Whose Event Died Does Not Pass Where Dead Letters Are Guarded
    Start Suite    guarded_dead_letters    --test    An Event Of Its Own Dies    --test    Nothing Dies
    Wait Until Suite Has Ended
    Only These Should Have Failed    An Event Of Its Own Dies

The Start Of A Test Lies Before A Topic That Is Watched In Its Midst
    VAR    ${topic}    midst.${{ uuid.uuid4().hex[:8] }}
    Create Topic    ${topic}
    Publish Event    ${topic}    {"orderId": 1, "status": "PAID"}
    Watch Topics    ${topic}
    No Event Should Arrive    ${topic}    status == PAID    within=0.1 s
    Run Keyword And Expect Error    An unexpected event on '${topic}' matched:*
    ...    No Event Should Arrive    ${topic}    status == PAID    within=0.1 s    since=test start
    Event Count Should Be    ${topic}    1    status == PAID    since=test start

A Contract That Asks Nothing Is Never A Pass
    [Documentation]    One message has no rule, the other one's schema is on the net, where nothing is fetched.
    Load Contract    ${CURDIR}/../contracts/documents/orders.yaml
    FOR    ${name}    ${why}    IN
    ...    anything    value: its schema asks nothing
    ...    elsewhere    'https://schemas.example.com/elsewhere.json' is not a file beside the contract
        VAR    ${topic}    ${name}.${{ uuid.uuid4().hex[:8] }}
        Create Topic    ${topic}
        ${event}=    Publish Event    ${topic}    {"orderId": 42}
        Run Keyword And Expect Error
        ...    Event ${name}.* could not be checked against the contract 'orders.yaml':*${why}*
        ...    Event Should Match Contract
        ...    ${event}
        ...    contract=orders.yaml
    END


*** Keywords ***
Meet Other Clients On A Topic
    Meet Other Clients
    ${topic}=    New Topic
    VAR    ${TOPIC_OF_SUITE}    ${topic}    scope=SUITE
