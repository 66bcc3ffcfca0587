"""What may a condition have been meant for beside this one event? By what is there: a list, a time."""
