"""A secured Kafka for the tests: a listener for each way to log in, rights, and certificates made for the run."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from confluent_kafka.admin import (
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    NewTopic,
    ResourcePatternType,
    ResourceType,
)

from tests.kafka.broker import Kafka
from tests.kafka.certificates import Certificates
from tests.kafka.ports import LOCALHOST, free_port
from tests.kafka.tokens import TokenServer

LOGINS = ("ada", "reader", "writer", "nobody")
"""``ada`` may do all, ``reader`` and ``writer`` what they are called on one topic, ``nobody`` nothing."""
TOPIC = "permitted.orders"
# Its protocol, whose key and certificate it shows, and whether clients need one of their own.
LISTENERS = {
    "SASL_PLAIN": ("SASL_PLAINTEXT", "", ""),
    "SASL_TLS": ("SASL_SSL", "server", "none"),
    "TLS": ("SSL", "server", "none"),
    "MUTUAL": ("SSL", "server", "required"),
    "WRONG_NAME": ("SSL", "wrong_name", "none"),
    "EXPIRED": ("SSL", "expired", "none"),
}
MECHANISMS = {
    "SASL_PLAIN": ("SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"),
    "SASL_TLS": ("SCRAM-SHA-512", "PLAIN", "OAUTHBEARER"),
}
_MODULES = "org.apache.kafka.common.security"
_TOKENS = f"{_MODULES}.oauthbearer"
_ANSWER_SECONDS = 30.0


class SecuredKafka(Kafka):
    """As `Kafka`; `described` is a file that says where it listens and who may log in."""

    def __init__(self, *, log: Path | None = None) -> None:
        super().__init__(log=log)
        self._passwords = {name: secrets.token_hex(12) for name in LOGINS}
        self._key_password = secrets.token_hex(12)
        self._ports = {name: free_port() for name in LISTENERS}
        self._tokens = TokenServer(self._passwords)
        self._certificates = Certificates(Path(self._folder.name) / "certificates", self._key_password)
        self._settings.update(self._secured())

    @property
    def described(self) -> Path:
        return Path(self._folder.name) / "secured.json"

    def advertise(self, listener: str, address: str) -> None:
        """Send clients of this listener to that address, once it starts."""
        own, told = f"{listener}://{self.address(listener)}", self._settings["advertised.listeners"]
        self._settings["advertised.listeners"] = told.replace(own, f"{listener}://{address}")

    def address(self, listener: str) -> str:
        """Where it listens."""
        return f"{LOCALHOST}:{self._ports[listener]}"

    def login(self, name: str) -> dict[str, str]:
        """Properties of a client that logs in with TLS."""
        return {
            "security.protocol": "SASL_SSL",
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": name,
            "sasl.password": self._passwords[name],
            "ssl.ca.location": self._certificates.files["ca"],
        }

    def start(self) -> None:
        super().start()
        self._tokens.start()
        self._give_rights()
        self.described.write_text(json.dumps(self._description()), encoding="utf-8")

    def close(self) -> None:
        self._tokens.close()
        super().close()

    def _description(self) -> dict[str, object]:
        return {
            "listeners": {
                "PLAINTEXT": self.bootstrap_servers,
                **{name: f"{LOCALHOST}:{port}" for name, port in self._ports.items()},
            },
            "passwords": self._passwords,
            "key_password": self._key_password,
            "token_url": self._tokens.url,
            "files": dict(self._certificates.files),
            "topic": TOPIC,
        }

    def _format_options(self) -> list[str]:
        return [
            word
            for name, password in self._passwords.items()
            for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512")
            for word in ("--add-scram", f"{mechanism}=[name={name},password={password}]")
        ]

    def _secured(self) -> dict[str, str]:
        addresses = ",".join(f"{name}://{LOCALHOST}:{port}" for name, port in self._ports.items())
        protocols = ",".join(f"{name}:{protocol}" for name, (protocol, _, _) in LISTENERS.items())
        before = self._settings
        settings = {
            "listeners": f"{before['listeners']},{addresses}",
            "advertised.listeners": f"{before['advertised.listeners']},{addresses}",
            "listener.security.protocol.map": f"{before['listener.security.protocol.map']},{protocols}",
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": "User:ANONYMOUS;User:ada",
            "ssl.principal.mapping.rules": "RULE:^.*CN=([a-z]+).*$/$1/,DEFAULT",
        }
        for name, (_, certificate, clients) in LISTENERS.items():
            if certificate:
                settings.update(self._tls(f"listener.name.{name.lower()}", certificate, clients))
        for name, mechanisms in MECHANISMS.items():
            settings.update(self._sasl(f"listener.name.{name.lower()}", mechanisms))
        return settings

    def _tls(self, listener: str, certificate: str, clients: str) -> dict[str, str]:
        return {
            f"{listener}.ssl.keystore.type": "PEM",
            f"{listener}.ssl.keystore.location": self._certificates.files[f"{certificate}_both"],
            f"{listener}.ssl.truststore.type": "PEM",
            f"{listener}.ssl.truststore.location": self._certificates.files["ca"],
            f"{listener}.ssl.client.auth": clients,
        }

    def _sasl(self, listener: str, mechanisms: tuple[str, ...]) -> dict[str, str]:
        users = " ".join(f'user_{name}="{password}"' for name, password in self._passwords.items())
        modules = {
            "PLAIN": f"{_MODULES}.plain.PlainLoginModule required {users};",
            "SCRAM-SHA-256": f"{_MODULES}.scram.ScramLoginModule required;",
            "SCRAM-SHA-512": f"{_MODULES}.scram.ScramLoginModule required;",
            "OAUTHBEARER": f'{_TOKENS}.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="x";',
        }
        settings = {f"{listener}.sasl.enabled.mechanisms": ",".join(mechanisms)}
        for mechanism in mechanisms:
            settings[f"{listener}.{mechanism.lower()}.sasl.jaas.config"] = modules[mechanism]
        if "OAUTHBEARER" in mechanisms:
            validator = f"{_TOKENS}.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler"
            settings[f"{listener}.oauthbearer.sasl.server.callback.handler.class"] = validator
        return settings

    def _give_rights(self) -> None:
        admin = AdminClient({"bootstrap.servers": self.bootstrap_servers, "log_level": 0})
        made = admin.create_topics([NewTopic(TOPIC, 2, 1), NewTopic("hidden.orders", 1, 1)])
        rights = {"reader": AclOperation.READ, "writer": AclOperation.WRITE}
        given = admin.create_acls([_right(name, operation) for name, operation in rights.items()])
        for future in (*made.values(), *given.values()):
            future.result(_ANSWER_SECONDS)


def _right(login: str, operation: AclOperation) -> AclBinding:
    literal, allow = ResourcePatternType.LITERAL, AclPermissionType.ALLOW
    return AclBinding(ResourceType.TOPIC, TOPIC, literal, f"User:{login}", "*", operation, allow)
