"""What does a keyword on rows of a database, and on what was taken from an outbox, ask for?"""
