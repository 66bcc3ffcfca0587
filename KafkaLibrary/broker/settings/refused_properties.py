"""What is wrong with a property that the Kafka client does not take, and what to write instead."""

from __future__ import annotations

import re

from KafkaLibrary.broker.settings.client_settings import DEFAULTS, NO_MECHANISM, OWN_ARGUMENTS, Settings
from KafkaLibrary.errors import KeywordMisused, did_you_mean

_REFUSED_VALUE = re.compile(r'Invalid value "(?P<value>[^"]*)"')
_VALUES: dict[str, tuple[str, ...]] = {
    "security.protocol": ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
    "compression.type": ("none", "gzip", "snappy", "lz4", "zstd"),
    "isolation.level": ("read_committed", "read_uncommitted"),
    "auto.offset.reset": ("earliest", "latest", "error"),
}
_MEANT = {
    "alias": "An alias is given to 'Connect To Kafka'; a library that is imported twice is told apart with AS."
} | dict.fromkeys(("topic", "topics"), "Topics to watch are given as watch=.")
_OF_LOGINS = (
    "security.protocol", "sasl.mechanism", "sasl.username", "sasl.password", "ssl.ca.location",
    "ssl.certificate.location", "ssl.key.location", "ssl.key.password",
)  # fmt: skip
_PASSWORDS = {
    "ssl.key.location": ", and ssl.key.password=",
    "ssl.key.pem": ", and ssl.key.password=",
    "ssl.keystore.location": ", and ssl.keystore.password=",
}
_ABOUT = re.compile(r"(?P<name>ssl\.[a-z.]+) failed")


def explain_refusal(reason: str, settings: Settings) -> KeywordMisused:
    """What the client said of a property that it doesn't take."""
    names = [*OWN_ARGUMENTS, *_OF_LOGINS, *DEFAULTS]
    unknown = reason.rsplit('"', 2)[-2] if reason.count('"') >= 2 else ""
    hint = _MEANT.get(unknown) or _value_hint(reason, unknown)
    if not hint and unknown in OWN_ARGUMENTS:  # the client was given it, so this import has no such argument
        hint = f"'{unknown}' is not an argument here, or has a blank before its sign: write {unknown}=VALUE."
    if not hint and not _REFUSED_VALUE.match(reason):
        hint = did_you_mean(unknown.replace(".", "_"), OWN_ARGUMENTS) or did_you_mean(unknown, names)
    if "GSSAPI" in reason and "sasl.mechanism" not in settings.properties:  # what the client takes without
        return KeywordMisused(NO_MECHANISM)
    about = _ABOUT.search(reason)
    if about is not None:
        return KeywordMisused(
            f"The Kafka client can't use {about['name']}: {settings.masked(reason).rstrip('.')}.\n"
            f"Check what is in it{_PASSWORDS.get(about['name'], '')}."
        )
    advice = "Options are client properties by librdkafka's own names, such as security.protocol=SASL_SSL."
    return KeywordMisused(
        f"The Kafka client refuses a property: {settings.masked(reason).rstrip('.')}.\n" + f"{hint} {advice}".strip()
    )


def _value_hint(reason: str, name: str) -> str:
    """What a property takes of which the value is refused."""
    given = _REFUSED_VALUE.match(reason)
    known = _VALUES.get(name, ())
    if given is None or not known:
        return ""
    return f"{name} is one of {', '.join(known)}. {did_you_mean(given['value'], known)}".rstrip()
