"""What we learned after a delight or a disappointment, and the one thing we change."""
