"""What the oldest Python can't have.

Filters are followed by jsonpath-ng, and its releases for Python 3.10 end at 1.8: there `&&` is not known, and
a filter over values of mixed types can't be judged, which the library then says. What tests more than
that is left out of such a run, and the first lines of the run tell.
"""

from __future__ import annotations

from importlib.metadata import version

import pytest

from tests.unit.matching.samples import OLD_FILTERS

_NEED_NEWER = {
    "test_a_filter_looks_at_decimals_of_other_formats",
    "test_a_filter_over_mixed_types_never_breaks",
    "test_a_filter_picks_decimals_too",
    "test_a_path_beyond_plain_ones_is_followed",
    "test_a_path_goes_into_a_key_that_is_json",
    "test_conditions_come_in_one_cell_or_three_or_a_dictionary",
    "test_deep_values_are_no_trouble",
    "test_two_fields_of_an_element_are_compared_beyond_64_bits",
    "test_each_name_of_a_filter_has_to_be_there",
    "test_no_document_breaks_a_path",
    "test_one_cell_and_three_cells_mean_the_same",
    "test_what_would_silently_mean_something_else_is_refused",
}


def pytest_report_header() -> str:
    left_out = f"; left out: {len(_NEED_NEWER)} tests of filters that need 1.14" if OLD_FILTERS else ""
    return f"jsonpath-ng {version('jsonpath-ng')}{left_out}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not OLD_FILTERS:
        return
    left_out = [item for item in items if getattr(item, "originalname", item.name) in _NEED_NEWER]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
