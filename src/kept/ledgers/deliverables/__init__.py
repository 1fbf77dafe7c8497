"""The work handed over, and how it was received."""
