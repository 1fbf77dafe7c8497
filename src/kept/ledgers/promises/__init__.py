"""What we said we would do: the words, to whom, by when, and what came of it."""
