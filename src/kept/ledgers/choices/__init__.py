"""What shows how freely a client chooses us, and what ties them."""
