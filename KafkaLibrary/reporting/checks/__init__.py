"""What failed checks of events say: of fields, likeness, schemas, order and uniqueness."""
