*** Settings ***
Documentation    What each operator means.

Resource         resources/conditions.resource

Suite Setup      Prepare A Topic Of The Suite


*** Test Cases ***
Equal
    [Template]    Should Hold
    {"a": 42}    a == 42
    {"a": "text"}    a == text
    {"a": "two words"}    a == two words
    {"a": ""}    a ==
    {"a": null}    a == null
    {"a": true}    a == true
    {"a": [1, 2]}    a == [1, 2]
    {"a": {"b": 1}}    a == {"b": 1}

Equal Is Not Nearly Equal
    [Template]    Should Not Hold
    {"a": 42}    a == 43
    {"a": "text"}    a == Text
    {"a": "text"}    a == tex
    {"a": "text "}    a == text
    {"a": null}    a ==
    {"a": [1, 2]}    a == [2, 1]
    {"a": {"b": 1, "c": 2}}    a == {"b": 1}
    {"b": 42}    a == 42

Not Equal
    [Template]    Should Hold
    {"a": 42}    a != 43
    {"a": "text"}    a != Text
    {"a": null}    a != 1
    {"a": [1]}    a != [2]

Not Equal Needs A Field
    [Template]    Should Not Hold
    {"a": 42}    a != 42
    {"b": 42}    a != 43

Greater
    [Template]    Should Hold
    {"a": 42}    a > 41
    {"a": 42}    a > 41.5
    {"a": 10}    a > 9
    {"a": "10"}    a > 9
    {"a": "b"}    a > a
    {"a": "2026-02-01"}    a > 2026-01-31
    {"a": -1}    a > -2

Not Greater
    [Template]    Should Not Hold
    {"a": 42}    a > 42
    {"a": 9}    a > 10
    {"a": "a"}    a > b
    {"b": 42}    a > 1

Greater Or Equal, Less, Less Or Equal
    [Template]    Should Hold
    {"a": 42}    a >= 42
    {"a": 42}    a >= 41
    {"a": 42}    a < 43
    {"a": 42}    a <= 42
    {"a": 42}    a <= 43
    {"a": 0.1}    a <= 0.1

Not Greater Or Equal, Less, Less Or Equal
    [Template]    Should Not Hold
    {"a": 42}    a >= 43
    {"a": 42}    a < 42
    {"a": 42}    a <= 41
    {"b": 42}    a < 43

Contains
    [Template]    Should Hold
    {"a": "two words"}    a *= wo wo
    {"a": "two words"}    a contains words
    {"a": 1234}    a contains 23
    {"a": ["new", "web"]}    a contains web
    {"a": [1, 2]}    a contains 2
    {"a": [{"b": 1}, {"b": 2}]}    a contains {"b": 2}

Does Not Contain
    [Template]    Should Hold
    {"a": "two words"}    a not contains three
    {"a": ["new", "web"]}    a not contains we

Contains And Does Not Contain Are Never Both True
    [Template]    Should Not Hold
    {"a": "two words"}    a contains Words
    {"a": ["new", "web"]}    a contains we
    {"a": "two words"}    a not contains two
    {"a": ["new", "web"]}    a not contains web
    {"b": "two words"}    a not contains three

Begins With And Ends With
    [Template]    Should Hold
    {"a": "two words"}    a ^= two
    {"a": "two words"}    a $= words
    {"a": 1234}    a ^= 12
    {"a": 1234}    a $= 34

Does Not Begin Or End With
    [Template]    Should Not Hold
    {"a": "two words"}    a ^= words
    {"a": "two words"}    a $= two

Matches Searches
    [Template]    Should Hold
    {"a": "order 42 paid"}    a matches \\d+
    {"a": "order 42 paid"}    a matches ^order.*paid$
    {"a": 1234}    a matches ^1.*4$
    {"a": "Ordnung"}    a matches (?i)ORD

Does Not Match
    [Template]    Should Not Hold
    {"a": "order 42 paid"}    a matches ^\\d+
    {"b": "order 42 paid"}    a matches .

In
    [Template]    Should Hold
    {"a": "PAID"}    a in NEW, PAID
    {"a": "PAID"}    a in NEW,PAID,SENT
    {"a": 2}    a in 1, 2, 3
    {"a": 2}    a in [1, 2, 3]
    {"a": "a, b"}    a in ["a, b", "c"]

Not In
    [Template]    Should Not Hold
    {"a": "PAI"}    a in NEW, PAID
    {"a": 4}    a in 1, 2, 3
    {"b": 1}    a in 1, 2, 3

Negated
    [Template]    Should Hold
    {"a": "PAID"}    a not matches ^NE.
    {"a": "PAID"}    a not in NEW, SENT
    {"a": "PAID"}    a not ^= NE
    {"a": "PAID"}    a not $= EW
    {"a": ["x", "y"]}    a[*] not in z, w
    {"a": "PAID"}    a    not matches    ^NE.

Negated Is Not Met By What Is There, Nor By What Is Missing
    [Template]    Should Not Hold
    {"a": "PAID"}    a not matches PA.D
    {"a": "PAID"}    a not in NEW, PAID
    {"a": "PAID"}    a not ^= PA
    {"a": "PAID"}    a not $= ID
    {"a": ["x", "z"]}    a[*] not in z, w
    {"b": "PAID"}    a not matches NEW

Length
    [Template]    Should Hold
    {"a": [1, 2]}    a length == 2
    {"a": "four"}    a length >= 4
    {"a": {"b": 1}}    a length < 2
    {"a": []}    a length == 0
    {"a": [1]}    a length != 2
    {"a": [1, 2]}    a    length >    ${1}
    {"length": 2}    length == 2

Without A Length
    [Template]    Should Not Hold
    {"a": null}    a length == 0
    {"a": 12}    a length == 2
    {"a": 12}    a length != 3
    {"b": [1]}    a length == 1

Exists
    [Template]    Should Hold
    {"a": 42}    a exists
    {"a": null}    a exists
    {"a": {"b": []}}    a.b exists
    {"b": 42}    a does not exist
    {"a": {"b": 42}}    a.c does not exist

Does Not Exist
    [Template]    Should Not Hold
    {"b": 42}    a exists
    {"a": null}    a does not exist
