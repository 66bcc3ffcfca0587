*** Settings ***
Documentation    No Event Should Arrive proves that no event meets all conditions.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
Nothing Came
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}
    No Event Should Arrive    ${topic}    orderId == 43    within=0.3 s

Nothing Came On A Topic That Is Empty
    ${topic}=    New Watched Topic
    No Event Should Arrive    ${topic}    within=0.3 s    missing_ok=True

What Was There Before The Mark Does Not Count
    ${topic}=    New Topic
    Publish Event    ${topic}    {"orderId": 42}
    ${mark}=    Watch Topics    ${topic}
    No Event Should Arrive    ${topic}    orderId == 42    within=0.2 s    since=${mark}

What Is Behind A Given Event Counts
    ${topic}=    New Topic
    ${event}=    Publish Event    ${topic}    {"orderId": 42}    partition=0
    No Event Should Arrive    ${topic}    partition == 0    within=0.2 s    since=${event}
    Publish Event    ${topic}    {"orderId": 43}    partition=0
    Run Keyword And Expect Error    *43*
    ...    No Event Should Arrive    ${topic}    partition == 0    within=0.2 s    since=${event}

A Topic That Appears And Stays Without The Event Is Good
    VAR    ${topic}    appears.${{ uuid.uuid4().hex }}
    Watch Topics    ${topic}
    Another Client Makes The Topic    ${topic}    {"orderId": 42}    after=0.1 s
    No Event Should Arrive    ${topic}    orderId == 43    within=3 s
    Wait For Event    ${topic}    orderId == 42
    [Teardown]    Another Client Removes The Topic    ${topic}

A Topic That Appears With The Event Is Not
    VAR    ${topic}    appears.${{ uuid.uuid4().hex }}
    Watch Topics    ${topic}
    Another Client Makes The Topic    ${topic}    {"orderId": 43}    after=0.1 s
    Run Keyword And Expect Error    *orderId*
    ...    No Event Should Arrive    ${topic}    orderId == 43    within=5 s    missing_ok=True
    [Teardown]    Another Client Removes The Topic    ${topic}

An Event That Can Not Be Judged On A Topic Of Its Own Is No Hindrance
    ${broken}=    New Watched Topic
    ${topic}=    New Watched Topic
    Another Client Publishes    ${broken}    no JSON
    Another Client Publishes    ${topic}    {"orderId": 42}
    No Event Should Arrive    ${topic}    orderId == 43    within=0.2 s

A Time Or An Answer That Is None Is Refused
    [Template]    Run Keyword And Expect Error
    *later*    No Event Should Arrive    orders    within=later
    *-1*    No Event Should Arrive    orders    within=-1 s
    *perhaps*    No Event Should Arrive    orders    missing_ok=perhaps
    *perhaps*    No Event Should Arrive    orders    strict=perhaps
