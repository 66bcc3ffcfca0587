*** Settings ***
Documentation     One transaction of a database in Kafka: its rows, its end, and the event that it put into an outbox,
...               as Debezium's connector and its router for outboxes write them.

Resource          resources/pipeline.resource

Suite Setup       Have Orders And An Outbox
Suite Teardown    Leave Nothing    ${PREFIX}    ${PREFIX}-text    ${PREFIX}-open    ${PREFIX}-flat    ${PREFIX}-dead

Test Tags         real-kafka    change-data


*** Test Cases ***
A Transaction Over Two Tables Is Complete
    Place Order    1    lines=2
    ${row}=    Wait For Row Change    ${PREFIX}.${SCHEMA}.orders    op=insert    after.id == 1
    ${events}=    Transaction Should Be Complete    ${row}
    VAR    @{tables}    @{{ [event.change.table for event in $events] }}
    VAR    @{expected}    orders    lines    lines    outbox
    Should Be Equal    ${tables}    ${expected}

The Changes Of Each Row Are In Order Where Transactions Overlap
    Place Order    2    lines=1
    Let Two Transactions Overlap    2    3
    Wait For Row Change    ${PREFIX}.${SCHEMA}.orders    op=update    after.status == LATE
    Rows Should Be In Order    ${PREFIX}.${SCHEMA}.orders    since=earliest

The Event Of The Outbox Is The Event Inside
    ${id}=    Place Order    4    lines=1
    FOR    ${way}    IN    text    open
        ${event}=    Wait For Outbox Event    ${PREFIX}-${way}.event.order    id=${id}    orderId == 4    key == 4
        Should Be Equal    ${event.value.total}    ${12.5}
    END
    Wait For Outbox Event    ${PREFIX}-open.event.order    type=OrderPlaced    id=${id}
    Outbox Events Should Come Once    ${PREFIX}-open.event.order    id=${id}    within=0.5 s

The Event Of The Outbox Belongs To Its Row
    ${id}=    Place Order    5    lines=1
    ${row}=    Wait For Row Change    ${PREFIX}.${SCHEMA}.orders    op=insert    after.id == 5
    ${event}=    Wait For Outbox Event    ${PREFIX}-open.event.order    id=${id}
    Outbox Event Should Belong To Row    ${event}    ${row}
    ${written}=    Wait For Row Change    ${PREFIX}.${SCHEMA}.outbox    op=insert    after.id == ${id}
    Outbox Event Should Belong To Row    ${written}    ${row}
    Outbox Event Should Belong To Row    ${event}    ${written}

Flattened Rows Are Told By The Same Sentences
    Place Order    6    lines=1
    Execute Sql String    UPDATE orders SET status = 'PAID' WHERE id = 6
    Execute Sql String    DELETE FROM orders WHERE id = 6
    Wait For Row Change    ${PREFIX}-flat.${SCHEMA}.orders    op=update    after.id == 6    after.status == PAID
    ${gone}=    Wait For Row Change    ${PREFIX}-flat.${SCHEMA}.orders    op=delete    key.id == 6
    Should Be Equal    ${gone.change.before}    ${None}

A Connector That There Is Not Needs No Deletion
    [Documentation]    A teardown whose setup failed would wait a minute for it.
    [Timeout]    30 s
    Delete Connector    ${PREFIX}-none

A Connector That Died Tells Why
    Have A Connector    orders    ${PREFIX}-dead    errors.max.retries=0
    Wait For Row Change    ${PREFIX}-dead.${SCHEMA}.orders    snapshot=also    since=earliest
    Execute Sql String
    ...    SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name LIKE '%_dead'
    Wait Until Keyword Succeeds    60 s    100 ms    Connector Should Be Dead    ${PREFIX}-dead
    ${said}=    Run Keyword And Expect Error
    ...    *
    ...    Wait For Row Change
    ...    ${PREFIX}-dead.${SCHEMA}.orders
    ...    after.id == 77
    ...    timeout=0.3 s
    ...    connect=${CONNECT}
    Should Contain    ${said}    Task 0 of the connector '${PREFIX}-dead' is FAILED
    Run Keyword And Expect Error
    ...    The connector '${PREFIX}-dead' is FAILED: *
    ...    Wait Until Connector Is Running
    ...    ${PREFIX}-dead


*** Keywords ***
Have Orders And An Outbox
    Have A Schema
    Have Tables
    Have A Connector    orders|lines|outbox    provide.transaction.metadata=true
    Have Routers
    Have A Connector
    ...    orders
    ...    ${PREFIX}-flat
    ...    transforms=flat
    ...    transforms.flat.type=io.debezium.transforms.ExtractNewRecordState
    ...    transforms.flat.add.fields=op
    Watch Topics    ${PREFIX}*

Have Tables
    Execute Sql String    CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL, total numeric(10, 2))
    Execute Sql String    ALTER TABLE orders REPLICA IDENTITY FULL
    Execute Sql String    CREATE TABLE lines (id int PRIMARY KEY, order_id int NOT NULL)
    Execute Sql String
    ...    CREATE TABLE outbox (id uuid PRIMARY KEY, aggregatetype text, aggregateid text, type text, payload jsonb)

Have Routers
    [Documentation]    Two, which write the event as a text and as an object.
    VAR    &{router}    transforms=box    transforms.box.type=io.debezium.transforms.outbox.EventRouter
    Have A Connector
    ...    outbox
    ...    ${PREFIX}-text
    ...    &{router}
    ...    transforms.box.route.topic.replacement=${PREFIX}-text.event.\${routedByValue}
    Have A Connector
    ...    outbox
    ...    ${PREFIX}-open
    ...    &{router}
    ...    transforms.box.route.topic.replacement=${PREFIX}-open.event.\${routedByValue}
    ...    transforms.box.table.expand.json.payload=true
    ...    transforms.box.table.fields.additional.placement=type:header:eventType
    ...    value.converter=org.apache.kafka.connect.json.JsonConverter
    ...    value.converter.schemas.enable=false

Place Order
    [Documentation]    In one transaction an order, its lines, and the event that says so. Gives the id of that.
    [Arguments]    ${id}    ${lines}
    VAR    ${event}    ${{ str(uuid.uuid4()) }}
    VAR    ${statements}
    ...    INSERT INTO orders VALUES (${id}, 'NEW', 12.50);
    ...    INSERT INTO lines SELECT ${id} * 10 + n, ${id} FROM generate_series(1, ${lines}) AS n;
    ...    INSERT INTO outbox VALUES ('${event}', 'order', '${id}', 'OrderPlaced',
    ...    '{"orderId": ${id}, "total": 12.5, "note": null}');
    ...    separator=${SPACE}
    Execute Sql String    BEGIN; ${statements} COMMIT;    split=False
    RETURN    ${event}

Let Two Transactions Overlap
    [Documentation]    The one that began first commits last, so that places in the log step back.
    [Arguments]    ${first}    ${second}
    Connect To Database
    ...    pg8000
    ...    db_name=${FACTS}[database]
    ...    db_user=${FACTS}[user]
    ...    db_host=${FACTS}[host]
    ...    db_port=${FACTS}[port]
    ...    alias=other
    Execute Sql String
    ...    UPDATE ${SCHEMA}.orders SET status = 'LATE' WHERE id = ${first}
    ...    no_transaction=True
    ...    alias=other
    Place Order    ${second}    lines=1
    Execute Sql String    COMMIT    no_transaction=True    alias=other
    Disconnect From Database    alias=other

Connector Should Be Dead
    [Arguments]    ${name}
    ${status}=    Get Settled Status    ${name}
    Should Contain    ${{ [task['state'] for task in $status['tasks']] }}    FAILED
