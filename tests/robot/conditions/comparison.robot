*** Settings ***
Documentation    Text is compared by the field's own type, variables as they are, numbers exactly.

Resource         resources/conditions.resource

Suite Setup      Prepare A Topic Of The Suite


*** Test Cases ***
Text In A Cell Takes The Type Of The Field
    [Template]    Should Hold
    {"a": 42}    a == 42.0
    {"a": 42.0}    a == 42
    {"a": 4200}    a == 4.2e3
    {"a": "42"}    a == 42
    {"a": true}    a == True
    {"a": false}    a == false
    {"a": "true"}    a == true
    {"a": null}    a == None
    {"a": "null"}    a == null

JSON In A Cell Is Compared As A Whole
    [Template]    Should Hold
    {"a": [1, {"b": 2}]}    a == [1,{"b":2}]
    {"a": {"b": 1, "c": 2}}    a == {"c": 2, "b": 1}

Text In A Cell Is Not Another Type
    [Template]    Should Not Hold
    {"a": "42"}    a == 42.0
    {"a": true}    a == 1
    {"a": 1}    a == true
    {"a": 0}    a == false
    {"a": null}    a == 0
    {"a": "42"}    a == "43"

In Double Quotes It Is Only The Text
    [Template]    Should Hold
    {"a": "42"}    a == "42"
    {"a": "null"}    a == "null"
    {"a": " spaced "}    a == " spaced "

In Double Quotes It Is Never A Number
    [Template]    Should Not Hold
    {"a": 42}    a == "42"
    {"a": null}    a == "null"
    {"a": true}    a == "true"

A Variable Is Compared As It Is
    [Template]    Should Hold
    {"a": 42}    a    ==    ${42}
    {"a": 42}    a    ==    ${42.0}
    {"a": true}    a    ==    ${True}
    {"a": null}    a    ==    ${None}
    {"a": "42"}    a    ==    ${{ '42' }}
    {"a": [1, 2]}    a    ==    ${{ [1, 2] }}
    {"a": {"b": 1}}    a    ==    ${{ {'b': 1} }}
    {"a": 100}    a    >    ${50}
    {"a": 2}    a    in    ${{ [1, 2] }}

A Variable Is Not Another Type
    [Template]    Should Not Hold
    {"a": "42"}    a    ==    ${42}
    {"a": true}    a    ==    ${1}
    {"a": 1}    a    ==    ${True}
    {"a": "None"}    a    ==    ${None}

A Variable In A Dictionary Is Compared As It Is
    VAR    &{expected}    a=${42}    b.c=text
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": 42, "b": {"c": "text"}}
    Event Should Match    ${event}    ${expected}
    ${event}=    Publish Event    ${TOPIC_OF_SUITE}    {"a": "42", "b": {"c": "text"}}
    Run Keyword And Expect Error    *$.a*    Event Should Match    ${event}    ${expected}

Types Count When Asked For
    Should Hold Strictly    {"a": 42}    a    ==    ${42}
    Should Hold Strictly    {"a": "42"}    a == "42"
    Should Not Hold Strictly    {"a": "42"}    a == 42
    Should Not Hold Strictly    {"a": 42}    a    ==    ${42.0}

Large Numbers Are Exact
    [Template]    Should Hold
    {"a": 9007199254740993}    a == 9007199254740993
    {"a": 18446744073709551616}    a == 18446744073709551616
    {"a": 18446744073709551617}    a > 18446744073709551616
    {"a": 0.1000000000000000000001}    a > 0.1
    {"a": 1e400}    a > 1e399
    {"a": 123456789012345678901234567890}    a    ==    ${123456789012345678901234567890}

Numbers That Nearly Tie Are Told Apart
    [Template]    Should Not Hold
    {"a": 9007199254740993}    a == 9007199254740992
    {"a": 18446744073709551616}    a == 18446744073709551617
    {"a": 0.1000000000000000000001}    a == 0.1
    {"a": 0.30000000000000004}    a == 0.3

Text In Any Script Is Text
    [Template]    Should Hold
    {"stav": "zaplaceno žluťoučkým koněm"}    stav contains žluťoučkým
    {"名前": "花子"}    名前 == 花子
    {"a": "\\u017e"}    a == ž
    {"a": "👍🏽"}    a == 👍🏽
