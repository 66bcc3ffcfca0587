"""Servers that refuse to run as root, as databases do: they run as the user that their packages bring."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
from pathlib import Path

from tests.commands import ending_with_parent


def command_of(user: str, command: list[str], *, ends_by: signal.Signals) -> list[str]:
    """The command for that user, where root starts it; as it is for anybody else."""
    if not is_root():
        return command
    # Another user's process forgets with whom it was to end, so it is told once more.
    known = pwd.getpwnam(user)
    words = [word for word in ending_with_parent(ends_by) if word != "--"]
    return [*words, f"--reuid={known.pw_uid}", f"--regid={known.pw_gid}", "--init-groups", "--", *command]


def give(folder: Path, user: str) -> None:
    """The folder becomes that user's, where root made it."""
    if is_root():
        shutil.chown(folder, user, user)


def is_root() -> bool:
    return os.geteuid() == 0
