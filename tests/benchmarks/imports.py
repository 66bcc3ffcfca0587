"""A new Python that imports: the library, and what it stands on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import Goal, Row, in_turns, timed
from tests.benchmarks.raw_client import Topics
from tests.benchmarks.sizes import Sizes
from tests.places import ROOT

WORK = "import in a new process"
CODES = {
    "both": "import confluent_kafka, robot.api",
    "library": "import KafkaLibrary",
    "object": "import KafkaLibrary; KafkaLibrary.KafkaLibrary()",
    "connection": "import KafkaLibrary.connection",
}
TITLES = {
    "both": "`confluent_kafka` and `robot.api`",
    "library": "KafkaLibrary",
    "object": "KafkaLibrary, and a library object made",
    "connection": "KafkaLibrary, and all that the first keyword imports",
}


def measure(_: str, __: Topics, sizes: Sizes) -> list[Row]:
    with TemporaryDirectory() as folder:
        # As it is where packages are installed: what was imported once is compiled from then on.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}

        def by(code: str) -> Callable[[int], float]:
            command = [sys.executable, "-c", code]
            environment = {**os.environ, **compiled}
            return lambda _: timed(lambda: subprocess.run(command, check=True, cwd=ROOT, env=environment))

        times = in_turns({name: by(code) for name, code in CODES.items()}, sizes.few * 3, 2)
    base = times["both"]
    goals = {"library": Goal("at most 1.2 times both", 1.2)}
    return [
        Row(WORK, TITLES[name], found, None if name == "both" else base, goals.get(name))
        for name, found in times.items()
    ]
