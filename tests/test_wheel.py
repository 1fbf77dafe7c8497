"""The wheel alone, in an empty environment, is a whole Kept."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.environ.get("KEPT_TEST_DATABASE") == "postgres", reason="once is enough"),
]


def uv() -> str:
    """The uv that made this environment."""
    found = next(ROOT.glob(".tools/**/bin/uv"), None) or shutil.which("uv")
    if not found:
        pytest.skip("no uv on this machine: bin/test brings it")
    return str(found)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([uv(), "build", "--quiet", "--wheel", "--out-dir", str(folder)], cwd=ROOT)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_pages_styles_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "kept/templates/base.html",
        "kept/doors/desk/templates/desk/today.html",
        "kept/static/css/tokens.css",
        "kept/static/vendor/fonts/inter.woff2",
        "kept/static/vendor/fonts/LICENSE-inter",
        "kept/static/vendor/htmx/LICENSE",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]


def test_installed_alone_it_makes_the_demo_and_tells_its_morning(wheel: Path, tmp_path: Path) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    run([uv(), "venv", "--quiet", "--python", sys.executable, str(tmp_path / "venv")])
    run([uv(), "pip", "install", "--quiet", "--python", str(python), str(wheel)])
    kept = [str(python), "-m", "kept"]
    clean = {"PATH": os.defpath, "HOME": str(tmp_path), "KEPT_HOME": str(tmp_path / "home")}
    assert "ready" in run([*kept, "demo", "--no-serve"], env=clean, cwd=tmp_path)
    assert "waiting for us" in run([*kept, "brief"], env=clean, cwd=tmp_path)
    assert list((tmp_path / "home" / "static" / "css").glob("tokens.*.css"))


def run(words: list[str], *, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    """What the command says; its faults are the test's."""
    # as the launcher does: a company's own certificates are known to the system, not to uv
    trusting = {**os.environ, "UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    done = subprocess.run(words, env=env or trusting, cwd=cwd, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
