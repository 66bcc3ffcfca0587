*** Settings ***
Documentation    Wait For Event gives the first event that meets all conditions.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
The Event Comes With Its Place And Time
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}    partition=0    timestamp=1700000000123
    ${event}=    Wait For Event    ${topic}
    Should Be Equal    ${event.topic}    ${topic}
    Should Be Equal As Integers    ${event.partition}    0
    Should Be Equal As Integers    ${event.offset}    0
    Should Be Equal    ${event.timestamp.timestamp()}    ${1700000000.123}
    Should Not Be Equal    ${event.timestamp.tzinfo}    ${None}

The Event Comes With Its Key, Value And Headers
    ${topic}=    New Watched Topic
    VAR    ${headers}    ${{ [('source', 'web')] }}
    Another Client Publishes    ${topic}    {"items": [{"sku": "P-7"}]}    key=k-42    headers=${headers}
    ${event}=    Wait For Event    ${topic}
    Should Be Equal    ${event.key}    k-42
    Should Be Equal    ${event.value.items[0].sku}    P-7
    Should Be Equal    ${event.headers}[source]    web
    Should Be Equal    ${event.raw_key}    ${{ b'k-42' }}
    Should Be Equal    ${event.raw_value}    ${{ b'{"items": [{"sku": "P-7"}]}' }}

Without Conditions The First Event Is Taken
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    one    two    partition=0
    ${event}=    Wait For Event    ${topic}
    Should Be Equal    ${event.value}    one

Of Several Matches The First Is Given
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}
    ...    {"type": "a", "n": 1}    {"type": "b", "n": 2}    {"type": "b", "n": 3}    partition=0
    ${event}=    Wait For Event    ${topic}    type == b
    Event Field Should Be    ${event}    n    2

All Conditions Must Hold
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"a": 1, "b": 1}    {"a": 1, "b": 2}
    ${event}=    Wait For Event    ${topic}    a == 1    b == 2
    Event Field Should Be    ${event}    b    2

Several Topics Can Be Asked At Once
    ${approved}=    New Watched Topic
    ${rejected}=    New Watched Topic
    VAR    @{either}    ${approved}    ${rejected}
    Another Client Publishes    ${rejected}    {"orderId": 42}
    ${event}=    Wait For Event    ${either}    orderId == 42
    Should Be Equal    ${event.topic}    ${rejected}

A Tombstone Is An Event Too
    ${topic}=    New Watched Topic
    Publish Tombstone    ${topic}    k-42
    ${event}=    Wait For Event    ${topic}    key == k-42
    Should Be True    ${event.is_tombstone}
    Should Be Equal    ${event.value}    ${None}

An Event With An Empty Value Is No Tombstone
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    ${EMPTY}    key=k-42
    ${event}=    Wait For Event    ${topic}    key == k-42
    Should Not Be True    ${event.is_tombstone}

An Event Can Not Be Changed
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    {"orderId": 42}
    ${event}=    Wait For Event    ${topic}
    Run Keyword And Expect Error    *    Evaluate    setattr($event, 'topic', 'other')
    Run Keyword And Expect Error    *    Evaluate    setattr($event, 'value', 'other')

An Event From Nobody Knows Whom Is Given As It Is
    ${topic}=    New Watched Topic
    ${bytes}=    Evaluate    bytes(range(256))
    Another Client Publishes    ${topic}    ${bytes}    key=${bytes}    partition=0
    ${event}=    Wait For Event    ${topic}    partition == 0
    Should Be Equal    ${event.raw_value}    ${bytes}
    Should Be Equal    ${event.raw_key}    ${bytes}

The Time Can Be Given In Robot's Ways
    [Template]    A Wait In Vain Should Take
    100 ms
    0.1
    ${0.1}
    0.1 seconds
    00:00:00.100

A Time That Is None Is Refused
    [Template]    A Wait Should Be Refused With
    *soon*    timeout=soon
    *-1*    timeout=-1 s
    *timeout*    timeout=

A Topic Without A Name Is Refused
    Run Keyword And Expect Error    *topic*    Wait For Event    ${EMPTY}    timeout=0.1 s
    Run Keyword And Expect Error    *topic*    Wait For Event    ${{ [] }}    timeout=0.1 s

A Name That Kafka Does Not Allow Is Refused
    Run Keyword And Expect Error    *two words*not a valid topic name*    Wait For Event    two words    timeout=0.1 s
    Run Keyword And Expect Error    *a/b*not a valid topic name*    Wait For Event    a/b    timeout=0.1 s

A Misspelt Argument Is Refused
    Run Keyword And Expect Error    *timeot*timeout*
    ...    Wait For Event    orders    orderId == 42    timeot=3 s

An Argument Among The Conditions Is Refused
    Run Keyword And Expect Error    *orderId == 42*    Wait For Event    orders    orderId=42    timeout=0.1 s

Asking For A Topic Never Makes It
    VAR    ${topic}    never.made.${{ uuid.uuid4().hex }}
    Run Keyword And Expect Error    *    Wait For Event    ${topic}    timeout=0.3 s
    Run Keyword And Expect Error    *    No Event Should Arrive    ${topic}    within=0.1 s
    Run Keyword And Expect Error    *    Get Events    ${topic}
    Watch Topics    ${topic}
    Topic Should Not Exist    ${topic}
    ${topics}=    Topics Of Kafka
    List Should Not Contain Value    ${topics}    ${topic}


*** Keywords ***
A Wait In Vain Should Take
    [Arguments]    ${time}
    ${topic}=    New Watched Topic
    Run Keyword And Expect Error    *within 0.1 seconds*    Wait For Event    ${topic}    timeout=${time}

A Wait Should Be Refused With
    [Arguments]    ${message}    ${argument}
    ${time}=    Evaluate    $argument.partition('=')[2]
    Run Keyword And Expect Error    ${message}    Wait For Event    orders    timeout=${time}
