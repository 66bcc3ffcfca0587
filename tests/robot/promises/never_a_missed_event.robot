*** Settings ***
Documentation    What was readable before the deadline is found, wherever and whenever it came.

Resource         resources/kafka.resource
Library          tests.robot.libraries.Runs

Suite Setup      Meet Other Clients Over A Topic


*** Test Cases ***
An Event That Came Before The Wait Is Found
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}
    Wait For Event    ${topic}    orderId == 42

An Event That Comes While The Wait Goes On Is Found
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    after=0.3 s
    Wait For Event    ${topic}    orderId == 42

An Event Is Found Though The Wait Has No Time At All
    ${topic}=    New Watched Topic
    FOR    ${number}    IN RANGE    50
        Another Client Publishes    ${topic}    {"number": ${number}}
        Wait For Event    ${topic}    number == ${number}    timeout=0 s
    END

A Mark That Is Known Counts From The Next Event On
    ${topic}=    New Topic
    FOR    ${number}    IN RANGE    20
        ${mark}=    Watch Topics    ${topic}
        Another Client Publishes    ${topic}    {"number": ${number}}
        ${events}=    Wait For Events    ${topic}    1    since=${mark}
        Event Field Should Be    ${events}[0]    number    ${number}
    END

What Others Published Earlier In The Test Is Found Though Nobody Watched
    ${topic}=    New Topic
    Another Client Publishes    ${topic}    {"orderId": 42}
    Wait For Event    ${topic}    orderId == 42

What The Library Published Earlier In The Test Is Found Though Its Clock Is Wrong
    ${topic}=    New Topic
    Publish Event    ${topic}    {"orderId": 42}    timestamp=1000000000000
    Wait For Event    ${topic}    orderId == 42

The First That The Library Published Is Found Though It Published More And Its Clock Is Wrong
    ${topic}=    New Topic
    FOR    ${number}    IN RANGE    3
        Publish Event    ${topic}    {"orderId": ${number}}    timestamp=1000000000000    partition=0
    END
    Wait For Event    ${topic}    orderId == 0
    Event Count Should Be    ${topic}    3    within=0.1 s

An Event With An Old Timestamp Is Found Where The Topic Is Watched
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    timestamp=${1000000000000}
    Wait For Event    ${topic}    orderId == 42

A Topic That A Test Has Read
    Publish Event    ${TOPIC_OF_SUITE}    {"orderId": 42}
    Wait For Event    ${TOPIC_OF_SUITE}    orderId == 42

Is Marked For The Next Test, Where Even An Old Timestamp Is Found
    Another Client Publishes    ${TOPIC_OF_SUITE}    {"orderId": 43}    timestamp=${1000000000000}
    Wait For Event    ${TOPIC_OF_SUITE}    orderId == 43

An Event In Each Partition Is Found
    ${topic}=    New Watched Topic    partitions=4
    FOR    ${partition}    IN RANGE    4
        Another Client Publishes    ${topic}    {"place": ${partition}}    partition=${partition}
    END
    ${events}=    Wait For Events    ${topic}    4
    ${places}=    Get Event Fields    ${events}    partition
    Lists Should Be Equal    ${places}    ${{ [0, 1, 2, 3] }}    ignore_order=True

The Same Wait Finds The Same Event Again
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    {"orderId": 43}
    ${first}=    Wait For Event    ${topic}    orderId == 42
    Wait For Event    ${topic}    orderId == 43
    ${again}=    Wait For Event    ${topic}    orderId == 42
    Should Be Equal    ${first.offset}    ${again.offset}
    Wait For Events    ${topic}    2

Behind Each Event The Next One Is Found
    ${topic}=    New Watched Topic    partitions=1
    FOR    ${number}    IN RANGE    1    11
        Another Client Publishes    ${topic}    {"number": ${number}}    partition=0
    END
    ${event}=    Wait For Event    ${topic}
    FOR    ${number}    IN RANGE    2    11
        ${event}=    Wait For Event    ${topic}    since=${event}
        Event Field Should Be    ${event}    number    ${number}
    END

An Event That Nobody Can Read As JSON Stops No Wait
    ${topic}=    New Watched Topic
    ${bytes}=    Evaluate    b"\\xff\\xfe{"
    Another Client Publishes    ${topic}    no JSON    {"orderId":    ${EMPTY}    ${bytes}    {"orderId": 42}
    Wait For Event    ${topic}    orderId == 42

A Topic That Is Made Meanwhile Is Read From Its First Event
    VAR    ${topic}    made.meanwhile.${{ uuid.uuid4().hex }}
    Watch Topics    ${topic}
    Another Client Makes The Topic    ${topic}    {"orderId": 42}    {"orderId": 43}    after=0.3 s
    Wait For Event    ${topic}    orderId == 43
    Wait For Event    ${topic}    orderId == 42
    [Teardown]    Another Client Removes The Topic    ${topic}

One Of Many Is Found, The First As The Last
    ${topic}=    New Watched Topic
    Another Client Publishes Numbers    ${topic}    20000    size=50
    Wait For Event    ${topic}    number == 20000
    Wait For Event    ${topic}    number == 1
    Wait For Events    ${topic}    20000

What Fell Out Of Memory Is Read Again
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=forgetful    log_size=50000
    Meet Other Clients
    ${topic}=    New Watched Topic
    Another Client Publishes Numbers    ${topic}    3000    size=200
    Wait For Event    ${topic}    number == 3000
    Wait For Event    ${topic}    number == 1
    Wait For Events    ${topic}    3000
    [Teardown]    Return From    forgetful

What Came While A Wait Was Stopped Is Found By The Next
    [Documentation]    Robot's timeout of a test stops its wait; what then came is found in its teardown.
    Run Suites    stopped_by_a_timeout    stopped_among_many_events
    Test Should Have Failed    A Wait That Is Stopped    Test timeout 500 milliseconds exceeded.
    Test Should Have Passed    A Wait After It
    Test Should Have Failed    Stopped At Once    Keyword timeout*exceeded.
    Test Should Have Failed    Stopped Soon    Keyword timeout*exceeded.
    Test Should Have Failed    Stopped A Little Later    Keyword timeout*exceeded.

Every Connection Finds Its Events
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=second
    ${second}=    New Watched Topic
    Publish Event    ${second}    {"orderId": 2}
    Switch Kafka Connection    default
    ${first}=    New Watched Topic
    Publish Event    ${first}    {"orderId": 1}
    Wait For Event    ${first}    orderId == 1
    Switch Kafka Connection    second
    Wait For Event    ${second}    orderId == 2
    [Teardown]    Return From    second

A Partition That Is Added Is Read From Its First Event
    [Tags]    real-kafka
    ${topic}=    New Watched Topic    partitions=1
    Another Client Publishes    ${topic}    {"orderId": 41}
    Wait For Event    ${topic}    orderId == 41
    Another Client Adds Partitions    ${topic}    total=3
    Another Client Makes Itself New
    Another Client Publishes    ${topic}    {"orderId": 42}    partition=2    after=0.2 s
    Wait For Event    ${topic}    orderId == 42    partition == 2

A Topic That Is Made Again Is Read From Its New Beginning
    [Tags]    real-kafka
    ${topic}=    New Watched Topic    partitions=1
    Another Client Publishes    ${topic}    {"old": 1}    {"old": 2}
    Wait For Event    ${topic}    old == 2
    Another Client Makes The Topic Again    ${topic}
    ...    {"new": 1}    {"new": 2}    {"new": 3}    {"new": 4}    after=0.2 s
    Wait For Event    ${topic}    new == 4
    Wait For Event    ${topic}    new == 1
    Wait For Events    ${topic}    4    new exists

A Topic That Was Made Again Between Two Tests
    [Tags]    real-kafka
    Another Client Publishes    ${TOPIC_OF_SUITE}    {"old": 1}    {"old": 2}    {"old": 3}
    Wait For Event    ${TOPIC_OF_SUITE}    old == 3
    Another Client Makes The Topic Again    ${TOPIC_OF_SUITE}    {"old": 4}

Is Read From Where The Next Test Began
    [Tags]    real-kafka
    Another Client Makes Itself New
    Another Client Publishes    ${TOPIC_OF_SUITE}    {"new": 1}
    ${event}=    Wait For Event    ${TOPIC_OF_SUITE}
    Event Field Should Be    ${event}    new    1

An Event Of A Transaction Is Found When It Is Committed
    [Tags]    real-kafka
    ${topic}=    New Watched Topic
    Another Client Publishes In A Transaction    ${topic}    {"orderId": 42}
    Another Client Commits    after=0.3 s
    Wait For Event    ${topic}    orderId == 42

An Event That Was Written Before The Mark And Committed Behind It Is Found
    [Tags]    real-kafka
    ${topic}=    New Topic
    Another Client Publishes In A Transaction    ${topic}    {"orderId": 42}
    Another Client Publishes    ${topic}    {"orderId": 43}    partition=0
    ${mark}=    Watch Topics    ${topic}
    Another Client Commits
    Wait For Event    ${topic}    orderId == 42    since=${mark}
    Wait For Event    ${topic}    orderId == 43    since=${mark}

What Is Left Behind Deleted Events Is Found
    [Tags]    real-kafka
    ${topic}=    New Watched Topic    partitions=1
    Another Client Publishes    ${topic}    {"number": 1}    {"number": 2}    {"number": 3}
    Wait For Event    ${topic}    number == 3
    Another Client Deletes Events    ${topic}    before=3
    Another Client Publishes    ${topic}    {"number": 4}
    Wait For Event    ${topic}    number == 4

A Delete That Is Nothing But A Tombstone Is Not Missed
    ${topic}=    New Topic    partitions=1
    Publish Event    ${topic}    {"id": 1, "status": "NEW"}    key={"id": 1}    partition=0
    Watch Topics    ${topic}
    Publish Tombstone    ${topic}    {"id": 1}    partition=0
    Wait For Row Change    ${topic}    op=delete    key.id == 1

A Delete That Is A Null Is Not Missed
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    null    key={"id": 1}    format=json
    Wait For Row Change    ${topic}    op=delete    key.id == 1

A Row On A Topic That Comes With It Is One Of Its Transaction
    VAR    ${prefix}    shop${{ uuid.uuid4().hex[:8] }}
    VAR    ${schema}    s${{ uuid.uuid4().hex[:8] }}
    VAR    ${row}    {"before": null, "after": {"id": 1}, "op": "c", "source": {"name": "${prefix}", "txId": 803}}
    Another Client Makes The Topic    ${prefix}.${schema}.orders    ${row}
    ${order}=    Wait For Row Change    ${prefix}.${schema}.orders    op=insert
    Another Client Makes The Topic    ${prefix}.${schema}.lines    ${row}    after=0.4 s
    Transaction Should Be Complete    ${order}    rows=${schema}.orders: 1, ${schema}.lines: 1
    [Teardown]    Run Keywords
    ...    Another Client Removes The Topic    ${prefix}.${schema}.orders
    ...    AND    Another Client Removes The Topic    ${prefix}.${schema}.lines


*** Keywords ***
Meet Other Clients Over A Topic
    Meet Other Clients
    ${topic}=    New Topic
    VAR    ${TOPIC_OF_SUITE}    ${topic}    scope=SUITE

Return From
    [Arguments]    ${connection}
    Disconnect From Kafka    ${connection}
    Meet Other Clients
