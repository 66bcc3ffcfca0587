"""What the failures of keywords say that check events which are there: fields, likeness, schemas, order."""
