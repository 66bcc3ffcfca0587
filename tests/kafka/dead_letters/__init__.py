"""Dead letters of the frameworks that don't run in the test command, as the real ones wrote them.

python -m tests.kafka.dead_letters [NAME...]   writes the recordings anew, those of all frameworks by default
"""
