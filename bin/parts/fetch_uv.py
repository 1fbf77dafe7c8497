"""Bring uv's wheel from PyPI with the standard library alone, for a Python that has neither venv nor pip.

Usage: fetch_uv.py 'uv>=0.13,<0.14' FOLDER; leaves FOLDER/bin/uv. Runs on Python 3.9 and later.
"""

import hashlib
import io
import json
import platform
import re
import sys
import urllib.request
import zipfile
from pathlib import Path

INDEX = "https://pypi.org/simple/uv/"
JSON = {"Accept": "application/vnd.pypi.simple.v1+json"}


def main(requirement, folder):
    minor = re.search(r">=0\.(\d+)", requirement).group(1)
    with urllib.request.urlopen(urllib.request.Request(INDEX, headers=JSON), timeout=30) as answer:
        files = json.load(answer)["files"]
    fitting = [file for file in files if fits(file["filename"], minor) and not file.get("yanked")]
    if not fitting:
        raise SystemExit(f"PyPI has no uv 0.{minor} for {platform.system()} on {platform.machine()}")
    newest = max(fitting, key=lambda file: [int(part) for part in file["filename"].split("-")[1].split(".")])
    with urllib.request.urlopen(newest["url"], timeout=120) as answer:  # noqa: S310
        wheel = answer.read()
    if hashlib.sha256(wheel).hexdigest() != newest["hashes"]["sha256"]:
        raise SystemExit(f"{newest['filename']} arrived damaged; try again")
    unpack(wheel, Path(folder) / "bin")


def fits(name, minor):
    """Whether a file is a wheel of the wanted version for this system; the musl build runs on every Linux."""
    system = {"Linux": "musllinux", "Darwin": "macosx"}.get(platform.system(), "none")
    machine = {"aarch64": "arm64"} if system == "macosx" else {"arm64": "aarch64"}
    ours = machine.get(platform.machine(), platform.machine())
    versioned = re.match(r"uv-0\.(\d+)\.\d+-", name)
    return bool(versioned) and versioned.group(1) == minor and system in name and name.endswith(f"_{ours}.whl")


def unpack(wheel, target):
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        program = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        (target / "uv").write_bytes(archive.read(program))
    (target / "uv").chmod(0o755)


if __name__ == "__main__":
    main(*sys.argv[1:3])
