*** Settings ***
Documentation    Where a condition looks: into the value, or at the event's own parts.

Resource         resources/conditions.resource

Suite Setup      Prepare A Topic Of The Suite


*** Test Cases ***
A Bare Name Is A Path Into The Value
    [Template]    Should Hold
    {"a": 1}    $.a == 1
    {"a": 1}    a == 1
    {"a": {"b": {"c": 1}}}    a.b.c == 1
    {"a": {"b": {"c": 1}}}    $.a.b.c == 1
    {"a": [{"b": 1}, {"b": 2}]}    a[1].b == 2
    {"a": [{"b": 1}, {"b": 2}]}    a[-1].b == 2

Names Of All Kinds
    [Template]    Should Hold
    {"a b": 1}    $['a b'] == 1
    {"a.b": 1}    $['a.b'] == 1
    {"where": 1}    $.where == 1
    {"$ref": "x"}    $.$ref == x
    {"a-b": 1}    $.a-b == 1
    {"název": 1}    název == 1

The Value Itself
    [Template]    Should Hold
    42    value == 42
    42    $ == 42
    \[1, 2]    $[0] == 1
    \[1, 2]    value contains 2
    "text"    value == text

Names That Are The Event's Own Are Reached With The Dollar
    [Template]    Should Hold
    {"key": 1, "offset": 2, "topic": 3}    $.key == 1    $.offset == 2    $.topic == 3

Several Results Hold When Any Does
    [Template]    Should Hold
    {"a": [1, 2, 3]}    a[*] == 2
    {"a": [{"b": 1}, {"b": 2}]}    a[*].b > 1
    {"a": [{"b": 1}, {"c": 2}]}    a[*].c exists
    {"a": [1, 2, 3]}    a[*] != 4

Several Results All Differ, Or They Do Not
    [Template]    Should Not Hold
    {"a": [1, 2, 3]}    a[*] != 2
    {"a": []}    a[*] != 2
    {"a": ["x", "y"]}    a[*] not contains x
    {"a": []}    a[*] == 2
    {"a": []}    a[*] exists

Filters, Slices And Descents
    [Template]    Should Hold
    {"a": [{"b": 1, "c": "x"}, {"b": 5, "c": "y"}]}    $.a[?(@.b > 2)].c == y
    {"a": [1, 2, 3]}    $.a[0:2] contains 2
    {"a": {"b": {"deep": 1}}}    $..deep == 1

The Key
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}    key=k-42
    Event Should Match    ${event}    key == k-42    key ^= k    key exists
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}    key={"id": 42, "part": "x"}
    Event Should Match    ${event}    key.id == 42    key.part == x
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}
    Event Should Match    ${event}    key == null

A Header
    VAR    &{headers}    source=web    content-type=json
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}    headers=${headers}
    Event Should Match    ${event}    headers.source == web    headers.content-type == json
    Event Should Match    ${event}    headers.trace does not exist

The Place And The Time
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}    partition=0    timestamp=2026-01-31 12:00:00
    Event Should Match    ${event}    topic == ${TOPIC_OF_SUITE}    partition == 0
    Event Should Match    ${event}    offset == ${event.offset}    offset >= 0
    Watch Topics    ${TOPIC_OF_SUITE}
    Publish Event    ${TOPIC_OF_SUITE}    {"a": 1}    timestamp=2026-01-31 12:00:00
    ${read}=    Wait For Event    ${TOPIC_OF_SUITE}    timestamp > 2026-01-30    timestamp < 2026-02-01
    Event Should Match    ${read}    timestamp > 2026-01-30    timestamp < 2026-02-01

Arithmetic And What Is No Path Are Refused
    [Template]    Should Be Refused
    ${{ ['a + b'] }}    $.a + b == 3
    ${{ ['a[', '^'] }}    a[ == 3
    ${{ ['a..', '^'] }}    $.a.. == 3
    ${{ ['[?('] }}    $.a[?( == 3
