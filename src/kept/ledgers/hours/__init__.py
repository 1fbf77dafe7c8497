"""Time worked, as it was recorded and where it came from."""
