"""What a text says: its visible part, whether a machine wrote it."""
