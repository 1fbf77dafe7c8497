"""What readings keep for speed: rows that may be dropped at any time, and are made again from the ledgers."""
