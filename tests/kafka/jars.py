"""The jars of Kafka and its applications, brought once by Maven into the checkout's cache."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.places import CACHE

POM = Path(__file__).with_name("pom.xml")


def class_path() -> str:
    """A Java class path with all jars of the pom; asks Maven only after the pom has changed."""
    return f"{jars()}/*"


def jars() -> Path:
    CACHE.mkdir(exist_ok=True)
    # Named after the pom, so that a cache of another branch is not taken for this one.
    folder = CACHE / f"jars-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for older in CACHE.glob("jars-*"):
                shutil.rmtree(older)
            _bring(folder)
    return folder


def _bring(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise RuntimeError("Maven brings Kafka for the tests, and there is no 'mvn' on the PATH. Install it.")
    # Into a folder of its own first: a copy that was interrupted must not look complete.
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="maven-") as half:
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={half}/jars"]
        asked = subprocess.run([maven, "-B", "-q", "-f", POM, *goal], check=False, capture_output=True, text=True)
        if asked.returncode:
            raise RuntimeError(f"Maven could not bring Kafka:\n{asked.stdout[-4000:]}{asked.stderr}")
        (Path(half) / "jars").rename(folder)
