"""``coverage``: what the processes of a run have shown of contracts, merged."""

from __future__ import annotations

from pathlib import Path

import click

from KafkaLibrary.command_line.output.streams import say
from KafkaLibrary.contracts.coverage import coverage_files, sightings
from KafkaLibrary.errors import ExpectationFailed
from KafkaLibrary.reporting.checks import failed_coverage
from KafkaLibrary.reporting.evidence import coverage_page


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--at-least", type=click.FloatRange(0, 100), metavar="PERCENT", help="Fail where less was seen.")
def command(folder: Path, at_least: float | None) -> None:
    """Merge the contract-coverage.json files in FOLDER, as the processes of pabot write them.

    \b
      coverage results
      coverage results --at-least=80
    """
    try:
        found = coverage_files.merge(folder, coverage_page.page)
    except OSError as problem:
        raise click.UsageError(f"The coverage can't be merged: {problem}.") from None
    total = sightings.count(found, found.items)
    if at_least is not None and (not total.there or total.percent < at_least):
        raise ExpectationFailed(failed_coverage.too_little(found, at_least, None))
    say(f"{failed_coverage.enough(found)}\nSee {folder / coverage_files.PAGE}")
