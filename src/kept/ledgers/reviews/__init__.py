"""The service review: a quarter told to one client, what its lead wrote, and what was sent of it."""
