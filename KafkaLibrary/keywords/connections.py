"""Connections: opened, switched, checked and closed."""

from __future__ import annotations

from typing import Any

from robot.api.deco import keyword

from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.broker.settings.described_connection import LOG_SIZE
from KafkaLibrary.keywords.calls import arguments, token_sources
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of, patience
from KafkaLibrary.reporting.robot_log import note
from KafkaLibrary.secrets.client_properties import Properties, concealed
from KafkaLibrary.session import DEFAULT


class Connections(LibraryComponent):
    """Keywords about connections."""

    @keyword
    def connect_to_kafka(
        self,
        bootstrap_servers: Any = None,
        alias: str = DEFAULT,
        config: Any = None,
        timeout: Any = None,
        schema_registry: Any = None,
        log_size: Any = None,
        token_source: Any = None,
        **options: Any,
    ) -> str:
        """Opens a connection to Kafka, checks that Kafka answers, switches to it, and returns its alias.

        | =Argument= | =Meaning= |
        | ``bootstrap_servers`` | ``HOST:PORT``, several with commas between, or ``embedded`` for the embedded broker |
        | ``alias`` | the name for `Switch Kafka Connection`; an earlier connection of that name is closed |
        | ``config`` | path of a properties file with client properties, one ``name=value`` a line |
        | ``timeout`` | the default timeout of this connection's keywords; 10 seconds, or as imported |
        | ``schema_registry`` | URL of the schema registry, or a dictionary with ``url`` and more of its properties |
        | ``log_size`` | bytes of recent events kept in memory, 64 MB; older ones are read from Kafka again |
        | ``token_source`` | tokens for ``sasl.mechanism=OAUTHBEARER``: a keyword's name, or ``module.function`` |
        | ``options`` | client properties by their own names, such as ``security.protocol=SASL_SSL`` |

        Fails within ``timeout`` if Kafka can't be used, and says which address and why. If a login is refused or a
        certificate is not trusted, it fails after a second: waiting would not help. See `Logins and secrets` for the
        client properties of a login. Properties that begin with ``schema.registry.`` are for the schema registry:
        ``schema.registry.basic.auth.user.info=USER:PASSWORD``, ``schema.registry.ssl.ca.location=PATH`` and others of
        Confluent's Python client. The registry is contacted at its first use.

        Example:
        | `Connect To Kafka`    embedded    alias=other    timeout=5 s
        | `Switch Kafka Connection`    other
        | `Disconnect From Kafka`    other
        """
        options, schema_registry = Properties(options), concealed(schema_registry)
        path = None if config is None else arguments.found_path(config)
        source = token_sources.token_source(token_source)
        settings = Settings.read(bootstrap_servers, path, options, schema_registry, source)
        waiting = None if timeout is None else patience(timeout)
        size = arguments.number_if_given(log_size, "log_size", 1)
        connection = self._session.connect(alias, settings, waiting, size or LOG_SIZE)
        note(f"Connected to Kafka at {connection.settings.bootstrap_servers} as '{alias}'.")
        return alias

    @keyword
    def switch_kafka_connection(self, alias: str) -> str:
        """Makes ``alias`` the connection that keywords use, and returns the alias of the previous one.

        Marks belong to their connection: they stay while another one is used.

        Example:
        | `Connect To Kafka`    embedded    alias=orders
        | ${before}=    `Switch Kafka Connection`    default
        | Should Be Equal    ${before}    orders
        | `Disconnect From Kafka`    orders
        """
        return self._session.switch(alias)

    @keyword
    def disconnect_from_kafka(self, alias: str | None = None) -> None:
        """Closes the connection ``alias``, by default the current one.

        Its temporary topics are deleted. The connection opened before it is used next.

        Example:
        | `Connect To Kafka`    embedded    alias=payments
        | `Disconnect From Kafka`    payments
        """
        self._session.disconnect(alias)

    @keyword
    def disconnect_from_all_kafka(self) -> None:
        """Closes all connections. The one of the import opens again at its next use.

        Example:
        | `Disconnect From All Kafka`
        """
        self._session.disconnect_all()

    @keyword
    def kafka_should_be_reachable(self, timeout: Any = None) -> dict[str, Any]:
        """Fails unless Kafka answers within ``timeout``, and names the address and the reason.

        It distinguishes: a name that can't be resolved, a closed port, something other than Kafka, TLS or logins on
        one side only, a certificate that is not trusted, has expired or is for another name, a client certificate that
        is missing or not accepted, and a login, mechanism or token that is refused.

        Returns facts about the cluster: ``bootstrap_servers`` for other processes, also of the embedded broker,
        ``cluster_id``, ``brokers`` and ``controller``.

        Example:
        | ${cluster}=    `Kafka Should Be Reachable`    timeout=5 s
        | Log    ${cluster}[bootstrap_servers]
        """
        connection = self._session.current
        facts = connection.cluster(deadline_of(timeout, self._session))
        note(f"Kafka at {facts['bootstrap_servers']} answers: {len(facts['brokers'])} broker(s).")
        return facts

    @keyword
    def set_kafka_timeout(self, timeout: Any) -> str:
        """Sets the default timeout of the current connection's keywords, and returns the previous one.

        Example:
        | ${before}=    `Set Kafka Timeout`    30 s
        | `Set Kafka Timeout`    ${before}
        """
        connection = self._session.current
        before, connection.timeout = connection.timeout, patience(timeout)
        return f"{before:g} s"
