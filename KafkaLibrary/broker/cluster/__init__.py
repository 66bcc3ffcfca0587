"""The cluster as an administrator sees it: requests to it, and its topics."""
