"""Secrets are in no object that Python shows, and in no local variable of a failing test as pytest prints them."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import KafkaLibrary
from KafkaLibrary.errors import KafkaUnusable

SECRET = "hunter2-4711"
FORMS = (SECRET, base64.b64encode(SECRET.encode()).decode(), base64.b64encode(f"ada:{SECRET}".encode()).decode())
TESTS = """\
import os
import pytest
from KafkaLibrary import KafkaLibrary

OPTIONS = {"security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN", "sasl.username": "ada"}
ADDRESS, FILE = "127.0.0.1:1", os.environ["PROPERTIES"]


def secret():
    return os.environ["A_SECRET"]


def a_source():
    raise RuntimeError(secret())


def test_a_dead_address():
    KafkaLibrary().connect_to_kafka(ADDRESS, timeout=0.2, **OPTIONS, sasl_password=secret())

def test_a_property_that_is_none():
    KafkaLibrary().connect_to_kafka(ADDRESS, timeout=0.2, **OPTIONS, sasl_password=secret(), no_such_property=1)

def test_a_property_that_can_not_be_set():
    KafkaLibrary().connect_to_kafka(ADDRESS, timeout=0.2, **OPTIONS, sasl_password=secret(), logger=1)

def test_a_key_that_is_none():
    KafkaLibrary().connect_to_kafka(ADDRESS, timeout=0.2, security_protocol="SSL", ssl_key_pem=secret())

def test_a_file():
    KafkaLibrary().connect_to_kafka(ADDRESS, timeout=0.2, config=FILE)

def test_a_login_that_lacks_a_part():
    KafkaLibrary().connect_to_kafka(ADDRESS, config=FILE, sasl_mechanism="OAUTHBEARER")

def test_publishing():
    KafkaLibrary(ADDRESS, timeout=0.2, **OPTIONS, sasl_password=secret()).publish_event("orders", "x")

def test_waiting():
    KafkaLibrary(ADDRESS, timeout=0.2, config=FILE).wait_for_event("orders", "id == 1")

def test_a_source_that_fails():
    KafkaLibrary(ADDRESS, timeout=0.2, security_protocol="SASL_SSL", token_source=a_source).publish_event("orders", "x")

def test_the_registry():
    KafkaLibrary(ADDRESS, schema_registry=f"http://ada:{secret()}@127.0.0.1:1").get_schema("orders-value")

def test_the_registry_with_two_logins():
    registry = {"url": f"http://ada:{secret()}@127.0.0.1:1", "basic.auth.user.info": f"ada:{secret()}"}
    source = KafkaLibrary(ADDRESS, schema_registry=registry)
    del registry
    source.get_schema("orders-value")
"""


def reachable(start: Any) -> Iterator[Any]:
    """All objects of the library that another one holds."""
    seen, left = {id(start)}, [start]
    while left:
        one = left.pop()
        yield one
        held = [*getattr(one, "__dict__", {}).values()]
        held += [getattr(one, name, None) for name in getattr(type(one), "__slots__", ()) if isinstance(name, str)]
        held += one.values() if isinstance(one, dict) else one if isinstance(one, list | tuple | set) else []
        for other in held:
            if id(other) not in seen and not isinstance(other, str | int | type):
                seen.add(id(other))
                left.append(other)


def test_a_secret_is_shown_by_no_object_of_the_library() -> None:
    library = KafkaLibrary.KafkaLibrary(
        "127.0.0.1:1",
        timeout=0.2,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism="PLAIN",
        sasl_username="ada",
        sasl_password=SECRET,
        schema_registry={"url": f"http://ada:{SECRET}@127.0.0.1:1"},
    )
    for asking in (library.kafka_should_be_reachable, lambda: library.get_schema("orders-value")):
        with pytest.raises(KafkaUnusable):
            asking()
    objects = [one for one in reachable(library) if str(type(one).__module__).startswith("KafkaLibrary")]
    shown = [f"{one!r} {vars(one) if hasattr(one, '__dict__') else ''}" for one in objects]
    assert any("sasl.username" in text for text in shown)
    showing = [type(one) for one, text in zip(objects, shown, strict=True) if any(form in text for form in FORMS)]
    assert not showing


def test_a_failing_test_shows_no_secret_among_its_local_variables(tmp_path: Path) -> None:
    (tmp_path / "test_failing.py").write_text(TESTS)
    properties = tmp_path / "client.properties"
    properties.write_text(
        f"security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.username=ada\nsasl.password={SECRET}\n"
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--showlocals",
        "--full-trace",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
    ]
    root = Path(__file__).parents[3]
    environment = {**os.environ, "A_SECRET": SECRET, "PROPERTIES": str(properties), "PYTHONPATH": str(root)}
    ran = subprocess.run(
        [*command, tmp_path / "test_failing.py"], capture_output=True, text=True, check=False, cwd=root, env=environment
    )
    count = TESTS.count("def test_")
    assert f"{count} failed" in ran.stdout, ran.stdout + ran.stderr
    lines = ran.stdout.splitlines()
    showing = [lines[max(0, at - 3) : at + 1] for at, line in enumerate(lines) if any(form in line for form in FORMS)]
    assert not showing
