"""What does a contract say of an event, and does the event fit? A contract is an AsyncAPI document of 2.0 to 3.1."""
