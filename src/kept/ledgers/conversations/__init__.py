"""What was said: messages, who looks after them, and what was set aside and why."""
