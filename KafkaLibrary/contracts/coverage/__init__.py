"""Which parts of a contract have the events of a run shown, and in which test was each seen first?"""
