"""The command line: setup, serve, demo, brief, export, backup, restore, doctor."""
