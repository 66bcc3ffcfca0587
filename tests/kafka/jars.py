"""The jars that a pom names, brought once by Maven into the checkout's cache."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.places import CACHE

KAFKA = Path(__file__).with_name("pom.xml")


def class_path(pom: Path = KAFKA) -> str:
    """A Java class path with all jars of the pom; asks Maven only after the pom has changed."""
    return f"{jars(pom)}/*"


def jars(pom: Path = KAFKA) -> Path:
    CACHE.mkdir(exist_ok=True)
    name = pom.resolve().parent.name
    # Named after what the pom says, so that a cache of another branch is not taken for this one.
    folder = CACHE / f"jars-{name}-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for older in CACHE.glob(f"jars-{name}-*"):
                shutil.rmtree(older)
            _bring(pom, folder)
    return folder


def _bring(pom: Path, folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise RuntimeError("Maven brings Java programs for the tests, and there is no 'mvn' on the PATH. Install it.")
    # Into a folder of its own first: a copy that was interrupted must not look complete.
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="maven-") as half:
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={half}/jars"]
        asked = subprocess.run([maven, "-B", "-q", "-f", pom, *goal], check=False, capture_output=True, text=True)
        if asked.returncode:
            raise RuntimeError(f"Maven could not bring the jars of {pom}:\n{asked.stdout[-4000:]}{asked.stderr}")
        (Path(half) / "jars").rename(folder)
