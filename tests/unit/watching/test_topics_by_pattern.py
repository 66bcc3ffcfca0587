"""Topics that are named by a pattern: those that there are, and those that come while a wait looks."""

from __future__ import annotations

import pytest

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.watching.marks import now
from KafkaLibrary.watching.topics import topics_of_patterns as room
from KafkaLibrary.watching.topics.patterns import check_pattern, is_pattern, matches, matching
from KafkaLibrary.watching.topics.topics_of_patterns import TopicsOfPatterns
from tests.unit.watching.scene import Scene

BOTH = pytest.mark.parametrize("pattern", ["r2-*", "^r2-"])


@pytest.fixture
def scene(scene: Scene) -> Scene:
    scene.kafka.make("r2-a")
    scene.kafka.make("r2-b", 2)
    return scene


class TestWhatIsMeant:
    @pytest.mark.parametrize(
        ("pattern", "meant", "not_meant"),
        [
            ("r2-*", ["r2-", "r2-a", "r2-a.b"], ["r2", "xr2-a", "R2-a"]),
            ("*-a", ["r2-a", "-a"], ["r2-ab"]),
            ("*", ["a", "_schemas"], ["__consumer_offsets"]),
            ("r?-a", ["r2-a"], ["r-a", "r22-a"]),
            ("a.b*", ["a.bc"], ["axbc"]),
            ("^r[0-9]-", ["r2-a", "r2-"], ["rx-a", "xr2-a"]),
            ("^r[0-9]$", ["r2"], ["r2-a"]),
            ("^a|^b", ["a1", "b1"], ["c1"]),
            ("^.*offsets", ["my_offsets"], ["__consumer_offsets"]),
            ("__*", ["__consumer_offsets"], ["_schemas"]),
            ("^__c", ["__consumer_offsets"], ["__transaction_state"]),
        ],
    )
    def test_a_pattern_means_whole_names_and_an_expression_their_beginning(
        self, pattern: str, meant: list[str], not_meant: list[str]
    ) -> None:
        assert is_pattern(pattern)
        check_pattern(pattern)
        assert [name for name in (*meant, *not_meant) if matches(pattern, name)] == meant

    @pytest.mark.parametrize("name", ["orders", "a.b", "a-b_c", "__consumer_offsets", None, 42])
    def test_a_name_is_no_pattern(self, name: object) -> None:
        assert not is_pattern(name)

    @pytest.mark.parametrize(
        ("pattern", "said"),
        [
            ("^r2-(", "not a regular expression"),
            ("^*", "not a regular expression"),
            ("^r2-, r3", "a blank"),
            ("r2-*,", "','"),
            ("r[0-9]*", "'['"),
            ("r2 *", "' '"),
            ("*é", "'é'"),
        ],
    )
    def test_one_that_can_mean_nothing_is_refused(self, pattern: str, said: str) -> None:
        with pytest.raises(KeywordMisused, match=r"no[t ]") as refusal:
            check_pattern(pattern)
        assert said in str(refusal.value)


@BOTH
class TestAWait:
    def test_looks_at_the_topics_that_there_are(self, scene: Scene, pattern: str) -> None:
        scene.watch(pattern)
        scene.kafka.publish("orders", '{"id": 1}')
        scene.kafka.publish("r2-b", '{"id": 1}', partition=1)
        assert scene.found(pattern, "id == 1") == "r2-b[1]@0"

    def test_begins_where_each_was_watched(self, scene: Scene, pattern: str) -> None:
        scene.kafka.publish("r2-a", '{"id": 1}')
        scene.watch(pattern)
        assert scene.found(pattern, "id == 1", timeout=1) == ""

    def test_reads_a_topic_that_comes_meanwhile_from_its_first_event(self, scene: Scene, pattern: str) -> None:
        scene.watch(pattern)

        def come() -> None:
            scene.kafka.make("r2-new")
            scene.kafka.publish("r2-new", '{"id": 1}', ago=3600)

        scene.clock.after(2, come)
        assert scene.found(pattern, "id == 1") == "r2-new[0]@0"
        assert scene.clock.now < 2.3

    def test_finds_it_in_the_last_moment(self, scene: Scene, pattern: str) -> None:
        scene.clock.at(4.999, lambda: scene.kafka.make("r2-new"))
        scene.clock.at(4.9991, lambda: scene.kafka.publish("r2-new", '{"id": 1}'))
        assert scene.found(pattern, "id == 1", timeout=5) == "r2-new[0]@0"

    def test_waits_for_the_first_topic(self, scene: Scene, pattern: str) -> None:
        scene.kafka.delete("r2-a")
        scene.kafka.delete("r2-b")
        scene.clock.after(1, lambda: scene.kafka.make("r2-new"))
        scene.clock.after(2, lambda: scene.kafka.publish("r2-new", '{"id": 1}'))
        assert scene.found(pattern, "id == 1") == "r2-new[0]@0"
        assert scene.clock.now == pytest.approx(2, abs=0.01)

    @pytest.mark.parametrize("since", ["scope", "test", "suite", "latest", "earliest", "mark"])
    def test_a_topic_that_came_since_the_mark_is_read_from_its_first_event(
        self, scene: Scene, pattern: str, since: str
    ) -> None:
        mark = scene.watch(pattern)
        scene.clock.after(1, lambda: scene.kafka.make("r2-new"))
        if since != "latest":
            scene.clock.advance(2)
        scene.clock.after(1, lambda: scene.kafka.publish("r2-new", '{"id": 1}', ago=3600))
        if since != "latest":
            scene.clock.advance(2)
        assert scene.found(pattern, "id == 1", since=mark if since == "mark" else since) == "r2-new[0]@0"

    def test_of_one_that_was_there_when_the_suite_first_looked_the_clock_is_asked(
        self, scene: Scene, pattern: str
    ) -> None:
        scene.clock.advance(10)
        scene.kafka.publish("r2-a", '{"id": 1}', ago=60)  # before the suite
        scene.begin()
        scene.wait(pattern, "id == 2", timeout=0.1)
        scene.kafka.publish("r2-a", '{"id": 1}')
        assert scene.found(pattern, "id == 1", since="suite") == "r2-a[0]@1"

    def test_what_a_test_looked_for_is_marked_at_the_start_of_the_next(self, scene: Scene, pattern: str) -> None:
        scene.begin()
        scene.wait(pattern, timeout=0.1)
        scene.kafka.make("r2-new")
        scene.kafka.publish("r2-new", '{"id": 1}')
        scene.end()
        scene.begin()
        scene.kafka.publish("r2-new", '{"id": 2}', ago=3600)
        assert scene.present(pattern) == ["r2-new[0]@1"]

    def test_of_another_topic_the_mark_says_nothing(self, scene: Scene, pattern: str) -> None:
        mark = scene.watch("r2-a")
        with pytest.raises(KeywordMisused, match="not of 'r2-b'"):
            scene.found(pattern, since=mark)

    def test_a_topic_that_went_between_two_questions_is_no_part_of_it(self, scene: Scene, pattern: str) -> None:
        scene.watch(pattern)
        scene.kafka.delete("r2-a")
        scene.kafka.publish("r2-b", '{"id": 1}')
        assert scene.found(pattern, "id == 1", since="latest", timeout=1) == ""
        assert scene.found(pattern, "id == 1") == "r2-b[0]@0"

    def test_where_none_came_it_says_that_no_topic_is_meant(self, scene: Scene, pattern: str) -> None:
        scene.kafka.delete("r2-a")
        scene.kafka.delete("r2-b")
        assert scene.wait(pattern, timeout=1).findings.missing == [pattern]


@BOTH
class TestANegative:
    def test_is_proven_on_all_topics_at_the_end(self, scene: Scene, pattern: str) -> None:
        assert scene.passes(pattern, 0)
        scene.clock.after(0.9999, lambda: scene.kafka.make("r2-new"))
        scene.clock.after(0.99995, lambda: scene.kafka.publish("r2-new", '{"id": 1}'))
        assert scene.passes(pattern, 1, "id == 1")

    def test_fails_where_no_topic_is_meant_at_the_end(self, scene: Scene, pattern: str) -> None:
        scene.kafka.delete("r2-a")
        scene.kafka.delete("r2-b")
        assert f"No topic that this login may see matches '{pattern}'." in scene.refusal(pattern)

    def test_fails_where_one_was_deleted(self, scene: Scene, pattern: str) -> None:
        scene.clock.after(0.5, lambda: scene.kafka.delete("r2-a"))
        assert "The topic 'r2-a' was deleted meanwhile." in scene.refusal(pattern)

    def test_fails_where_one_came_and_went(self, scene: Scene, pattern: str) -> None:
        scene.watch(pattern)
        scene.clock.after(0.2, lambda: scene.kafka.make("r2-new"))
        scene.clock.after(0.7, lambda: scene.kafka.delete("r2-new"))
        assert "The topic 'r2-new' was deleted meanwhile." in scene.refusal(pattern)

    def test_passes_where_one_comes_that_was_made_again_before_it_went(self, scene: Scene, pattern: str) -> None:
        scene.watch(pattern)
        scene.kafka.make_again("r2-a")
        scene.wait(pattern, timeout=1)
        scene.kafka.delete("r2-a")
        scene.begin()
        scene.clock.after(0.3, lambda: scene.kafka.make("r2-a"))
        assert scene.refusal(pattern) == ""

    def test_fails_where_one_can_not_be_read_to_its_end(self, scene: Scene, pattern: str) -> None:
        scene.patience = 0.5
        scene.clock.after(0.5, lambda: scene.kafka.make("r2-new"))
        scene.clock.after(0.6, lambda: scene.kafka.publish("r2-new", "{}", transaction=True))
        assert "A transaction is still open: r2-new[0]" in scene.refusal(pattern)

    def test_fails_where_kafka_is_away(self, scene: Scene, pattern: str) -> None:
        scene.clock.after(0.5, scene.kafka.go_away)
        assert "unreachable" in scene.refusal(pattern)

    def test_quiet_is_broken_by_a_topic_that_comes(self, scene: Scene, pattern: str) -> None:
        def come() -> None:
            scene.kafka.make("r2-new")
            scene.kafka.publish("r2-new", '{"id": 1}')

        scene.clock.after(0.5, come)
        assert scene.quiet(pattern, 1, timeout=3) == ""
        assert scene.clock.now > 1.5


@BOTH
class TestOneOnEach:
    def test_each_that_is_meant_gives_one(self, scene: Scene, pattern: str) -> None:
        scene.kafka.publish("r2-b", '{"id": 1}')
        scene.clock.after(1, lambda: scene.kafka.publish("orders", '{"id": 1}'))
        scene.clock.after(2, lambda: scene.kafka.publish("r2-a", '{"id": 1}'))
        found, why = scene.on_each(("orders", pattern), "id == 1")
        assert (list(found), why) == (["orders", "r2-a", "r2-b"], "")

    def test_one_that_came_meanwhile_needs_one_too(self, scene: Scene, pattern: str) -> None:
        scene.kafka.publish("r2-a", '{"id": 1}')
        scene.clock.after(1, lambda: scene.kafka.make("r2-new"))
        scene.clock.after(2, lambda: scene.kafka.publish("r2-b", '{"id": 1}'))
        _, why = scene.on_each(pattern, "id == 1")
        assert why.startswith("No event on 'r2-new' matched")

    def test_a_pattern_that_means_none_lacks_its_event(self, scene: Scene, pattern: str) -> None:
        scene.kafka.publish("orders", '{"id": 1}')
        scene.kafka.delete("r2-a")
        scene.kafka.delete("r2-b")
        _, why = scene.on_each(("orders", pattern), "id == 1")
        assert why.startswith(f"No event on '{pattern}' matched")
        assert f"No topic that this login may see matches '{pattern}'." in why


def test_names_are_asked_for_only_where_there_is_a_pattern(scene: Scene) -> None:
    scene.begin()
    scene.watch("r2-a")
    scene.wait("r2-a", timeout=2)
    scene.prove("r2-a", 0)
    scene.end()
    scene.begin()
    assert not {"names", "ask_names"} & set(scene.source.asked)


def test_a_topic_that_a_new_broker_does_not_tell_yet_is_not_taken_for_a_new_one(scene: Scene) -> None:
    scene.watch("r2-*")
    scene.kafka.publish("r2-a", '{"id": 1}')
    assert scene.found("r2-*", "id == 1") == "r2-a[0]@0"
    scene.source.unknown["r2-a"] = 1
    mark = scene.watch("r2-*")
    assert scene.found("r2-*", "id == 1", timeout=1, since=mark) == ""


def test_a_question_for_names_that_got_no_answer_is_asked_again(scene: Scene) -> None:
    scene.watch("r2-*")
    scene.clock.after(0.05, scene.kafka.go_away)
    scene.clock.after(1, scene.kafka.come_back)
    scene.clock.after(8, lambda: scene.kafka.make("r2-new"))
    scene.clock.after(8, lambda: scene.kafka.publish("r2-new", "{}"))
    assert scene.found("r2-*", timeout=30) == "r2-new[0]@0"
    assert scene.clock.now < 10


def test_of_two_patterns_the_first_that_was_looked_up_tells_when_a_topic_can_have_come(scene: Scene) -> None:
    first = scene.watch("r2-*").at
    scene.clock.advance(1)
    scene.watch("*-new")
    scene.kafka.make("r2-new")
    began = scene.wait("r2-new", timeout=0).began
    assert began is not None
    assert began <= first


def test_names_are_compared_with_a_pattern_only_where_others_are_there(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def noted(asked: list[str], names: list[str]) -> list[str]:
        compared.extend(asked)
        return matching(asked, names)

    monkeypatch.setattr(room, "matching", noted)
    patterns = TopicsOfPatterns(scene.source)

    def meant(*asked: str) -> list[str]:
        compared.clear()
        return patterns.look_up(asked, [], now(), Deadline(5))[0]

    assert (meant("r2-*"), compared) == (["r2-a", "r2-b"], ["r2-*"])
    assert (meant("r2-*"), compared) == (["r2-a", "r2-b"], [])
    assert (meant("r2-*", "*-b"), compared) == (["r2-a", "r2-b"], ["*-b"])
    scene.kafka.make("r2-c")
    assert (meant("r2-*"), compared) == (["r2-a", "r2-b", "r2-c"], ["r2-*"])
    scene.kafka.delete("r2-a")
    scene.kafka.delete("r2-c")
    assert (meant("r2-*"), compared) == (["r2-b"], ["r2-*"])
