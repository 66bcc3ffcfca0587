*** Settings ***
Documentation    Failures on events that attack the page which shows them.

Resource         resources/failing.resource

Suite Setup      Publish What Attacks A Page


*** Variables ***
${SCRIPT}            <script>window.hacked = 1</script>
${IMAGE}             <img src="x" onerror="window.hacked = 2">
${END_OF_TABLE}      </pre></div></td></tr></table></details></script><script>window.hacked = 3</script><!--
${AS_HTML}           *HTML* <b onclick="window.hacked = 4">bold</b>
${AS_VARIABLE}       \${SCRIPT} %{HOME} {{html window.hacked = 5}} \${window.hacked = 6}
${CONTROLS}          \x07\x1b[31mred\x1b[0m\x7f\x85\u2028next\r\nlast
${FROM_THE_RIGHT}    \u202egnp.exe\u202c \u2067\u200f שלום עולם
${MARKS}             Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030d


*** Test Cases ***
A Wait
    Wait For Event    ${TOPIC}    orderId == ${IMAGE}    name == ${SCRIPT}    timeout=0.2 s    since=suite start

A Check
    Event Should Match    ${EVENT}    name == ${AS_HTML}    headers['${IMAGE}'] == ${SCRIPT}    key == ${AS_HTML}

An Event That Should Not Have Come
    No Event Should Arrive    ${TOPIC}    note == ${END_OF_TABLE}    within=0.2 s    since=suite start

All Of Them
    Log Events    ${TOPIC}    since=suite start
    Fail    ${END_OF_TABLE}


*** Keywords ***
Publish What Attacks A Page
    ${topic}=    New Watched Topic
    VAR    ${TOPIC}    ${topic}    scope=SUITE
    FOR    ${text}    IN    ${IMAGE}    ${END_OF_TABLE}    ${AS_HTML}    ${AS_VARIABLE}    ${CONTROLS}
    ...    ${FROM_THE_RIGHT}    ${MARKS}    ${{ b'\xff\xfe<script>\x00\xc3(' }}
        Publish Text Everywhere    ${text}
    END
    VAR    ${wide}    ${{ 'w' * 3000 }}
    VAR    &{fields}    name=${SCRIPT}    note=${END_OF_TABLE}    page=${wide}
    ${event}=    Publish    ${fields}    ${SCRIPT}
    VAR    ${EVENT}    ${event}    scope=SUITE

Publish Text Everywhere
    [Arguments]    ${text}
    Publish    ${text}    ${text}
    VAR    &{fields}    name=${{ str($text) }}    ${{ str($text) }}=1    ${END_OF_TABLE}=${7}
    Publish    ${fields}    ${text}

Publish
    [Arguments]    ${value}    ${key}
    VAR    &{headers}    ${IMAGE}=${END_OF_TABLE}    plain=${AS_HTML}
    ${event}=    Publish Event    ${TOPIC}    ${value}    key=${key}    headers=${headers}    partition=0
    RETURN    ${event}
