"""The firm's pledge in plain sentences, version by version, and what is different for a client."""
