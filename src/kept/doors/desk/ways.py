"""Ways to rows: addresses that a page names by the hundred are made once."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=16384)
def way(name: str, *rows: int) -> str:
    """The address of a page of the desk about these rows."""
    return reverse(f"desk:{name}", args=rows)
