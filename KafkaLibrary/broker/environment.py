"""Client properties from the environment: ``KAFKA_SASL_PASSWORD`` is ``sasl.password``.

Only names of this table are looked at: other programs have variables that begin with ``KAFKA_`` too.
"""

from __future__ import annotations

from collections.abc import Mapping

from KafkaLibrary.properties import Properties

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


def properties(environment: Mapping[str, str]) -> Properties:
    """What the environment says of logins and TLS; an empty variable says nothing."""
    found = {name: environment.get(variable, "").strip("\r\n") for variable, name in VARIABLES.items()}
    return Properties({name: value for name, value in found.items() if value})
