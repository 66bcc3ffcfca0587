"""The guard: which dead letters came since the last look, whose events died, and which were not expected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from KafkaLibrary.dead_letters import DeadLetter, may_have_letters, usual_topics, waits_for_a_retry
from KafkaLibrary.errors import did_you_mean
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.watching.across_topics.published_events import Expected, Period, Published, is_named
from KafkaLibrary.watching.across_topics.topic_guard import TopicGuard
from KafkaLibrary.watching.obstacles_to_proof import Findings
from KafkaLibrary.watching.topics.patterns import is_pattern, matching

_KEPT = 20
"""Events that died of which a letter is kept to be told; the others are counted."""


class Died(NamedTuple):
    """An event that died: its first letter, how many letters it has, and who published it as far as that is known."""

    letter: Event
    letters: int
    by: Period | None


class Verdict(NamedTuple):
    """What came of one test: events that died and were not expected to, and why more is not known."""

    test: Period
    died: list[Died]
    more: int
    """Events that died beside those, and are known to be published by this process."""
    more_of_others: int
    """Those of which it is not known who published them."""
    problems: list[str]
    findings: list[Findings]


class Guard(TopicGuard):
    """Looks at the topics of dead letters when a test ends."""

    def __init__(self, topics: tuple[str, ...], name: str = "") -> None:
        super().__init__(topics)
        self.published = Published()
        self.period = Period("suite", name)
        self.never_there = {*topics}
        """Names and patterns that meant no topic at any look."""
        self.takes = self._letters = _Letters(self)

    def enter(self, kind: Literal["test", "suite"], name: str) -> None:
        self.period = Period(kind, name, self.period)
        self._had_test |= kind == "test"

    def leave(self) -> None:
        self.period = self.period.around or self.period

    def expect(self, expected: Expected) -> None:
        """The test or suite under way expects these."""
        self.period.expected.append(expected)

    def note_published(self, records: Sequence[PlainRecord]) -> None:
        self.published.note(records, self.period)

    def is_there(self, name: str) -> None:
        self.never_there -= {one for one in self.never_there if is_named(name, one)}

    def verdict(self, *, keep: bool = False) -> Verdict:
        """What was found since the last verdict. ``keep`` leaves the letters to the next one, too."""
        problems, findings = self.found()
        found = self._letters
        if not keep:
            self.takes = self._letters = _Letters(self)
        # What is expected may have been said after they were read.
        died = [one for one in (*found.own.died.values(), *found.others.died.values()) if not self._expects(one)]
        return Verdict(self.period, died, found.own.more, found.others.more, problems, findings)

    def _expects(self, died: Died) -> bool:
        return self.period.expects(died.letter) or (died.by is not None and died.by.expects(died.letter))

    def never_met(self, names: list[str], *, hides: bool) -> list[str]:
        """Sentences on topics that were never there, where others of these names may be meant; each once.

        ``hides`` says that Kafka tells a login only of the topics that it may see: then there may be some all the same.
        """
        missing, self.never_there = sorted(self.never_there), set()
        usual, maybe = matching([usual_topics()], names), ", ".join(f"'{one}'" for one in may_have_letters(names))
        told = [
            f"The topic '{one}' that is given as dead_letters= was never there. {near}"
            for one in missing
            if not is_pattern(one) and (near := did_you_mean(one, usual))
        ]
        if maybe and usual_topics() in missing:
            told.append(f"dead_letters=auto found no topic. If dead letters go to {maybe}, give its name.")
        told += [_hidden("auto" if one == usual_topics() else one) for one in missing if hides and is_pattern(one)]
        return told

    def deleted(self, name: str, *, looked_at: bool) -> None:
        self.published.forget(name)
        super().deleted(name, looked_at=looked_at)


class _Deaths:
    """Events that died, with the first letter of each. Beyond some they are counted."""

    def __init__(self) -> None:
        self.died: dict[str, Died] = {}
        self._others: set[int] = set()

    @property
    def more(self) -> int:
        """Events beside those that are kept."""
        return len(self._others)

    def add(self, name: str, letter: Event, by: Period | None) -> None:
        if name in self.died:
            self.died[name] = self.died[name]._replace(letters=self.died[name].letters + 1)
        elif len(self.died) < _KEPT:
            self.died[name] = Died(letter, 1, by)
        else:
            self._others.add(hash(name))


class _Letters:
    """Takes the letters in turn. Those that were not expected are kept, one of each event that died.

    Where many die that were published elsewhere, they leave room for those of this process.
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self.own = _Deaths()
        self.others = _Deaths()

    def take(self, letter: Event) -> None:
        death = letter.dead_letter
        if death is None and waits_for_a_retry(letter.topic, letter.raw_headers):
            return
        by = self._guard.published.by(letter)
        if self._guard.period.expects(letter) or (by is not None and by.expects(letter)):
            return
        name = letter.place if death is None or not _is_whole(death.origin) else death.origin.place
        (self.others if by is None else self.own).add(name, letter, by)


def _hidden(pattern: str) -> str:
    return (
        f"dead_letters={pattern} found no topic, so nothing was guarded by it. Kafka tells a login only of the topics "
        "that it may see: ask for permission to read them, or give their names. Then a test fails that can't read them."
    )


def _is_whole(death: DeadLetter) -> bool:
    return death.partition is not None and death.offset is not None
