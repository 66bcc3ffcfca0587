"""The admin client: requests to the cluster, its topics, and what its error codes mean."""
