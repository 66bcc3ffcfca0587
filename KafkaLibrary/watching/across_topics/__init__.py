"""What is watched over several topics for one answer: a flow from one to another, and dead letters."""
