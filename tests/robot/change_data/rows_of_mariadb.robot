*** Settings ***
Documentation    Changes of rows as Debezium's connector for MariaDB wrote them, with schemas and without.

Library          tests.robot.libraries.ChangeData
Resource         resources/kafka.resource

Test Template    Run With Schemas And Without


*** Variables ***
&{TYPES}
...         total=decimal(2)
...         tax=decimal(4)
...         whole=decimal(0)
...         flags=bits(10)
...         placed=days
...         due=time-micros
...         at=millis
...         micros=micros
...         millis=millis
...         doc=json
...         place=geometry
...         area=geometry
@{ROW}
...         total == 12.34
...         tax == 0.19
...         whole == 42
...         large == -1
...         small == -7
...         paid == 1
...         one == true
...         flags == 1000000001
...         placed == 2026-11-30
...         due == 10:00:00.120
...         lasts == -363723000000
...         at == 2026-11-30T10:00:00
...         micros == 2026-11-30T10:00:00.120456
...         millis == 2026-11-30T10:00:00.120
...         zoned == 2026-11-30T11:00:00.120456+01:00
...         made == 2026
...         state == NEW
...         marks contains C
...         doc.a == 1
...         doc == {"a":1}
...         note == none
...         raw == AQI=
...         ratio == 2.5
...         place == POINT(1 2)
...         area == POLYGON((0 0,1 0,1 1,0 0))
@{LOW}
...         total == -1
...         tax == -0.0001
...         whole < -99998
...         large == 0
...         small == -32768
...         paid == 0
...         one == false
...         flags == 0000000010
...         placed == 1969-12-31
...         due == 00:00:00
...         lasts == 3020399000000
...         at == 1969-12-31T23:59:59
...         micros == 1969-12-31T23:59:59.999999
...         millis == 1000-01-01T00:00:00
...         zoned == null
...         marks == ${EMPTY}
...         doc == []
...         ratio == -0.5
...         area == null


*** Test Cases ***    KEYWORD
A Row Is Compared As The Table Shows It    An Insert Is Found
What Was Before Too    An Update And A Delete Are Found
A Row Of The Snapshot Is No Change    A Row Of The Snapshot Is Told Apart
A UUID That Moved Is Of The Same Row    The Snapshot And The Log Are Of One Row
A Transaction Over Two Tables    All Rows Of A Transaction Are There


*** Keywords ***
Run With Schemas And Without
    [Arguments]    ${keyword}
    FOR    ${form}    IN    on    off
        ${prefix}=    Recorded Changes    ${form}
        Run Keyword    ${keyword}    ${prefix}
    END

An Insert Is Found
    [Arguments]    ${prefix}
    Wait For Row Change
    ...    ${prefix}.shop.orders
    ...    op=insert
    ...    after.id == 3
    ...    @{{ [f'after.{one}' for one in $ROW] }}
    Wait For Row Change
    ...    ${prefix}.shop.orders
    ...    op=insert
    ...    after.id == 2
    ...    @{{ [f'after.{one}' for one in $LOW] }}
    Wait For Row Change    ${prefix}.shop.orders    op=insert    after.id == 4    after.more == 5

An Update And A Delete Are Found
    [Arguments]    ${prefix}
    Wait For Row Change
    ...    ${prefix}.shop.orders
    ...    op=update
    ...    after.total == 99.50
    ...    after.state == PAID
    ...    @{{ [f'before.{one}' for one in $ROW] }}
    ${event}=    Wait For Row Change
    ...    ${prefix}.shop.orders
    ...    op=delete
    ...    key.id == 2
    ...    @{{ [f'before.{one}' for one in $LOW] }}
    Should Be Equal    ${event.change.database}    shop
    Should Be Equal    ${event.change.transaction}    ${event.change.position.gtid}

A Row Of The Snapshot Is Told Apart
    [Arguments]    ${prefix}
    Wait For Row Change    ${prefix}.shop.orders    op=snapshot    after.id == 1    after.total == 12.34
    ${event}=    Wait For Row Change    ${prefix}.shop.orders    key.id == 1
    Should Be Equal    ${event.change.op}    update

The Snapshot And The Log Are Of One Row
    [Documentation]    The connector moves a UUID by a byte where it reads the log: the row did not change, and the
    ...    delete has all of it.
    [Arguments]    ${prefix}
    Rows Should Be In Order    ${prefix}.shop.orders
    Wait For Row Change
    ...    ${prefix}.shop.orders
    ...    op=delete
    ...    key.id == 5
    ...    @{{ [f'before.{one}' for one in $ROW] }}

All Rows Of A Transaction Are There
    [Arguments]    ${prefix}
    ${row}=    Wait For Row Change    ${prefix}.shop.orders    op=insert    after.id == 3
    ${events}=    Transaction Should Be Complete    ${row}    topic=${prefix}.transaction
    Should Be Equal    ${{ [event.change.table for event in $events] }}    ${{ ['orders', 'lines'] }}
    Transaction Should Be Complete    ${row}    rows=${prefix}.shop.orders: 1, ${prefix}.shop.lines: 1

Recorded Changes
    [Documentation]    Gives the prefix of topics with what a connector wrote of two tables, and of their transactions.
    [Arguments]    ${form}
    VAR    ${prefix}    mariadb${{ uuid.uuid4().hex[:8] }}
    ${library}=    Get Library Instance    KafkaLibrary
    FOR    ${topic}    IN    shop.orders    shop.lines    transaction
        IF    ${{ $BOOTSTRAP_SERVERS != 'embedded' }}
            Create Topic    ${prefix}.${topic}
        END
        Publish Recorded Changes Of MariaDB    ${library}    ${form}    ${prefix}.${topic}    of=${topic}
    END
    IF    $form == 'off'
        Set Topic Format    ${prefix}.shop.orders    value=json    types=${TYPES}
    END
    RETURN    ${prefix}
