"""Java's names of client properties: what they are called in librdkafka, or why they can't be used.

A tester copies the file that a developer uses; this table makes the same connection of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.secrets.client_properties import Properties

RENAMED = {
    "sasl.mechanisms": "sasl.mechanism",
    "ssl.truststore.certificates": "ssl.ca.pem",
    "ssl.keystore.certificate.chain": "ssl.certificate.pem",
    "ssl.keystore.key": "ssl.key.pem",
    "sasl.oauthbearer.client.credentials.client.id": "sasl.oauthbearer.client.id",
    "sasl.oauthbearer.client.credentials.client.secret": "sasl.oauthbearer.client.secret",
    "receive.buffer.bytes": "socket.receive.buffer.bytes",
    "send.buffer.bytes": "socket.send.buffer.bytes",
    "auto.register.schemas": "schema.registry.auto.register.schemas",
}
IGNORED = (
    # How values are written and read is said by formats.
    "key.deserializer", "key.serializer", "value.deserializer", "value.serializer", "key.serde", "value.serde",
    "specific.avro.reader", "avro.", "json.", "specific.protobuf.", "use.latest.version", "value.subject.",
    "key.subject.",
    # These tune Java's clients, and change nothing that a test sees.
    "auto.include.jmx.reporter", "buffer.memory", "default.api.timeout.ms", "exclude.internal.topics",
    "interceptor.classes", "max.block.ms", "max.poll.records", "metric.reporters", "metrics.",
    "partition.assignment.strategy", "partitioner.adaptive.", "partitioner.availability.", "partitioner.ignore.keys",
    "sasl.login.refresh.", "sasl.login.connect.", "sasl.login.read.", "sasl.login.retry.", "security.providers",
    "socket.connection.setup.timeout.max.ms", "ssl.enabled.protocols", "ssl.keymanager.", "ssl.protocol",
    "ssl.provider",
    "ssl.secure.random.", "ssl.trustmanager.", "enable.metrics.push",
)  # fmt: skip
REFUSED = {
    "partitioner.class": "a Java class chooses partitions there; give partitioner= as librdkafka has it",
    "ssl.engine.factory.class": "a Java class makes the connections there; give ssl.ca.location= and its like",
    "sasl.login.class": "a Java class logs in there; for your own tokens give token_source=",
    "sasl.client.callback.handler.class": "a Java class logs in there; for your own tokens give token_source=",
}
_OIDC_HANDLER = "OAuthBearerLoginCallbackHandler"
_ENVIRONMENT_PROVIDER = "EnvVarConfigProvider"
_PREFIXES = ("", "schema.registry.")
_MODULE = re.compile(
    r"\s*(?P<module>[\w.$]+)\s+(?:required|requisite|sufficient|optional)\b(?P<options>.*?);?\s*", re.DOTALL
)
_OPTION = re.compile(
    r"""\s*(?P<name>[\w.]+)\s*=\s*(?:"(?P<quoted>(?:\\.|[^"\\])*)"|'(?P<single>[^']*)'|(?P<bare>[^\s;"']+))"""
)
_PEM, _PKCS12, _JKS = "PEM", "PKCS12", "JKS"
_SUFFIXES = {".pem": _PEM, ".crt": _PEM, ".cer": _PEM, ".p12": _PKCS12, ".pfx": _PKCS12, ".jks": _JKS}
_BEGINNINGS = ((b"\xfe\xed\xfe\xed", _JKS), (b"\xce\xce\xce\xce", _JKS), (b"\x30", _PKCS12))


class _Login(NamedTuple):
    """What a Java login module becomes: its options by our names, and what goes with them."""

    options: Mapping[str, str] = {}
    also: Mapping[str, str] = {}
    refused: str = ""


_USER = {"username": "sasl.username", "password": "sasl.password"}
_LOGINS = {
    "PlainLoginModule": _Login(_USER, {"sasl.mechanism": "PLAIN"}),
    "ScramLoginModule": _Login(_USER),
    "OAuthBearerLoginModule": _Login(
        {
            "clientId": "sasl.oauthbearer.client.id",
            "clientSecret": "sasl.oauthbearer.client.secret",
            "scope": "sasl.oauthbearer.scope",
        },
        {"sasl.mechanism": "OAUTHBEARER"},
    ),
    "IAMLoginModule": _Login(
        refused="pass tokens of Amazon's signer as token_source=, with sasl.mechanism=OAUTHBEARER"
    ),
    "Krb5LoginModule": _Login(refused="give sasl.kerberos.principal=, sasl.kerberos.keytab= and their like"),
}


def translated(given: Mapping[str, Any]) -> Properties:
    """The properties by the client's own names. Raises ``KeywordMisused`` for what only Java can use."""
    properties, problem = _translated(given)
    if problem:
        raise KeywordMisused(problem)
    return properties


def becoming(names: Iterable[str]) -> set[str]:
    """These names, and all those under which ``translated`` may give what stands in them."""
    found = set(names)
    ours = {RENAMED[name] for name in found if name in RENAMED}
    for prefix in _PREFIXES:
        if f"{prefix}ssl.truststore.location" in found:
            ours.add(f"{prefix}ssl.ca.location")
        if f"{prefix}ssl.keystore.location" in found:
            ours |= {f"{prefix}ssl.certificate.location", f"{prefix}ssl.key.location"}
    if "sasl.jaas.config" in found:
        ours.update(*(login.options.values() for login in _LOGINS.values()), {"sasl.oauthbearer.extensions"})
    return found | ours


def _translated(given: Mapping[str, Any]) -> tuple[Properties, str]:
    left = Properties({name: value for name, value in given.items() if not name.startswith(IGNORED)})
    for name, reason in REFUSED.items():
        if name in left:
            return left, f"The property '{name}' can't be used: {reason}."
    for step in _STEPS:
        problem = step(left)
        if problem:
            return left, problem
    for name in [name for name in left if name in RENAMED]:
        left.setdefault(RENAMED[name], left.pop(name))
    return left, ""


def _providers(left: Properties) -> str:
    names = [name for name in left if name.startswith("config.providers")]
    classes = [str(left.pop(name)) for name in names if name.endswith(".class")]
    for name in names:
        left.pop(name, None)
    if any(not one.endswith(_ENVIRONMENT_PROVIDER) for one in classes):
        return "The property 'config.providers' can't be used: only ${env:NAME} is known in a properties file here."
    return ""


def _jaas(left: Properties) -> str:
    given = left.pop("sasl.jaas.config", None)
    if given is None:
        return ""
    found = _MODULE.fullmatch(str(given))
    login = _LOGINS.get(found["module"].rpartition(".")[2]) if found is not None else None
    if found is None or login is None:
        return (
            "The property 'sasl.jaas.config' can't be read.\nPlainLoginModule, ScramLoginModule and "
            "OAuthBearerLoginModule are supported; otherwise give sasl.username= and sasl.password=, or "
            "token_source=."
        )
    if login.refused:
        return (
            f"The property 'sasl.jaas.config' can't be used with {found['module'].rpartition('.')[2]}: {login.refused}."
        )
    options = _options(found["options"])
    if options is None:
        return "The property 'sasl.jaas.config' can't be read: its options are not NAME=\"VALUE\"."
    for name, ours in login.options.items():
        if name in options:
            left.setdefault(ours, options[name])
    for ours, value in login.also.items():
        if "sasl.mechanism" not in left and "sasl.mechanisms" not in left:
            left[ours] = value
    return _extensions(left, options)


def _extensions(left: Properties, options: Mapping[str, str]) -> str:
    pairs = [
        f"{name.removeprefix('extension_')}={value}" for name, value in options.items() if name.startswith("extension_")
    ]
    if pairs:
        left.setdefault("sasl.oauthbearer.extensions", ",".join(pairs))
    if any(name.startswith("unsecuredLogin") for name in options):
        return "The property 'sasl.jaas.config' requires unsecured tokens.\nGive them as token_source=."
    return ""


def _options(text: str) -> dict[str, str] | None:
    """Options of a login module, ``None`` where there is more than that."""
    options, place = {}, 0
    while found := _OPTION.match(text, place):
        place = found.end()
        quoted = found["quoted"]
        plain = re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if quoted is not None else None
        options[found["name"]] = plain if plain is not None else found["single"] or found["bare"] or ""
    return options if not text[place:].strip() else None


def _token_endpoint(left: Properties) -> str:
    handler = left.pop("sasl.login.callback.handler.class", None)
    if handler is not None and str(handler).rpartition(".")[2] != _OIDC_HANDLER:
        return (
            f"The property 'sasl.login.callback.handler.class' can't be used: {str(handler).rpartition('.')[2]} is a "
            "Java class.\nGive a function or keyword that returns tokens as token_source=."
        )
    if "sasl.oauthbearer.token.endpoint.url" in left:
        left.setdefault("sasl.oauthbearer.method", "oidc")
    return ""


def _truststores(left: Properties) -> str:
    for prefix in _PREFIXES:
        location, kind = _store(left, f"{prefix}ssl.truststore")
        left.pop(f"{prefix}ssl.truststore.password", None)
        if location is not None and kind != _PEM:
            return (
                f"The property '{prefix}ssl.truststore.location' names a {kind} truststore, which only Java reads.\n"
                f"Export the certificate of the authority as a PEM file, and give it as {prefix}ssl.ca.location=."
            )
        if location is not None:
            left.setdefault(f"{prefix}ssl.ca.location", location)
    return ""


def _keystores(left: Properties) -> str:
    for prefix in _PREFIXES:
        location, kind = _store(left, f"{prefix}ssl.keystore")
        if location is None:
            continue
        if kind == _PKCS12 and not prefix:
            left["ssl.keystore.location"] = location
        elif kind == _PEM:
            left.setdefault(f"{prefix}ssl.certificate.location", location)
            left.setdefault(f"{prefix}ssl.key.location", location)
            left.pop(f"{prefix}ssl.keystore.password", None)
        else:
            return (
                f"The property '{prefix}ssl.keystore.location' names a {kind} keystore, which can't be read here.\n"
                f"Export key and certificate as PEM files, for {prefix}ssl.key.location= and "
                f"{prefix}ssl.certificate.location=" + ("." if prefix else ", or as PKCS#12.")
            )
    return ""


def _store(left: Properties, name: str) -> tuple[Any, str]:
    """Where a store is, and of which kind: by what is in it, for Java too takes a PKCS#12 file named JKS."""
    location = left.pop(f"{name}.location", None)
    said = str(left.pop(f"{name}.type", "") or "").upper().replace("#", "")
    if location is None:
        return None, said
    path = Path(str(location))
    try:
        with path.open("rb") as file:
            beginning = file.read(4096)
    except (OSError, ValueError):
        beginning = b""
    if b"-----BEGIN " in beginning:
        return location, _PEM
    for magic, kind in _BEGINNINGS:
        if beginning.startswith(magic):
            return location, kind
    return location, said or _SUFFIXES.get(path.suffix.lower(), _JKS)


def _names(left: Properties) -> str:
    name = "ssl.endpoint.identification.algorithm"
    if name in left and not str(left[name] or "").strip():
        left[name] = "none"
    return ""


_STEPS: tuple[Callable[[Properties], str], ...] = (_providers, _jaas, _token_endpoint, _truststores, _keystores, _names)
