*** Settings ***
Documentation    Topics whose names are made at run time are named by a pattern.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients
Test Setup       Given A Family Of Topics
Test Teardown    Remove The Family


*** Variables ***
${SAME}    ${{ uuid.uuid4().hex }}


*** Test Cases ***
A Wait Looks At All Topics That Are Meant
    Watch Topics    ${FAMILY}.*
    Another Client Publishes    ${FAMILY}.b    {"id": 1}
    ${event}=    Wait For Event    ${FAMILY}.*    id == 1
    Should Be Equal    ${event.topic}    ${FAMILY}.b
    Wait For Event    ^${FAMILY}\\.(a|b)$    id == 1
    Run Keyword And Expect Error    No event on '*.a?'*    Wait For Event    ${FAMILY}.a?    timeout=0.1 s

A Topic That Comes After Watching Is Read From Its First Event
    Watch Topics    ${FAMILY}.*
    Another Client Makes The Topic    ${FAMILY}.c    {"id": 1}
    ${event}=    Wait For Event    ${FAMILY}.*    id == 1
    Should Be Equal    ${event.topic}    ${FAMILY}.c

A Topic That Comes During The Wait Is Read From Its First Event
    Watch Topics    ${FAMILY}.*
    Another Client Makes The Topic    ${FAMILY}.c    {"id": 1}    after=0.3 s
    Wait For Event    ${FAMILY}.*    id == 1

A Wait For The First Topic Of All
    Another Client Makes The Topic    ${FAMILY}.new.one    {"id": 1}    after=0.3 s
    Wait For Event    ${FAMILY}.new.*    id == 1

Commas Stand Between Names And Patterns
    Another Client Publishes    ${FAMILY}.b    {"id": 1}
    Wait For Event    ${FAMILY}.a, ${FAMILY}.b    id == 1
    Wait For Event    ${FAMILY}.a,none.${SAME}.*,${FAMILY}.b*    id == 1

Several Events And Their Count
    Watch Topics    ${FAMILY}.*
    Another Client Publishes    ${FAMILY}.a    {"id": 1}    {"id": 2}
    Another Client Publishes    ${FAMILY}.b    {"id": 3}
    ${events}=    Wait For Events    ${FAMILY}.*    3
    Length Should Be    ${events}    3
    Event Count Should Be    ${FAMILY}.*    2    id <= 2    within=0.1 s
    ${events}=    Get Events    ${FAMILY}.*    id == 3
    Length Should Be    ${events}    1

One Event On Each Of Them
    Watch Topics    ${FAMILY}.*
    Another Client Publishes    ${FAMILY}.a    {"id": 1}
    Another Client Publishes    ${FAMILY}.b    {"id": 1}
    ${events}=    Wait For Event On Each Topic    ${FAMILY}.*    id == 1
    Lists Should Be Equal    ${{ list($events) }}    ${{ [$FAMILY + '.a', $FAMILY + '.b'] }}

A Negative Sees A Topic That Comes
    Watch Topics    ${FAMILY}.*
    No Event Should Arrive    ${FAMILY}.*    within=0.1 s
    Another Client Makes The Topic    ${FAMILY}.c    {"status": "REJECTED"}    after=0.2 s
    Run Keyword And Expect Error    *REJECTED*
    ...    No Event Should Arrive    ${FAMILY}.*    status == REJECTED    within=3 s

What No Topic Is Meant By Is Missing
    [Template]    Run Keyword And Expect Error
    *No topic that this login may see matches 'none.${SAME}.[*]'*    No Event Should Arrive
    ...    none.${SAME}.*    within=0.1 s
    *No topic that this login may see matches '^none.${SAME}'*    Get Events    ^none.${SAME}
    *No topic that this login may see matches*    Wait Until Topic Is Quiet    none.${SAME}.*    quiet=0.1 s
    *No topic that this login may see matches*    Wait For Event    none.${SAME}.*    timeout=0.1 s

Where It May Be Missing A Negative Passes
    No Event Should Arrive    none.${SAME}.*    within=0.1 s    missing_ok=True

Quiet Is Of All Of Them
    Another Client Publishes    ${FAMILY}.a    {"id": 1}    after=0.2 s
    Another Client Publishes    ${FAMILY}.b    {"id": 1}    after=0.4 s
    Wait Until Topic Is Quiet    ${FAMILY}.*    quiet=0.4 s
    Event Count Should Be    ${FAMILY}.*    2    id == 1    within=0 s

The Format Of A Keyword Is That Of All Of Them
    Watch Topics    ${FAMILY}.*
    Another Client Publishes    ${FAMILY}.b    {"id": 1}
    ${event}=    Wait For Event    ${FAMILY}.*    value == {"id": 1}    format=text
    Should Be Equal    ${event.value}    {"id": 1}

A Pattern Is Refused Where One Topic Is Needed
    Run Keyword And Expect Error    *is not a valid topic name*    Publish Event    ${FAMILY}.*    {"id": 1}

What Can Mean No Topic Is Refused
    [Template]    Run Keyword And Expect Error
    *not a regular expression*    Wait For Event    ^a(    timeout=0.1 s
    *no name has a blank in it*    Wait For Event    ^a, b*    timeout=0.1 s
    *no name has '['*    Wait For Event    a[0]*    timeout=0.1 s


*** Keywords ***
Given A Family Of Topics
    [Documentation]    Two topics whose names begin alike, of another client's making.
    VAR    ${FAMILY}    family.${{ uuid.uuid4().hex[:8] }}    scope=SUITE
    Another Client Makes The Topic    ${FAMILY}.a    {"past": true}
    Another Client Makes The Topic    ${FAMILY}.b    {"past": true}

Remove The Family
    ${topics}=    Topics Of Kafka
    FOR    ${topic}    IN    @{topics}
        IF    $topic.startswith($FAMILY)
            Another Client Removes The Topic    ${topic}
        END
    END
