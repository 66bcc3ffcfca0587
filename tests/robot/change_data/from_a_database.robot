*** Settings ***
Documentation     Rows that change in PostgreSQL, and what Debezium's connector writes of them to Kafka.

Resource          resources/pipeline.resource

Suite Setup       Have Orders And Their Lines
Suite Teardown    Leave Nothing    ${PREFIX}

Test Tags         real-kafka    change-data


*** Test Cases ***
What Was There Before Is A Row Of The Snapshot
    ${event}=    Wait For Row Change    ${SCHEMA}.orders    op=snapshot    after.id == 1    since=earliest
    Should Be True    ${event.change.snapshot}
    Run Keyword And Expect Error
    ...    No event on *matched within*
    ...    Wait For Row Change
    ...    ${SCHEMA}.orders
    ...    after.id == 1
    ...    since=earliest
    ...    timeout=0.5 s

An Insert
    Execute Sql String    INSERT INTO orders VALUES (2, 'NEW', 99.50, '2026-11-30 10:00:00Z')
    ${event}=    Wait For Row Change    ${SCHEMA}.orders    op=insert    key.id == 2    after.total == 99.50
    Should Be Equal    ${event.change.table}    orders
    Should Be Equal    ${event.change.schema}    ${SCHEMA}
    Should Be Equal    ${event.change.before}    ${None}

An Update
    Execute Sql String    UPDATE orders SET status = 'PAID' WHERE id = 1
    ${event}=    Wait For Row Change
    ...    ${SCHEMA}.orders
    ...    op=update
    ...    after.status == PAID
    ...    before.status == NEW
    ...    connect=${CONNECT}
    Should Be Equal    ${event.change.before.status}    NEW
    Should Be True    ${event.change.lsn} > 0

An Update Of A Table Without Replica Identity Knows No Row Before
    Execute Sql String    UPDATE lines SET quantity = 3 WHERE id = 1
    Wait For Row Change    ${SCHEMA}.lines    op=update    after.quantity == 3
    Run Keyword And Expect Error
    ...    *unless the table has REPLICA IDENTITY FULL*
    ...    Wait For Row Change
    ...    ${SCHEMA}.lines
    ...    before.quantity == 2
    ...    timeout=0.5 s

A Delete Is One Change
    Execute Sql String    INSERT INTO orders VALUES (4, 'NEW', 1, NULL)
    Execute Sql String    DELETE FROM orders WHERE id = 4
    ${event}=    Wait For Row Change    ${SCHEMA}.orders    op=delete    key.id == 4    before.status == NEW
    Run Keyword And Expect Error
    ...    *
    ...    Wait For Row Change
    ...    ${SCHEMA}.orders
    ...    op=delete
    ...    since=${event}
    ...    timeout=0.5 s

A Long Text That Was Left Alone Is Not Sent
    Execute Sql String    INSERT INTO lines VALUES (7, 1, 1, repeat(md5('1'), 1000) || md5(random()::text))
    Execute Sql String    ALTER TABLE lines ALTER note SET STORAGE EXTERNAL
    Execute Sql String    UPDATE lines SET note = repeat(md5('1'), 1000) WHERE id = 7
    Execute Sql String    UPDATE lines SET quantity = 2 WHERE id = 7
    Wait For Row Change    ${SCHEMA}.lines    op=update    after.id == 7    after.quantity == 2
    Run Keyword And Expect Error
    ...    *Debezium did not send it*
    ...    Wait For Row Change
    ...    ${SCHEMA}.lines
    ...    after.quantity == 2
    ...    after.note != x
    ...    timeout=0.5 s

A Column Comes
    Execute Sql String    INSERT INTO orders VALUES (5, 'NEW', 1, NULL)
    Execute Sql String    ALTER TABLE orders ADD COLUMN carrier text
    Execute Sql String    UPDATE orders SET carrier = 'bike' WHERE id = 5
    Wait For Row Change    ${SCHEMA}.orders    op=update    key.id == 5    after.carrier == bike

A Truncate
    Execute Sql String    INSERT INTO lines VALUES (8, 1, 1, NULL)
    Execute Sql String    TRUNCATE lines
    Execute Sql String    INSERT INTO lines VALUES (8, 1, 2, NULL)
    Wait For Row Change    ${SCHEMA}.lines    op=insert    after.quantity == 2    after.id == 8
    Wait For Row Change    ${SCHEMA}.lines    op=truncate    key == null
    Rows Should Be In Order    ${SCHEMA}.lines    since=earliest

A Column Is Given Another Type, And Another Name
    Execute Sql String    INSERT INTO orders (id, status) VALUES (10, '7')
    Execute Sql String    ALTER TABLE orders ALTER status TYPE int USING 7
    Execute Sql String    UPDATE orders SET status = 8 WHERE id = 10
    Wait For Row Change    ${SCHEMA}.orders    op=update    before.status == 7    after.status == 8    strict=True
    Execute Sql String    ALTER TABLE orders RENAME status TO state
    Execute Sql String    UPDATE orders SET state = 9 WHERE id = 10
    Wait For Row Change    ${SCHEMA}.orders    op=update    before.state == 8    after.state == 9
    Rows Should Be In Order    ${SCHEMA}.orders    since=earliest

A Key Changes
    Execute Sql String    INSERT INTO orders (id, state) VALUES (8, 1)
    Execute Sql String    UPDATE orders SET id = 9 WHERE id = 8
    Wait For Row Change    ${SCHEMA}.orders    op=delete    key.id == 8    headers.__debezium.newkey exists
    Wait For Row Change    ${SCHEMA}.orders    op=insert    key.id == 9


*** Keywords ***
Have Orders And Their Lines
    Have A Schema
    Execute Sql String
    ...    CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL, total numeric(10, 2), at timestamptz)
    Execute Sql String    ALTER TABLE orders REPLICA IDENTITY FULL
    Execute Sql String    CREATE TABLE lines (id int PRIMARY KEY, order_id int, quantity int NOT NULL, note text)
    Execute Sql String    INSERT INTO orders VALUES (1, 'NEW', 12.34, NULL)
    Execute Sql String    INSERT INTO lines VALUES (1, 1, 2, NULL)
    Have A Connector    orders|lines    provide.transaction.metadata=true    skipped.operations=none
    Wait For Row Change    ${SCHEMA}.lines    op=snapshot
    Watch Topics    ${PREFIX}.*
