"""What a test leaves in its report: its warnings, and where it failed the tables of its keywords and what came."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Any

import pytest

from KafkaLibrary.errors import KafkaLibraryWarning
from KafkaLibrary.keywords.calls.events_of_test import Came, events_of_test
from KafkaLibrary.library import KafkaLibrary
from KafkaLibrary.reporting.evidence.evidence_table import EVENTS_MOST, came_on_topics
from KafkaLibrary.reporting.evidence.text_table import events_as_text
from KafkaLibrary.reporting.robot_log import EVIDENCE, warnings_told
from KafkaLibrary.reporting.waits.phrases import TOPICS_MOST, counted, listed

_TITLE = "Kafka: events of the test"
_WIDTH = 160
"""Columns of the text: a report is no terminal, and a value of a megabyte is no help in it."""
_TABLES_MOST = 5


class EvidenceOfTest:
    """Collects the tables that failing keywords of one test write. Its warnings become those of pytest."""

    def __init__(self, library: KafkaLibrary, tell: Callable[[Warning], None]) -> None:
        self._library = library
        self._tell = tell
        self._tables: list[str] = []
        self._stack = ExitStack()

    def __enter__(self) -> EvidenceOfTest:
        EVIDENCE.append(self._keep)
        self._stack.callback(EVIDENCE.remove, self._keep)
        self._stack.enter_context(warnings_told(lambda text: self._tell(KafkaLibraryWarning(text))))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def _keep(self, table: str) -> None:
        self._tables = [*self._tables[1 - _TABLES_MOST :], table]

    def add_to(self, report: pytest.TestReport, config: pytest.Config) -> None:
        """As text, and as a page where a report of another plugin can show one."""
        all_came = list(events_of_test(self._library._session, EVENTS_MOST))
        text = "\n".join(map(_text, all_came))
        if text:
            report.sections.append((_TITLE, text))
        tables = [came_on_topics(one.outcome) for one in all_came if one.outcome and one.outcome.findings.read]
        page = "\n".join([*self._tables, *tables])
        if page:
            _attach(page, report, config)


def _text(came: Came) -> str:
    topics = listed([f"'{topic}'" for topic in came.topics], TOPICS_MOST, ", ")
    lines = []
    if came.outcome is not None and (came.outcome.findings.read or not came.problem):
        read, shown = came.outcome.findings.read, came.outcome.events
        lines.append(f"{counted(read)} came on {topics} since the test began" + (":" if shown else "."))
        if shown:
            lines.append(events_as_text(shown, _WIDTH))
        if read > len(shown):
            lines.append(f"These are the last {len(shown)}.")
    return "\n".join([*lines, *([came.problem] if came.problem else [])])


def _attach(page: str, report: Any, config: pytest.Config) -> None:
    plugins = config.pluginmanager
    if plugins.hasplugin("html"):
        from pytest_html import extras  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415 - where it is

        report.extras = [*getattr(report, "extras", []), extras.html(page)]
    if plugins.hasplugin("allure_pytest"):
        import allure  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415 - where it is

        whole = f'<!DOCTYPE html><meta charset="utf-8"><title>{_TITLE}</title>{page}'
        allure.attach(whole, _TITLE, allure.attachment_type.HTML)
