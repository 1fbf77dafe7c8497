"""Time exports, budgets, client lists: one file per format."""
