"""Verbs that touch several ledgers at once."""
