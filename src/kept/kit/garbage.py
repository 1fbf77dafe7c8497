"""How often Python looks for garbage: what was loaded at the start is none, and a page makes thousands of rows."""

import gc

# a page's rows are gone when it is drawn; Python's own 2,000 would look through them several times before
AFTER_SO_MANY = (20_000, 20, 50)


def stand_still() -> None:
    """Never look again through what is there by now; a page then takes about a tenth less. Called once, when served."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*AFTER_SO_MANY)
