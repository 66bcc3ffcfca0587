"""Coverage: which parts of the contracts the events of the run have shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused, did_you_mean
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, show

if TYPE_CHECKING:
    from KafkaLibrary.contracts.coverage import sightings
    from KafkaLibrary.contracts.coverage.sightings import Sightings
    from KafkaLibrary.reporting.checks import failed_coverage
    from KafkaLibrary.reporting.evidence import coverage_page
else:
    sightings = LazyModule("KafkaLibrary.contracts.coverage.sightings")
    failed_coverage = LazyModule("KafkaLibrary.reporting.checks.failed_coverage")
    coverage_page = LazyModule("KafkaLibrary.reporting.evidence.coverage_page")


class ContractCoverage(LibraryComponent):
    """Keywords on the coverage of contracts."""

    @keyword
    def contract_should_be_covered(
        self, at_least: Any = "100 %", *, contract: Any = None, message: str | None = None
    ) -> None:
        """Fails unless the events of this run have covered that much of the contracts; call it at the end of the run.

        | =Argument= | =Meaning= |
        | ``at_least`` | percentage of all counted parts, such as ``80 %`` |
        | ``contract`` | the alias of one contract; by default all that were read |
        | ``message`` | text before a failure |

        It counts the contract's channels, operations and messages; for each message of the contract its fields,
        present and, if allowed, absent; nulls, enum values, both booleans, branches of ``oneOf`` and ``anyOf``, and
        examples. An event counts if a test published it, a wait found it, or it was checked against a contract, and if
        it matches a message of the contract. One that matches several, and does not say which it is, covers its channel
        and none of these. The table separates what a test published, because that shows nothing about the system under
        test. At most 2,000 events per test are read only for this.

        The table is in the log. At the end of the run it is written next to ``output.xml``, as
        ``contract-coverage.html`` for people and ``contract-coverage.json`` for programs; with pabot each process
        writes its own, and ``python -m KafkaLibrary coverage FOLDER`` merges them.

        Example:
        | `Load Contract`    ${EXAMPLES}/orders.asyncapi.yaml
        | `Publish Event`    orders    {"orderId": 42, "status": "NEW", "total": 99.5}
        | `Contract Should Be Covered`    at_least=10 %
        """
        asked = _percent(at_least)
        found = self._sightings(contract)
        show(coverage_page.table(found))
        total = sightings.count(found, found.items)
        if not total.there or total.percent < asked:
            raise ExpectationFailed(failed_coverage.too_little(found, asked, message))
        note("{}", failed_coverage.enough(found))

    @keyword
    def log_contract_coverage(self, contract: Any = None) -> None:
        """Writes the table of what the events of this run have shown of the contracts into the log.

        What counts is said at `Contract Should Be Covered`.

        Example:
        | `Load Contract`    ${EXAMPLES}/orders.asyncapi.yaml
        | `Log Contract Coverage`
        """
        show(coverage_page.table(self._sightings(contract), is_open=True))

    def _sightings(self, alias: Any) -> Sightings:
        coverage = self._session.coverage
        if coverage is None:
            raise KeywordMisused("No contract was read.\nCall 'Load Contract' before.")
        if alias in (None, ""):
            return coverage.sightings
        known = self._session.contracts
        if alias not in known:
            near = did_you_mean(str(alias), known)
            raise KeywordMisused(f"There is no contract '{alias}'. {near}".rstrip())
        return coverage.sightings_of(known[alias])


def _percent(given: Any) -> float:
    text = str(given).strip().removesuffix("%").strip()
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if isinstance(given, bool) or not 0 < number <= 100:
        raise KeywordMisused(f"at_least= is per cent, such as 80 %, not {given!r}.")
    return number
