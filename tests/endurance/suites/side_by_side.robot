*** Settings ***
Documentation    All tests of all processes share one topic, and each has an id of its own.
...              Each publishes five events with that id.

Library          Collections
Library          KafkaLibrary    bootstrap_servers=${BOOTSTRAP_SERVERS}    watch=${TOPIC}    timeout=30 s

Test Setup       Have An Id


*** Test Cases ***
Finds Its Own Events
    FOR    ${number}    IN RANGE    5
        Publish Number    ${number}
        ${event}=    Wait For Event    ${TOPIC}    id == ${ID}    number == ${number}
        Should Be Equal    ${event.key}    ${ID}
    END

Finds All Of Them In Their Order
    Publish Five
    ${events}=    Wait For Events    ${TOPIC}    5    id == ${ID}
    ${numbers}=    Get Event Fields    ${events}    number
    Should Be Equal    ${numbers}    ${{ [0, 1, 2, 3, 4] }}
    ${again}=    Wait For Events    ${TOPIC}    5    id == ${ID}
    Should Be Equal    ${again}    ${events}

Counts Its Own Events
    Publish Five
    Event Count Should Be    ${TOPIC}    5    id == ${ID}    within=0.3 s
    Event Count Should Be    ${TOPIC}    1    id == ${ID}    number == 3    within=0.1 s

Misses What Did Not Come
    Publish Five
    No Event Should Arrive    ${TOPIC}    id == ${ID}    number == 5    within=0.3 s
    Run Keyword And Expect Error    No event on '${TOPIC}'*
    ...    Wait For Event    ${TOPIC}    id == ${ID}    number == 6    timeout=0.2 s

Has A Topic Of Its Own
    FOR    ${number}    IN RANGE    5
        ${own}=    Create Temporary Topic    side-by-side
        Publish Event    ${own}    {"id": "${ID}"}
        Event Count Should Be    ${own}    1    within=0.1 s
        Publish Number    ${number}
    END
    Event Count Should Be    ${TOPIC}    5    id == ${ID}    within=0 s

Publishes In A Transaction
    Begin Kafka Transaction
    Publish Five
    No Event Should Be There Yet
    Commit Kafka Transaction
    Wait For Events    ${TOPIC}    5    id == ${ID}

Has Two Connections With Marks Of Their Own
    # With the open transactions of others, a mark of committed events would lie before what was published already.
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=other    timeout=30 s    isolation.level=read_uncommitted
    TRY
        Publish Number    0
        Watch Topics    ${TOPIC}
        Switch Kafka Connection    default
        Publish Number    1
        # One has watched since the beginning of the test, the other since the first event.
        Event Count Should Be    ${TOPIC}    2    id == ${ID}    within=0.1 s
        Other Connection Should Have    1
    FINALLY
        Disconnect From Kafka    other
    END
    FOR    ${number}    IN    2    3    4
        Publish Number    ${number}
    END


*** Keywords ***
Have An Id
    VAR    ${ID}    ${{ str(uuid.uuid4()) }}    scope=SUITE

Publish Five
    FOR    ${number}    IN RANGE    5
        Publish Number    ${number}
    END

Publish Number
    [Arguments]    ${number}
    Publish Event    ${TOPIC}    {"id": "${ID}", "number": ${number}}    key=${ID}

Other Connection Should Have
    [Arguments]    ${count}
    ${before}=    Switch Kafka Connection    other
    Event Count Should Be    ${TOPIC}    ${count}    id == ${ID}    within=0.1 s
    Switch Kafka Connection    ${before}

No Event Should Be There Yet
    ${events}=    Get Events    ${TOPIC}    id == ${ID}
    Should Be Empty    ${events}
