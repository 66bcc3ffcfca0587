"""What Maven brings for the tests, once, into the checkout's cache: Kafka, its applications, a schema registry."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.places import CACHE

KAFKA = Path(__file__).with_name("pom.xml")
NEWEST = Path(__file__).parent / "newest" / "pom.xml"
"""Kafka in the newest version, alone: its applications may come later."""
REGISTRY = Path(__file__).with_name("registry.pom.xml")


def class_path(pom: Path = KAFKA) -> str:
    """A Java class path with all jars of the pom; asks Maven only after the pom has changed."""
    return f"{jars(pom)}/*"


def jars(pom: Path = KAFKA) -> Path:
    """The folder of the jars that the pom names."""
    return _cached(f"jars-{pom.resolve().parent.name}", pom, lambda _: None)


def registry() -> Path:
    """The folder of the schema registry."""
    return _cached("registry", REGISTRY, _unpack)


def _cached(name: str, pom: Path, prepare: Callable[[Path], None]) -> Path:
    CACHE.mkdir(exist_ok=True)
    # Named after what the pom says, so that a cache of another branch is not taken for this one.
    folder = CACHE / f"{name}-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for older in CACHE.glob(f"{name}-*"):
                shutil.rmtree(older)
            _bring(pom, folder, prepare)
    return folder


def _bring(pom: Path, folder: Path, prepare: Callable[[Path], None]) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise RuntimeError("Maven brings Java programs for the tests, and there is no 'mvn' on the PATH. Install it.")
    # Into a folder of its own first: a copy that was interrupted must not look complete.
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="maven-") as half:
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={half}/brought"]
        asked = subprocess.run([maven, "-B", "-q", "-f", pom, *goal], check=False, capture_output=True, text=True)
        if asked.returncode:
            raise RuntimeError(f"Maven could not bring what {pom.name} names:\n{asked.stdout[-4000:]}{asked.stderr}")
        prepare(Path(half) / "brought")
        (Path(half) / "brought").rename(folder)


def _unpack(folder: Path) -> None:
    # Not by Maven's plugin: it cuts long names of files, and the registry does not answer all questions then.
    for archive in folder.glob("*.tar.gz"):
        subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True)
        archive.unlink()
