"""How the world comes in and out."""
