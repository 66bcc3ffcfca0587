"""A contract without Protobuf needs nothing of Google's: the shop's, with guard, coverage and made events."""

from __future__ import annotations

import subprocess
import sys

from tests.places import ROOT

PROGRAM = """
import sys


class Missing:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in ("google", "grpc_tools"):
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)


sys.meta_path.insert(0, Missing())
from KafkaLibrary import KafkaLibrary

kafka = KafkaLibrary("embedded", contract="examples/shop/asyncapi.yaml", contract_guard="fail", timeout="5 s")
kafka.start_test("shop")
made = [*kafka.get_valid_events("inventory.events"), *kafka.get_broken_events("inventory.events")]
kafka.publish_example("inventory.events")
kafka.contract_should_be_covered("1 %")
kafka.end_test()
kafka.disconnect_from_all_kafka()
print(len(made) > 5, "all of it")
"""


def test_the_shops_contract_needs_no_protobuf() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.stdout.strip().endswith("True all of it"), done.stderr
