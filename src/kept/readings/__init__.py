"""Questions over several ledgers, in bulk; computed, never stored as truth."""
