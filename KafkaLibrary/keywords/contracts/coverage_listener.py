"""Writes what a run has shown of contracts beside `output.xml` when the run ends."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.api import logger
from robot.libraries.BuiltIn import BuiltIn
from robot.running.context import EXECUTION_CONTEXTS

from KafkaLibrary.keywords.calls import covering
from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    from KafkaLibrary.contracts.coverage import coverage_files
    from KafkaLibrary.reporting.checks import failed_coverage
    from KafkaLibrary.reporting.evidence import coverage_page
    from KafkaLibrary.session import Session
else:
    coverage_files = LazyModule("KafkaLibrary.contracts.coverage.coverage_files")
    failed_coverage = LazyModule("KafkaLibrary.reporting.checks.failed_coverage")
    coverage_page = LazyModule("KafkaLibrary.reporting.evidence.coverage_page")


class CoverageListener:
    """Says which test is under way, and writes the files at the end of the outermost suite."""

    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self, session: Session) -> None:
        self._session = session
        self._began = time.time()

    def start_test(self, data: Any, _result: Any) -> None:
        covering.begin_test(self._session, data.longname)

    def end_test(self, _data: Any, _result: Any) -> None:
        covering.begin_test(self._session, "")

    def end_suite(self, data: Any, result: Any) -> None:
        context = EXECUTION_CONTEXTS.current
        if data.parent is not None or context is None or context.dry_run:
            return
        coverage = self._session.coverage
        folder = Path(str(BuiltIn().get_variable_value("${OUTPUT DIR}")))
        if coverage is None or not folder.is_dir():
            return
        try:
            found = coverage_files.write(folder, coverage.sightings, coverage_page.page, self._began)
        except OSError as problem:
            logger.warn(f"The coverage of contracts could not be written: {problem}")
            return
        result.metadata["Coverage of contracts"] = failed_coverage.table_of_counts(found, coverage_files.PAGE)
