"""`make setup`: everything the project needs, in .venv, from pinned and hashed lists. Needs Python 3.11 alone.

A second run sees that nothing has changed and ends at once.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "qitracker" / "static" / "build"
INPUTS = [
    "setup/requirements.txt",
    "setup/node.txt",
    "setup/package-lock.json",
    "setup/assets.py",
    "setup/setup.py",
    "pyproject.toml",
]
OLDEST = (3, 11)


def state() -> str:
    """What the last set-up was made from."""
    found = hashlib.sha256(sys.version.encode() + str(ROOT).encode())
    for name in INPUTS:
        found.update((ROOT / name).read_bytes())
    return found.hexdigest()


def run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})


def main() -> None:
    if sys.version_info < OLDEST:
        sys.exit(
            f"QI tracker needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11"
        )
    stamp = VENV / "set-up"
    made_from = state()
    if stamp.exists() and stamp.read_text() == made_from and (BUILD / "vega.js").exists():
        return
    print("Setting up (once; a minute or two) ...", flush=True)
    python = str(VENV / "bin" / "python")
    if not Path(python).exists():
        venv.create(VENV, with_pip=True)
    run(python, "-m", "pip", "install", "-q", "--require-hashes", "-r", "setup/requirements.txt")
    run(python, "-m", "pip", "install", "-q", "--no-build-isolation", "--no-deps", "-e", ".")
    run(python, "setup/assets.py")
    stamp.write_text(made_from)


if __name__ == "__main__":
    main()
