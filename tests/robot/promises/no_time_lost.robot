*** Settings ***
Documentation    A keyword returns as soon as it can know. What it is compared with is an event
...              that others publish later: had it lost time, that event would have come before it returned.
...              Where Kafka is far away, that event comes later by the round trips that a test may take.

Resource         resources/kafka.resource
Library          DateTime
Library          tests.robot.libraries.Runs

Suite Setup      Meet Other Clients


*** Variables ***
${DISTANCE}    0


*** Test Cases ***
A Wait For What Is There Returns At Once
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 42}
    Something Comes Later    after=1 s
    Wait For Event    ${topic}    orderId == 42    timeout=30 s
    It Should Not Have Come Yet

A Wait Returns When The Event Comes
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    after=0.2 s
    Something Comes Later    after=1.2 s
    Wait For Event    ${topic}    orderId == 42    timeout=30 s
    It Should Not Have Come Yet

The First Wait Of A Connection Returns At Once
    Something Comes Later    after=2 s    trips=60
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=new
    ${topic}=    New Topic
    Publish Event    ${topic}    {"orderId": 42}
    Wait For Event    ${topic}    orderId == 42    timeout=30 s
    Switch Kafka Connection    default
    It Should Not Have Come Yet
    [Teardown]    Disconnect From Kafka    new

A Hundred Questions Are Answered Soon
    [Documentation]    No polling interval stands between an event and the wait that is there for it.
    ${questions}=    New Watched Topic
    ${answers}=    New Watched Topic
    Publish Event    ${questions}    {"number": -1}
    Another Client Answers    ${questions}    ${answers}
    Something Comes Later    after=5 s    trips=600
    FOR    ${number}    IN RANGE    100
        Publish Event    ${questions}    {"number": ${number}}
        Wait For Event    ${answers}    number == ${number}    timeout=30 s
    END
    It Should Not Have Come Yet

Topics That Are New To A Connection Are Read Soon
    VAR    @{topics}    @{EMPTY}
    FOR    ${_}    IN RANGE    10
        ${topic}=    New Topic
        VAR    @{topics}    @{topics}    ${topic}
    END
    Something Comes Later    after=6 s    trips=150
    FOR    ${topic}    IN    @{topics}
        Publish Event    ${topic}    {"orderId": 42}
        Wait For Event    ${topic}    orderId == 42    timeout=30 s
    END
    It Should Not Have Come Yet

A Topic That Appears Is Read Soon
    VAR    ${topic}    appears.${{ uuid.uuid4().hex }}
    Watch Topics    ${topic}
    Another Client Makes The Topic    ${topic}    {"orderId": 42}    after=0.2 s
    Something Comes Later    after=3 s
    Wait For Event    ${topic}    orderId == 42    timeout=30 s
    It Should Not Have Come Yet
    [Teardown]    Another Client Removes The Topic    ${topic}

A Negative Fails As Soon As The Event Is There
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    after=0.2 s
    Something Comes Later    after=1.2 s
    Run Keyword And Expect Error    *    No Event Should Arrive    ${topic}    orderId == 42    within=30 s
    It Should Not Have Come Yet

Counting Fails As Soon As There Is One Too Many
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    {"orderId": 42}    after=0.2 s
    Something Comes Later    after=1.2 s
    Run Keyword And Expect Error    *    Event Count Should Be    ${topic}    1    orderId == 42    within=30 s
    It Should Not Have Come Yet

A Quiet Topic Is Known To Be Quiet When The Time Is Over
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 42}
    Something Comes Later    after=1.5 s
    Wait Until Topic Is Quiet    ${topic}    quiet=0.3 s    timeout=30 s
    It Should Not Have Come Yet

What Is There Now Is Given At Once
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 42}
    Something Comes Later    after=1 s
    ${events}=    Get Events    ${topic}
    Length Should Be    ${events}    1
    It Should Not Have Come Yet

A Condition That Can Not Be Read Fails Before Anything Else
    Something Comes Later    after=1 s
    Run Keyword And Expect Error    *orderId*    Wait For Event    no.such.topic    orderId === 42    timeout=30 s
    Run Keyword And Expect Error    *orderId*    No Event Should Arrive    no.such.topic    orderId=42    within=30 s
    Run Keyword And Expect Error    *soon*    Wait For Event    no.such.topic    timeout=soon
    It Should Not Have Come Yet

Without A Kafka No Keyword Takes More Than Its Time
    [Setup]    Have A Library Without Kafka
    Something Comes Later    after=3 s
    Run Keyword And Expect Error    *    Nowhere.Wait For Event    orders    timeout=0.3 s
    Run Keyword And Expect Error    *    Nowhere.Publish Event    orders    x    timeout=0.3 s
    Run Keyword And Expect Error    *    Nowhere.No Event Should Arrive    orders    within=0.3 s
    Run Keyword And Expect Error    *    Nowhere.Kafka Should Be Reachable    timeout=0.3 s
    It Should Not Have Come Yet

A Wait That Robot Stops Is Over Soon
    Something Comes Later    after=30 s
    Run Suites    stopped_by_a_timeout
    FOR    ${test}    IN    A Wait That Is Stopped
    ...    A Value That Takes Long To Read    A Negative Over A Value That Takes Long To Read
        Test Should Have Failed    ${test}    Test timeout 500 milliseconds exceeded.
    END
    It Should Not Have Come Yet


*** Keywords ***
Something Comes Later
    [Arguments]    ${after}    ${trips}=30
    ${topic}=    New Topic
    ${after}=    Add Time To Time    ${after}    ${{ ${trips} * ${DISTANCE} }}
    VAR    ${LATER}    ${topic}    scope=SUITE
    Another Client Publishes    ${topic}    {"comes": "later"}    after=${after}

It Should Not Have Come Yet
    ${events}=    Another Client Reads    ${LATER}
    Should Be Empty    ${events}
