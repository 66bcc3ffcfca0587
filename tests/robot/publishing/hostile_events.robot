*** Settings ***
Documentation    What a consumer meets one day is published on purpose: twice, late, out of order, broken.

Resource         resources/kafka.resource


*** Test Cases ***
Duplicates Have The Same Bytes
    ${topic}=    New Watched Topic
    VAR    &{headers}    eventId=E-1
    ${order}=    Publish Event    ${topic}    {"orderId": 42}    key=42    headers=${headers}
    ${again}=    Publish Duplicates    ${order}    times=2
    Length Should Be    ${again}    2
    ${all}=    Get Events    ${topic}    headers.eventId == E-1    orderId == 42    key == 42
    Length Should Be    ${all}    3
    FOR    ${one}    IN    @{again}
        Should Be Equal    ${one.raw_value}    ${order.raw_value}
        Should Be Equal    ${one.partition} ${one.timestamp_ms}    ${order.partition} ${order.timestamp_ms}
    END

A Late Event Is Behind And Earlier
    ${topic}=    New Watched Topic
    ${order}=    Publish Event    ${topic}    {"orderId": 42}    key=42
    ${late}=    Publish Late Event    ${order}    by=2 h
    Should Be Equal As Integers    ${{ $order.timestamp_ms - $late.timestamp_ms }}    7200000
    Should Be True    ${late.offset} > ${order.offset}
    Should Be Equal    ${late.partition}    ${order.partition}

No Event Is Late From Before Time Begins
    ${topic}=    New Topic
    ${order}=    Publish Event    ${topic}    {"orderId": 42}    key=42
    Run Keyword And Expect Error    *by=40000 days is before 1970*
    ...    Publish Late Event    ${order}    by=40000 days

The Last Comes First
    ${topic}=    New Watched Topic
    VAR    @{steps}    PLACED    PAID    SENT
    Publish Out Of Order    ${topic}    ${steps}    key=42
    ${events}=    Get Events    ${topic}
    Should Be Equal    ${{ [event.value for event in $events] }}    ${{ ['SENT', 'PAID', 'PLACED'] }}

A Given Order
    ${topic}=    New Watched Topic
    VAR    @{steps}    PLACED    PAID    SENT
    ${events}=    Publish Out Of Order    ${topic}    ${steps}    key=42    order=1,0,2
    Should Be Equal    ${{ [event.value for event in $events] }}    ${{ ['PAID', 'PLACED', 'SENT'] }}
    Should Be Equal    ${{ {event.partition for event in $events} }}    ${{ {$events[0].partition} }}

All Orders But The Right One
    ${topic}=    New Watched Topic
    VAR    @{steps}    PLACED    PAID    SENT
    ${events}=    Publish Out Of Order    ${topic}    ${steps}    key=42    order=all
    VAR    ${values}    ${{ [event.value for event in $events] }}
    VAR    ${orders}    ${{ set(zip($values[::3], $values[1::3], $values[2::3])) }}
    Length Should Be    ${orders}    5
    Should Be True    ('PLACED', 'PAID', 'SENT') not in $orders

Equal Events Are Never Out Of Order
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    PLACED
    VAR    @{same}    PLACED    PLACED
    VAR    @{twice}    PLACED    PLACED    PAID
    Equal Events Should Be Refused    ${topic}    ${same}
    Equal Events Should Be Refused    ${topic}    ${same}    order=all
    Equal Events Should Be Refused    ${topic}    ${twice}    order=1,0,2
    ${events}=    Get Events    ${topic}
    Length Should Be    ${events}    1

All Orders But The Right One Of Some That Are Equal
    ${topic}=    New Topic
    VAR    @{twice}    PLACED    PLACED    PAID
    ${events}=    Publish Out Of Order    ${topic}    ${twice}    key=42    order=all
    Length Should Be    ${events}    12
    Should Be Equal    ${{ [event.value for event in $events[:3]] }}    ${{ ['PLACED', 'PAID', 'PLACED'] }}

Events Of Several Keys Have No Order
    ${topic}=    New Topic
    ${one}=    Publish Event    ${topic}    1    key=1
    ${two}=    Publish Event    ${topic}    2    key=2
    VAR    @{both}    ${one}    ${two}
    Run Keyword And Expect Error    *several keys have no order*
    ...    Publish Out Of Order    ${topic}    ${both}

A Broken Event Is Broken For Readers
    ${topic}=    New Watched Topic
    Publish Broken Event    ${topic}    {"orderId": 42, "status": "NEW"}    kind=cut    key=42
    Run Keyword And Expect Error    *could not be judged*    No Event Should Arrive    ${topic}    orderId == 7
    ...    within=0 s

Fields Break
    ${topic}=    New Topic
    ${good}=    Publish Event    ${topic}    {"orderId": 42, "status": "NEW"}    key=42
    ${event}=    Publish Broken Event    ${topic}    ${good}    kind=wrong type
    Event Field Should Be    ${event}    $.orderId    not of its type
    ${event}=    Publish Broken Event    ${topic}    ${good}    kind=unknown enum    field=$.status
    Event Field Should Be    ${event}    $.status    NO_SUCH_VALUE
    ${event}=    Publish Broken Event    ${topic}    ${good}    kind=missing field    field=$.status
    Event Field Should Not Exist    ${event}    $.status

Keys And Headers Break
    ${topic}=    New Topic
    VAR    &{headers}    eventId=E-1
    ${good}=    Publish Event    ${topic}    {"orderId": 42}    key=42    headers=${headers}
    ${event}=    Publish Broken Event    ${topic}    ${good}    kind=missing key
    Should Be Equal    ${event.key} ${event.partition}    None ${good.partition}
    ${event}=    Publish Broken Event    ${topic}    ${good}    kind=missing header    field=eventId
    Should Be Empty    ${event.headers}

Values Break
    ${topic}=    New Topic
    ${good}=    Publish Event    ${topic}    {"orderId": 42}    key=42
    ${event}=    Publish Broken Event    ${topic}    ${good}    kind=tombstone
    Should Be True    ${event.is_tombstone}
    ${event}=    Publish Broken Event    ${topic}    ${good}    kind=oversized    size=100000
    Length Should Be    ${event.raw_value}    100000

What Would Break Nothing Is Refused
    ${topic}=    New Topic
    Run Keyword And Expect Error    *the value does not begin with a schema id*
    ...    Publish Broken Event    ${topic}    {"orderId": 42}    kind=wrong schema id
    Run Keyword And Expect Error    *nothing of the event would be broken*
    ...    Publish Broken Event    ${topic}    {"orderId": 42}    kind=missing key
    Run Keyword And Expect Error    *is not a kind of broken event: 'brocken'*
    ...    Publish Broken Event    ${topic}    {"orderId": 42}    kind=brocken
    Run Keyword And Expect Error    *kind=cut has no use for field=*
    ...    Publish Broken Event    ${topic}    {"orderId": 42}    kind=cut    field=$.orderId
    Run Keyword And Expect Error    *kind=tombstone has no use for size=*
    ...    Publish Broken Event    ${topic}    {"orderId": 42}    kind=tombstone    size=5
    Run Keyword And Expect Error    *the value has 15 bytes already*
    ...    Publish Broken Event    ${topic}    {"orderId": 42}    kind=oversized    size=5
    Run Keyword And Expect Error    *has no field $.status?0? that could be broken*
    ...    Publish Broken Event    ${topic}    {"status": "NEW"}    kind=wrong type    field=$.status[0]

What Can Be Read When It Was Cut Is Refused
    [Documentation]    As by a format that takes what it gets.
    ${topic}=    New Topic
    ${good}=    Publish Event    ${topic}    ${{ bytes(9) }}    format=bytes
    Set Topic Format    ${topic}    value=own:Read Anyhow
    Run Keyword And Expect Error    *what is left is still readable*
    ...    Publish Broken Event    ${topic}    ${good}    kind=cut


*** Keywords ***
Read Anyhow
    [Arguments]    ${raw}
    RETURN    ${{ {'length': len($raw)} }}

Equal Events Should Be Refused
    [Arguments]    ${topic}    ${events}    &{order}
    Run Keyword And Expect Error    *Equal events are in the same order*
    ...    Publish Out Of Order    ${topic}    ${events}    key=42    &{order}
