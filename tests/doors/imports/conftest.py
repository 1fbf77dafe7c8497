"""Small invented files, written where a test needs them."""

from collections.abc import Callable
from pathlib import Path

import pytest

type Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes text (or bytes) to a file and gives its path."""

    def put(text: str | bytes, *, name: str = "export.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return put
