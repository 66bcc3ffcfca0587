"""The command line: looking at Kafka without a test, with the same conditions, formats and logins as the keywords.

One file a subcommand. It has a function ``command``, made with click, and a line in ``COMMANDS`` of ``commands.py``.
"""
