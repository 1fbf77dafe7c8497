"""Facts: one Django app per noun, each with its tables, verbs and questions."""
