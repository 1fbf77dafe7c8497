"""The open door: the page on which anybody can ask for help, and inlets for what is said elsewhere."""
