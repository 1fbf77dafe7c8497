"""The demo firm: an invented studio with a year behind it, the same every time, its dates relative to the day."""
