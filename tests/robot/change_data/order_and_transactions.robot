*** Settings ***
Documentation    Several changes of rows: their order, and whether a transaction is there as a whole.
...              The events are those that Debezium's connector for PostgreSQL wrote.

Library          tests.robot.libraries.ChangeData
Resource         resources/kafka.resource


*** Test Cases ***
The Changes Of Each Row Are In Order
    FOR    ${form}    IN    on    off    rewrite
        ${topic}=    Recorded    ${form}    orders
        Rows Should Be In Order    ${topic}
    END

So Are Those Of A List
    ${topic}=    Recorded    off    orders
    ${events}=    Wait For Events    ${topic}    4    op in c,u,r
    Rows Should Be In Order    ${events}

A Change That Comes Too Late Is Told
    ${topic}=    New Watched Topic    orders
    Publish Row    ${topic}    u    200    "before": {"id": 1}, "after": {"id": 1}
    ${late}=    Publish Row    ${topic}    u    100    "before": {"id": 1}, "after": {"id": 1}
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    ${late.place} comes after ${topic}\[
    Should Contain    ${said}    was made before it: 100, then 200

Positions Of Different Rows Are Not Compared
    ${topic}=    New Watched Topic    orders
    Publish Row    ${topic}    c    200    "before": null, "after": {"id": 1}
    Publish Row    ${topic}    u    300    "before": {"id": 1}, "after": {"id": 1}
    Publish Row    ${topic}    c    100    "before": null, "after": {"id": 2}    key={"id": 2}
    Rows Should Be In Order    ${topic}

A Change That Comes Twice Is Told
    ${topic}=    New Watched Topic    orders
    FOR    ${run}    IN    one    other
        VAR    &{headers}    __debezium.context.runId=${run}
        Publish Row    ${topic}    u    100    "before": {"id": 1}, "after": {"id": 1}    headers=${headers}
    END
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    once more, by two connectors or one that was started again

A Change That Is Lacking Is Told
    ${topic}=    New Watched Topic    orders
    Publish Row    ${topic}    c    100    "before": null, "after": {"id": 1, "status": "NEW"}
    Publish Row    ${topic}    u    300    "before": {"id": 1, "status": "PAID"}, "after": {"id": 1, "status": "DONE"}
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    a change is lacking before
    Publish Row    ${topic}    d    400    "before": {"id": 1, "status": "DONE"}, "after": null
    Publish Row    ${topic}    u    500    "before": {"id": 1, "status": "DONE"}, "after": {"id": 1, "status": "DONE"}
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    is the update of a row that

A Column That Was Not Sent Is Compared With None
    ${topic}=    New Watched Topic    orders
    VAR    ${unsent}    "note": "__debezium_unavailable_value"
    Publish Row    ${topic}    u    100    "before": null, "after": {"id": 1, ${unsent}, "status": "NEW"}
    Publish Row
    ...    ${topic}
    ...    u
    ...    200
    ...    "before": {"id": 1, "note": "x", "status": "NEW"}, "after": {"id": 1, ${unsent}}
    Rows Should Be In Order    ${topic}
    Publish Row    ${topic}    u    300    "before": {"id": 2, "note": "x"}, "after": {"id": 1, "note": "y"}
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    id was 2

A Truncate Takes All Rows
    ${topic}=    New Watched Topic    orders
    Publish Row    ${topic}    c    100    "before": null, "after": {"id": 1}
    Publish Row    ${topic}    c    150    "before": null, "after": {"id": 2}    key={"id": 2}
    ${truncate}=    Publish Truncate    ${topic}    200
    Publish Row    ${topic}    c    300    "before": null, "after": {"id": 1}
    Rows Should Be In Order    ${topic}
    Publish Row    ${topic}    u    400    "before": null, "after": {"id": 2}    key={"id": 2}
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    is the update of a row that ${truncate.place} truncated

A Truncate On Another Partition Tells Nothing Of What Was Before It
    ${topic}=    New Watched Topic    orders
    Publish Row    ${topic}    c    100    "before": null, "after": {"id": 1}
    Publish Truncate    ${topic}    200    partition=1
    Publish Row    ${topic}    c    300    "before": null, "after": {"id": 1}
    Rows Should Be In Order    ${topic}

A Column That Was Given Another Type Is Compared With None
    ${topic}=    New Watched Topic    orders
    Publish Row    ${topic}    c    100    "before": null, "after": {"id": 1, "code": 7}
    Publish Row    ${topic}    u    200    "before": {"id": 1, "code": "7"}, "after": {"id": 1, "code": "8"}
    Rows Should Be In Order    ${topic}
    Publish Row    ${topic}    u    300    "before": {"id": 1, "code": null}, "after": {"id": 1, "code": "9"}
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    code was None

What Does Not Tell Its Place Is Not In Order
    ${topic}=    Recorded    flat    orders
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    does not tell its place in the database's log: add.fields=lsn does

Nothing Is Proven By Nothing
    ${topic}=    New Watched Topic    orders
    IF    ${{ $BOOTSTRAP_SERVERS == 'embedded' }}
        Publish Event    ${topic}    {"ts_ms": 1}
    END
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    There are no changes of rows to check.
    Publish Row    ${topic}    c    100    "before": null, "after": {"id": 1}
    Publish Row    ${topic}    c    101    "before": null, "after": {"id": 2}    key={"id": 2}
    ${said}=    Not In Order    ${topic}
    Should Contain    ${said}    Each is of a row of its own

A Transaction Is Complete When All Of Its Rows Are There
    ${prefix}=    Recorded Transaction    off
    ${row}=    Wait For Row Change    ${prefix}.public.orders    transaction.id ^= 803:    op=insert
    ${events}=    Transaction Should Be Complete    ${row}    topic=${prefix}.transaction
    VAR    @{tables}    @{{ [event.change.table for event in $events] }}
    VAR    @{expected}    orders    lines    lines
    Should Be Equal    ${tables}    ${expected}
    Transaction Should Be Complete    803    topic=${prefix}.transaction
    Transaction Should Be Complete    803:22334088    rows=${prefix}.public.orders: 1, ${prefix}.public.lines: 2

A Row That Is Lacking Is Told
    ${prefix}=    Recorded Transaction    off
    ${said}=    Run Keyword And Expect Error
    ...    *
    ...    Transaction Should Be Complete
    ...    803
    ...    rows=${prefix}.public.orders: 1, ${prefix}.public.lines: 3
    ...    timeout=0.5 s
    Should Contain    ${said}    The transaction 803 is not complete.
    Should Contain    ${said}    ${prefix}.public.lines: 2 of 3

A Row That Comes Twice Makes No Transaction Complete
    ${prefix}=    Recorded Transaction    off
    ${again}=    Wait For Row Change    ${prefix}.public.lines    transaction.id ^= 803:    after.id == 4
    Publish Event    ${again.topic}    ${again.raw_value}    key=${again.raw_key}    format=bytes
    ${said}=    Run Keyword And Expect Error
    ...    *
    ...    Transaction Should Be Complete
    ...    803
    ...    rows=${prefix}.public.orders: 1, ${prefix}.public.lines: 3
    Should Contain    ${said}    once more

Two Changes Of A Row That Tell No Place Are Told Apart By What They Left
    ${topic}=    New Watched Topic    orders
    FOR    ${status}    IN    NEW    PAID
        Publish Event    ${topic}    {"id": 1, "status": "${status}", "__op": "u", "__txId": 803}    key={"id": 1}
    END
    Transaction Should Be Complete    803    rows=${topic}: 2
    Publish Event    ${topic}    {"id": 1, "status": "PAID", "__op": "u", "__txId": 803}    key={"id": 1}
    Run Keyword And Expect Error    *once more    Transaction Should Be Complete    803    rows=${topic}: 3

A Row Of Another Database Is None Of The Transaction
    ${topic}=    New Watched Topic    orders
    FOR    ${number}    ${database}    IN    1    one    2    other
        Publish Event
        ...    ${topic}
        ...    {"before": null, "after": {"id": ${number}}, "op": "c", "source": {"txId": 803, "db": "${database}"}}
        ...    key={"id": ${number}}
    END
    ${row}=    Wait For Row Change    ${topic}    source.db == one
    Transaction Should Be Complete    ${row}    rows=${topic}: 1
    ${said}=    Run Keyword And Expect Error
    ...    *
    ...    Transaction Should Be Complete
    ...    ${row}
    ...    rows=${topic}: 2
    ...    timeout=0.5 s
    Should Contain    ${said}    ${topic}: 1 of 2

Without The End Of A Transaction Nobody Knows Its Rows
    ${prefix}=    Recorded Transaction    off
    ${said}=    Run Keyword And Expect Error
    ...    *
    ...    Transaction Should Be Complete
    ...    804
    ...    topic=${prefix}.transaction
    ...    timeout=0.5 s
    Should Contain    ${said}    It is not known whether the transaction 804 is complete: its end was not told.
    Should Contain    ${said}    provide.transaction.metadata=true

A Row That Does Not Tell Its Transaction Makes None Complete
    ${topic}=    Recorded    flaton    orders
    ${said}=    Run Keyword And Expect Error
    ...    *
    ...    Transaction Should Be Complete
    ...    803
    ...    rows=${topic}: 1
    ...    timeout=0.5 s
    Should Contain    ${said}    does not tell its transaction


*** Keywords ***
Recorded
    [Documentation]    Gives a topic with what a connector wrote of a table in this form.
    [Arguments]    ${form}    ${table}
    ${topic}=    New Watched Topic    ${table}
    ${library}=    Get Library Instance    KafkaLibrary
    Publish Recorded Changes    ${library}    ${form}    ${topic}
    RETURN    ${topic}

Recorded Transaction
    [Documentation]    Gives the prefix of topics with what a connector wrote of two tables, and of their transactions.
    [Arguments]    ${form}
    VAR    ${prefix}    shop${{ uuid.uuid4().hex[:8] }}
    ${library}=    Get Library Instance    KafkaLibrary
    FOR    ${table}    IN    public.orders    public.lines    transaction
        IF    ${{ $BOOTSTRAP_SERVERS != 'embedded' }}
            Create Topic    ${prefix}.${table}
        END
        Publish Recorded Changes    ${library}    ${form}    ${prefix}.${table}    of=shop.${table}
    END
    RETURN    ${prefix}

Publish Row
    [Documentation]    Publishes a change, and gives its event.
    [Arguments]    ${topic}    ${op}    ${lsn}    ${row}    &{more}
    VAR    &{given}    key={"id": 1}    &{more}
    ${event}=    Publish Event
    ...    ${topic}
    ...    {${row}, "op": "${op}", "source": {"lsn": ${lsn}}}
    ...    partition=0
    ...    &{given}
    RETURN    ${event}

Publish Truncate
    [Documentation]    Publishes that all rows were taken, and gives the event. It has no key.
    [Arguments]    ${topic}    ${lsn}    ${partition}=0
    ${event}=    Publish Event
    ...    ${topic}
    ...    {"before": null, "after": null, "op": "t", "source": {"lsn": ${lsn}}}
    ...    partition=${partition}
    RETURN    ${event}

Not In Order
    [Documentation]    Gives the failure.
    [Arguments]    ${topic}
    ${said}=    Run Keyword And Expect Error    *    Rows Should Be In Order    ${topic}
    RETURN    ${said}
