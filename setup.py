"""The distribution robotframework-kafka-events, imported as KafkaLibrary."""

from __future__ import annotations

import re
from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).parent


def version() -> str:
    """Read as text: importing the library would need all that it stands on."""
    text = (ROOT / "KafkaLibrary" / "version.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise RuntimeError('KafkaLibrary/version.py has no line __version__ = "…"')
    return found[1]


REQUESTS = "robotframework-requests>=0.9"
# Messages name the smallest of these that is missing. Avro needs nothing, and may be asked for like the others.
FORMATS: dict[str, list[str]] = {
    "avro": [],
    "jsonschema": ["jsonschema>=4.18"],
    # The compiler needs setuptools, and pip may install another one for it.
    "protobuf": ["grpcio-tools>=1.63", "protobuf>=5.26.1"],
    # Of the registry's client no more than the client; its extras for formats pin what this needs none of.
    "registry": ["confluent-kafka[schemaregistry]>=2.11"],
    # For schemas and contracts in YAML.
    "yaml": ["pyyaml>=6.0.1"],
}
# Its suites hold each event against the shop's contract.
SHOP = ["flask>=3.0", "waitress>=3.0", REQUESTS, *FORMATS["jsonschema"], *FORMATS["yaml"]]
SCHEMAS = sorted(package for packages in FORMATS.values() for package in packages)
CLI = ["click>=8.1"]

setup(
    name="robotframework-kafka-events",
    version=version(),
    description="Robot Framework library for tests of systems that talk through Kafka",
    long_description=(ROOT / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    license_files=["LICENSE"],
    # By this name, so that -p with it loads the plugin no second time.
    entry_points={"pytest11": ["KafkaLibrary.pytest_plugin = KafkaLibrary.pytest_plugin"]},
    packages=find_packages(include=["KafkaLibrary", "KafkaLibrary.*"]),
    include_package_data=True,
    zip_safe=False,
    python_requires=">=3.10",
    # The oldest versions that the tests run with; tests/package/floors.txt names the same.
    install_requires=[
        "robotframework>=7.0",
        "robotframework-pythonlibcore>=4.4",
        "confluent-kafka>=2.11",
        'jsonpath-ng>=1.8; python_version < "3.11"',  # the last of them for that Python
        'jsonpath-ng>=1.14; python_version >= "3.11"',
        "orjson>=3.10",
    ],
    extras_require={
        **FORMATS,
        "schemas": SCHEMAS,
        # For python -m KafkaLibrary.
        "cli": CLI,
        # For examples/shop, and the suites that look at it over HTTP.
        "shop": SHOP,
        # And in a browser.
        "e2e": [
            *SHOP,
            "robotframework-browser>=19",
            "robotframework-browser-batteries>=19",
            "robotframework-seleniumlibrary>=6.6",
            "robotframework-appiumlibrary>=3.0",
            # And for rows of a database that become events.
            "robotframework-databaselibrary>=2.0",
            "pg8000>=1.31",
        ],
        # With what stands on the other side of the formats.
        "test": [
            *SCHEMAS,
            *CLI,
            REQUESTS,
            "cloudevents>=2.0",
            "fastavro>=1.9",
            "faststream[confluent]>=0.7",
            "hypothesis>=6.100",
            "msgpack>=1.0.8",
            "pytest>=8.0",
            "robotframework-pabot>=5.2",
            "trustme>=1.2",
        ],
    },
    keywords=["robotframework", "testing", "test automation", "kafka", "events"],
    classifiers=[
        "Development Status :: 4 - Beta",
        "Framework :: Robot Framework",
        "Framework :: Robot Framework :: Library",
        "Intended Audience :: Developers",
        "License :: OSI Approved :: Apache Software License",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3 :: Only",
        *(f"Programming Language :: Python :: 3.{minor}" for minor in range(10, 15)),
        "Topic :: Software Development :: Testing :: Acceptance",
        "Typing :: Typed",
    ],
)
