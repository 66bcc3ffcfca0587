#!/usr/bin/env bash
# Versions: Karate 1.5.1 (karate-core); Java 17.
# One expects: `match event == { id: 9007199254740992 }` fails for an event whose id is 9007199254740993, as
#   the event, printed, shows all digits.
# What happens: it passes: numbers are compared as doubles, in which the two ids are one. An id that differs
#   by three is told apart.
# A tester is hurt: a check of a long id, such as a snowflake id or a row's bigint, passes on its neighbour's
#   event: a false pass, and the report shows the right digits.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.karatelabs</groupId>
      <artifactId>karate-core</artifactId>
      <version>1.5.1</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dstyle.color=never -f pom.xml \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DoutputDirectory="$work/libs"
cat >neighbour.feature <<'FEATURE'
Feature: an event with another id
  Scenario: the id is one less
    * json event = '{"id": 9007199254740993}'
    * print event
    * match event == { id: 9007199254740992 }
    * match event.id == 9007199254740992
FEATURE
cat >other.feature <<'FEATURE'
Feature: an event with another id
  Scenario: the id is three less
    * json event = '{"id": 9007199254740993}'
    * match event == { id: 9007199254740990 }
FEATURE
karate() {
  java -cp 'libs/*' com.intuit.karate.Main "$1" >"$1.txt" 2>&1 && echo passes || echo fails
}
neighbour=$(karate neighbour.feature)
other=$(karate other.feature)
printed=$(grep -o -m1 '"id": [0-9]*' neighbour.feature.txt)
echo "the event is printed with $printed"
echo "a match with ...992 $neighbour, a match with ...990 $other"
if [ "$printed, $neighbour, $other" != '"id": 9007199254740993, passes, fails' ]; then
  echo "the behaviour has changed" >&2
  exit 1
fi
