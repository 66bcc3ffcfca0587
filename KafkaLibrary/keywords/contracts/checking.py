"""Contracts: read, and events and topics held against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused, did_you_mean
from KafkaLibrary.keywords.calls import arguments, covering
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, show, warn

if TYPE_CHECKING:
    from KafkaLibrary.contracts.checking import verdicts
    from KafkaLibrary.contracts.contract import Contract
    from KafkaLibrary.keywords.contracts import given_contracts
    from KafkaLibrary.reporting.checks import failed_contracts
    from KafkaLibrary.reporting.evidence import evidence_table
else:
    given_contracts = LazyModule("KafkaLibrary.keywords.contracts.given_contracts")
    verdicts = LazyModule("KafkaLibrary.contracts.checking.verdicts")
    failed_contracts = LazyModule("KafkaLibrary.reporting.checks.failed_contracts")
    evidence_table = LazyModule("KafkaLibrary.reporting.evidence.evidence_table")


class ContractChecks(LibraryComponent):
    """Keywords that hold events and topics against contracts."""

    @keyword
    def load_contract(self, path: Any, alias: Any = None, *, topics: Any = None) -> Contract:
        """Reads a contract, an AsyncAPI document of 2.0 to 3.1 in YAML or JSON, and returns it.

        | =Argument= | =Meaning= |
        | ``path`` | of the document, tried relative to the suite's folder first |
        | ``alias`` | the name for ``contract=`` of other keywords; the name of the file by default |
        | ``topics`` | topics of channels without an address: a dictionary by the ids of the channels, or one topic |

        The document may refer to other files, with schemas in JSON Schema, Avro and Protobuf. Nothing is fetched from
        the network. A warning names what can't be followed, is unknown or asks nothing, with file, line and JSON
        pointer: events are not checked against it, and no keyword passes because of it.

        A contract of the import, ``contract=asyncapi.yaml``, is read at the import. With ``contract_guard=FAIL`` each
        test fails in which an event came on a topic of the contract that is not what the contract describes; with
        ``WARN`` it gets a warning. The guard judges every event, whoever published it, from the start of the test to
        its end. Events of `Publish Broken Event` are left out, and those
        that `Expect Contract Violation` names.

        A contract replaces an earlier one with the same alias. It is kept until the run ends.

        Example:
        | `Load Contract`    ${EXAMPLES}/orders.asyncapi.yaml
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "status": "NEW", "total": 99.5}
        | `Event Should Match Contract`    ${event}
        """
        contract, warnings = given_contracts.read(path, topics)
        self._session.contracts[str(alias or contract.name)] = contract
        self._session.guard_contract(contract)
        for warning in warnings:
            warn(warning)
        note("{}", given_contracts.summary(contract))
        return contract

    @keyword
    def event_should_match_contract(
        self,
        event: Any,
        *,
        as_message: Any = None,
        channel: Any = None,
        contract: Any = None,
        message: str | None = None,
    ) -> None:
        """Fails unless the event is what the contract describes for its topic: value, key and headers.

        | =Argument= | =Meaning= |
        | ``event`` | what `Wait For Event` or `Publish Event` returned |
        | ``as_message`` | the message of the contract that it must be, by its name, id or title |
        | ``channel`` | the id of the channel, if the topic does not decide it |
        | ``contract`` | the alias of one contract; by default all that were read |
        | ``message`` | text before a failure |

        The channels of an event are those with its topic: in their Kafka binding, or else as their address. The event
        must match one message of the contract there. A header such as ``__TypeId__`` or ``ce_type``, the name of its
        Avro or Protobuf record, or the contract's ``discriminator`` may tell which; otherwise any may match. Within a
        value, too, ``discriminator`` with ``oneOf``, ``anyOf`` or heirs tells the one schema that has to match: by its
        name, or as its ``mapping`` says.

        A value is read by the format of its topic, or else by the Avro or Protobuf schema of the contract. Headers and
        keys are text, and are read as the number or boolean that the contract asks for. JSON Schema is draft-07 unless
        the contract says otherwise; `Event Should Match Schema` lists what is checked.

        The failure lists what the event lacks of each message of the contract, the nearest first, and the line where
        the nearest one is described. If the contract asks nothing of the value, or what it asks can't be read, the
        keyword fails too, for nothing was checked.

        Example:
        | `Load Contract`    ${EXAMPLES}/orders.asyncapi.yaml
        | ${event}=    `Publish Event`    orders    {"orderId": 42, "status": "NEW"}
        | `Event Should Match Contract`    ${event}    as_message=OrderPlaced
        """
        checked = arguments.event(event)
        contracts = self._contracts(contract)
        name, of_channel = str(as_message or ""), str(channel or "")
        self._check_names(contracts, checked.topic, name, of_channel)
        verdict = verdicts.judge(checked, contracts, as_message=name, channel=of_channel)
        covering.note_judged(self._session, verdict)
        if verdict.state == "fits":
            note("{}", failed_contracts.fit(verdict))
            return
        show(evidence_table.checked(checked, "does not match the contract", failed_contracts.steps_of(verdict)))
        raise ExpectationFailed(failed_contracts.failure(verdict, message))

    @keyword
    def topic_should_be_in_contract(self, topic: Any, *, contract: Any = None, message: str | None = None) -> None:
        """Fails unless a contract has a channel for the topic: by its name, or by a matching address with parameters.

        ``contract`` is the alias of one contract, by default all that were read. ``message`` goes before a failure,
        which names topics with similar names.

        Example:
        | `Load Contract`    ${EXAMPLES}/orders.asyncapi.yaml
        | `Topic Should Be In Contract`    orders
        """
        name = arguments.topic(topic)
        contracts = self._contracts(contract)
        found = [(one, channel) for one in contracts for channel in one.channels_of(name)]
        if not found:
            raise ExpectationFailed(failed_contracts.no_channel(name, contracts, message))
        note("'{}' is the channel {}.", name, ", ".join(f"'{c.id}' of {c.place}" for _, c in found))

    @keyword
    def expect_contract_violation(self, event: Any) -> None:
        """Leaves out an event that this test published wrongly on purpose, if the import has ``contract_guard=``.

        ``event`` is what `Publish Event` returned. Events of `Publish Broken Event` are left out without it.
        Without a guard the keyword does nothing.

        Example:
        | ${event}=    `Publish Event`    orders    {"orderId": "forty-two"}
        | `Expect Contract Violation`    ${event}
        """
        checked = arguments.event(event)
        if self._session.contract_guard is None:
            note("Nothing is guarded: the library is imported without contract_guard=.")
        else:
            self._session.contract_guard.exempt(checked)

    def _contracts(self, alias: Any) -> list[Contract]:
        return given_contracts.chosen(self._session.contracts, alias)

    @staticmethod
    def _check_names(contracts: list[Contract], topic: str, message: str, channel: str) -> None:
        channels = {one.id: one for contract in contracts for one in contract.channels}
        if channel and channel not in channels:
            near = did_you_mean(channel, channels)
            raise KeywordMisused(f"No contract has a channel '{channel}'. {near}".rstrip())
        if not message:
            return
        known = list(channels[channel].messages) if channel else [m for c in contracts for m in c.messages_of(topic)]
        names = sorted({name for one in known for name in (one.name, *one.names)})
        if known and message not in names:
            near = did_you_mean(message, names)
            raise KeywordMisused(
                f"The contract has no message '{message}' for the topic '{topic}'. {near}".rstrip()
                + f"\nIts messages there: {', '.join(sorted({one.name for one in known}))}."
            )
