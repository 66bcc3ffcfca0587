"""Client properties: from arguments, files and the environment, for the Kafka client and the schema registry."""
