"""What goes on beside a test, in threads of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

END_SECONDS = 20.0


class Meanwhile:
    """Does things later and beside the test, and keeps what went wrong in them."""

    def __init__(self) -> None:
        self._threads: list[threading.Timer] = []
        self._errors: list[Exception] = []
        self._over = threading.Event()

    @property
    def is_over(self) -> bool:
        """Whether the test has ended."""
        return self._over.is_set()

    def do(self, action: Callable[[], object], after: float) -> None:
        """Does it in `after` seconds, unless the test is over before."""
        timer = threading.Timer(after, self._attempt, [action])
        timer.daemon = True
        self._threads.append(timer)
        timer.start()

    def repeat(self, action: Callable[[], object], every: float, at_end: Callable[[], object] = lambda: None) -> None:
        """Does it again and again, with a pause of `every` seconds, until the test is over."""

        def all_the_time() -> None:
            try:
                while not self._over.is_set():
                    action()
                    self._over.wait(every)
            finally:
                at_end()

        self.do(all_the_time, after=0)

    def end(self) -> list[Exception]:
        """Ends all that still goes on, and gives what went wrong."""
        self._over.set()
        for thread in self._threads:
            thread.cancel()
        for thread in self._threads:
            thread.join(END_SECONDS)
        return self._errors

    def _attempt(self, action: Callable[[], object]) -> None:
        try:
            action()
        except Exception as error:  # noqa: BLE001 # It is told when the test ends.
            self._errors.append(error)
