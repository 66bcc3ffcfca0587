"""What arrives on topics: read since a mark, kept in the log, looked through by waits."""
