"""Where rows become events: PostgreSQL, and Kafka Connect with Debezium's connector for it."""
