"""Client properties from environment variables: ``KAFKA_SASL_PASSWORD`` is ``sasl.password``.

Only names of this table are looked at: other programs have variables that begin with ``KAFKA_`` too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from KafkaLibrary.secrets.client_properties import Properties

NAMES = (
    "security.protocol",
    "sasl.mechanism",
    "sasl.username",
    "sasl.password",
    "sasl.jaas.config",
    "sasl.oauthbearer.client.id",
    "sasl.oauthbearer.client.secret",
    "sasl.oauthbearer.scope",
    "sasl.oauthbearer.token.endpoint.url",
    "ssl.ca.location",
    "ssl.ca.pem",
    "ssl.certificate.location",
    "ssl.certificate.pem",
    "ssl.key.location",
    "ssl.key.pem",
    "ssl.key.password",
    "ssl.endpoint.identification.algorithm",
    "schema.registry.basic.auth.user.info",
)
VARIABLES = {"KAFKA_" + name.upper().replace(".", "_"): name for name in NAMES}


def properties(environment: Mapping[str, str], given: Mapping[str, Any], *, by_source: bool = False) -> Properties:
    """What the environment says of logins and TLS; an empty variable says nothing.

    ``given`` stands nearer: of a login or of TLS that it has no use for, nothing is taken. ``by_source``
    says that tokens come from a source.
    """
    found = {name: environment.get(variable, "").strip("\r\n") for variable, name in VARIABLES.items()}
    said = Properties({name: value for name, value in found.items() if value})
    protocol = str(given.get("security.protocol") or said.get("security.protocol") or "PLAINTEXT").upper()
    useless = [
        *([] if protocol.startswith("SASL") else ["sasl."]),
        *([] if protocol.endswith("SSL") else ["ssl."]),
        *(["sasl.oauthbearer.", "sasl.jaas.config"] if by_source else []),
        *(["sasl.jaas.config"] if {"sasl.password", "sasl.jaas.config"} & given.keys() else []),
    ]
    return Properties({name: value for name, value in said.items() if not name.startswith(tuple(useless))})
