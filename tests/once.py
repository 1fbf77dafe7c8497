"""What takes long to make and is the same for all: made by the first process of a run that wants it."""

import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 900  # seconds for whoever makes it; the machine may be busy


def shared_folder() -> Path:
    """The folder that all processes of this run share; it goes with the run."""
    own = Path(os.environ["KEPT_HOME"])
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, filled by `make`; whoever comes second waits until it is whole, or fails with it."""
    folder = shared_folder() / name
    made, failed = folder.with_suffix(".made"), folder.with_suffix(".failed")
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not made.exists():
            assert not failed.exists(), f"whoever made {name} failed: {failed.read_text()}"
            assert time.monotonic() < deadline, f"whoever makes {name} has not come to an end"
            time.sleep(0.05)
        return folder
    try:
        make(folder)
    except BaseException as fault:
        failed.write_text(str(fault)[-2000:])
        raise
    made.touch()
    return folder
