"""How are events read of which a database is the source: as changes of rows, and as events of an outbox?"""
