"""The worker and the one list of recurring work."""
