"""Whom we serve: clients, contacts, and what was agreed about speaking with them."""
