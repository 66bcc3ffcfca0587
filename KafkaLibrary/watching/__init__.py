"""What arrives on topics: read since a mark, kept for a while, looked through by waits."""
