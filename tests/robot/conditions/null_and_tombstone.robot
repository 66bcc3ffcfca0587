*** Settings ***
Documentation    A tombstone has no value. Null in a value, an empty value and the text null are three other things.

Resource         resources/conditions.resource

Suite Setup      Prepare A Topic Of The Suite


*** Test Cases ***
A Tombstone
    ${tombstone}=    Publish Tombstone    ${TOPIC_OF_SUITE}    gone
    Event Should Match    ${tombstone}    value == null    is_tombstone == true    $ does not exist
    Event Should Match    ${tombstone}    value    ==    ${None}    strict=True
    Event Should Match    ${tombstone}    value in null, x    $.a does not exist
    ${value}=    Get Event Field    ${tombstone}    value
    Should Be Equal    ${value}    ${None}
    Run Keyword And Expect Error    *no field $.*is a tombstone*    Get Event Field    ${tombstone}    $

Null In A Value
    ${null}=    Publish Event    ${TOPIC_OF_SUITE}    null    key=null
    Event Should Match    ${null}    $ == null    value != null    is_tombstone == false    value exists
    Should Be Equal    ${null.value}    ${None}
    Should Not Be True    ${null.is_tombstone}
    ${value}=    Get Event Field    ${null}    value
    Should Be Equal    ${value}    ${None}

Null In A Value Is No Tombstone
    [Template]    Should Not Hold
    null    value == null
    null    value == None
    null    value    ==    ${None}
    null    value in null, x
    null    is_tombstone == true
    null    value == "null"
    null    value ==
    null    $ does not exist

Neither Is An Empty Value
    [Template]    Should Not Hold
    ${EMPTY}    value == null
    ${EMPTY}    is_tombstone == true
    ${EMPTY}    $ == null

Types Make No Difference To That
    Should Not Hold Strictly    null    value == null
    Should Not Hold Strictly    null    value    ==    ${None}
    Should Hold Strictly    null    $ == null

A Text Null Is A Text
    Set Topic Format    ${TOPIC_OF_SUITE}    value=text
    Should Not Hold    null    value == null
    Should Hold    null    value == "null"
    [Teardown]    Set Topic Format    ${TOPIC_OF_SUITE}    value=json

Null By A Schema Is No Tombstone
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=avro    schema=["null", "string"]
    Publish Event    ${topic}    null    key=null
    Publish Tombstone    ${topic}    gone
    ${event}=    Wait For Event    ${topic}    value == null
    Should Be Equal    ${event.key}    gone
    ${event}=    Wait For Event    ${topic}    $ == null
    Should Be Equal    ${event.key}    null

Fields Are As Ever
    [Template]    Should Hold
    {"a": null}    a == null
    {"a": "null"}    a == null
    {"a": null}    a exists

A Wait Takes The Tombstone And Leaves The Null
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    null    key=42
    Run Keyword And Expect Error    *value was null in json, not a tombstone (`$ == null` matches that)*
    ...    Wait For Event    ${topic}    value == null    timeout=0.2 s
    Publish Tombstone    ${topic}    42
    ${event}=    Wait For Event    ${topic}    value == null    key == 42
    Should Be True    ${event.is_tombstone}
    Event Count Should Be    ${topic}    1    value == null    within=0.1 s
    Event Count Should Be    ${topic}    1    $ == null    within=0.1 s

A Wait That Fails Calls A Tombstone So
    ${topic}=    New Watched Topic
    Publish Tombstone    ${topic}    42
    Run Keyword And Expect Error    *key "42"* is a tombstone
    ...    Wait For Event    ${topic}    status == PAID    total > 5    timeout=0.2 s
    Run Keyword And Expect Error    *is a tombstone (`value == null` matches that)*
    ...    Wait For Event    ${topic}    $ == null    timeout=0.2 s

A Check Calls A Tombstone So
    ${tombstone}=    Publish Tombstone    ${TOPIC_OF_SUITE}    42
    VAR    @{events}    ${tombstone}
    Run Keyword And Expect Error    *is a tombstone*    Event Field Should Be    ${tombstone}    status    PAID
    Run Keyword And Expect Error    *is a tombstone*    Event Field Should Not Be    ${tombstone}    value    ${None}
    Run Keyword And Expect Error    *is a tombstone*    Event Should Be Like    ${tombstone}    {"status": "PAID"}
    Run Keyword And Expect Error    *is a tombstone*    Event Should Match Schema    ${tombstone}    {"type": "object"}
    Run Keyword And Expect Error    *is a tombstone*    Events Should Be In Order    ${events}    $.version
    Run Keyword And Expect Error    *is a tombstone*    Events Should Be Unique    ${events}    value

An Event Without A Key
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}
    Event Should Match    ${event}    key == null    key in null, x
    Event Key Should Be    ${event}    ${None}
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}    key=null
    Event Should Match    ${event}    key != null    key == "null"
    Run Keyword And Expect Error    *key was "null"*    Event Key Should Be    ${event}    null

Whether A Key That Is Null Exists Is Not Guessed
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"a": 1}
    Run Keyword And Expect Error    *write `key == null`*
    ...    Wait For Event    ${topic}    key does not exist    timeout=0.2 s
    Run Keyword And Expect Error    *${topic}*write `key == null`*
    ...    No Event Should Arrive    ${topic}    key does not exist    within=0.1 s
    Publish Event    ${topic}    {"a": 1}    key=42
    Wait For Event    ${topic}    key exists
