"""What stands around every page: the rail with its counts, the firm's name."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; empty for strangers."""
    return {}
