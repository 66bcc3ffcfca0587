"""What must hold beside others, after interruptions and for a long time. It needs a real Kafka."""
