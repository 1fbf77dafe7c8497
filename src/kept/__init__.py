"""Kept: whom to serve today, how and why, and the evidence that every client is being served."""
