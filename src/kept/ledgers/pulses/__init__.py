"""How it felt: who was asked, what they answered, who was passed over and why, and what followed."""
