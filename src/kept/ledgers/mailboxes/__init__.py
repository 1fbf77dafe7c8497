"""Where client mail comes from and goes out by: mailboxes, their folders, and what has come and is not yet read."""
