"""Which of the events that did not match came nearest."""
