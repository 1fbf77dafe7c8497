"""What clients told us of how it felt: who was asked, what they answered, who was passed over and why, what followed."""
