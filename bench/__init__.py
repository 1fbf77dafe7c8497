"""Speed and memory against their limits: one command, one table."""
