"""What ``log.html`` shows of events: a table, in it their values with the fields marked that decided."""
