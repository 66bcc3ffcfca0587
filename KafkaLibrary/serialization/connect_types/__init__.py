"""What values are that carry the name of a type of Kafka Connect or Debezium, in whichever format they come?"""
