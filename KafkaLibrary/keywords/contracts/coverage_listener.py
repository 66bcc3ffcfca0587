"""Writes what a run has shown of contracts beside `output.xml`, whenever a suite ends.

Robot tells a library nothing of a suite that does not import it, so of the end of most runs: each end may be the last.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.api import logger
from robot.libraries.BuiltIn import BuiltIn
from robot.running.context import EXECUTION_CONTEXTS

from KafkaLibrary.keywords.calls import covering
from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    from KafkaLibrary.contracts.coverage import coverage_files
    from KafkaLibrary.contracts.coverage.sightings import Sightings
    from KafkaLibrary.reporting.checks import failed_coverage
    from KafkaLibrary.reporting.evidence import coverage_page
    from KafkaLibrary.session import Session
else:
    coverage_files = LazyModule("KafkaLibrary.contracts.coverage.coverage_files")
    failed_coverage = LazyModule("KafkaLibrary.reporting.checks.failed_coverage")
    coverage_page = LazyModule("KafkaLibrary.reporting.evidence.coverage_page")


class CoverageListener:
    """Says which test is under way, and writes the files at the end of each suite that has shown more."""

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, session: Session) -> None:
        self._session = session
        self._written: Sightings | None = None

    def start_test(self, data: Any, _result: Any) -> None:
        covering.begin_test(self._session, data.longname)

    def end_test(self, _data: Any, _result: Any) -> None:
        covering.begin_test(self._session, "")

    def end_suite(self, _data: Any, result: Any) -> None:
        context = EXECUTION_CONTEXTS.current
        if context is None or context.dry_run:
            return
        coverage = self._session.coverage
        folder = Path(str(BuiltIn().get_variable_value("${OUTPUT DIR}")))
        if coverage is None or not folder.is_dir():
            return
        own, outermost = coverage.sightings, _outermost(result)
        if own == self._written:
            return
        try:
            found = coverage_files.write(folder, own, coverage_page.page, outermost.start_time.timestamp())
        except OSError as problem:
            logger.warn(f"The coverage of contracts could not be written: {problem}")
            return
        self._written = own
        outermost.metadata["Coverage of contracts"] = failed_coverage.table_of_counts(found, coverage_files.PAGE)


def _outermost(result: Any) -> Any:
    while result.parent is not None:
        result = result.parent
    return result
