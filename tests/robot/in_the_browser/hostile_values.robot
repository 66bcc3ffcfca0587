*** Settings ***
Documentation    Events that attack the log which shows them: nothing of them runs, and nothing breaks the page.

Library          OperatingSystem
Library          XML
Library          tests.robot.libraries.ArchivedPages
Library          tests.robot.libraries.Runs
Resource         resources/log_page.resource

Suite Setup      Run The Suite


*** Variables ***
# Where the evidence of the four tests stands: what passed is folded, so that keyword is named.
@{PLACES}          s1-t1    s1-t2    s1-t3    s1-t4-k1
${SCRIPT}          <script>window.hacked = 1</script>
${IMAGE}           <img src="x" onerror="window.hacked = 2">
${END_OF_TABLE}    </pre></div></td></tr></table></details></script><script>window.hacked = 3</script><!--


*** Test Cases ***
Nothing Runs And Nothing Breaks
    FOR    ${place}    IN    @{PLACES}
        Open Log At    ${FOLDER}    ${place}
        Nothing Should Have Run
        The Page Should Be Whole    ${place}
        Close Context
    END

The Text Of A Script Is Shown
    Open Log At    ${FOLDER}    s1-t1
    Get Text    id=s1-t1 >> details pre >> nth=0    contains    "name": "${SCRIPT}"
    Get Text    id=s1-t1 >> details td >> nth=0    contains    ${IMAGE}: ${END_OF_TABLE}

What Failed Is Marked
    Open Log At    ${FOLDER}    s1-t2
    Browser.Get Element Count    id=s1-t2 >> details pre mark    ==    1
    Get Text    id=s1-t2 >> details pre mark    ==    "name": "${SCRIPT}"
    Get Text    id=s1-t2 >> details td mark >> nth=0    ==    key ${SCRIPT}

What Can Not Be Seen Is Spelled Out
    Open Log At    ${FOLDER}    s1-t4-k1
    ${shown}=    Get Text    id=s1-t4-k1 >> details table
    FOR    ${text}    IN    \\x07\\x1b[31mred\\x1b[0m\\x7f\\x85\\u2028next\\r    \\u202egnp.exe\\u202c
    ...    \\xff\\xfe<script>\\x00\\xc3(    \${SCRIPT} %{HOME} {{html window.hacked = 5}} \${window.hacked = 6}
    ...    *HTML* <b onclick="window.hacked = 4">bold</b>
        Should Contain    ${shown}    ${text}
    END

The Page Is Whole In The Dark
    Open Log At    ${FOLDER}    s1-t1    dark
    Get Attribute    body    data-theme    ==    dark
    ${text}=    Get Style    id=s1-t1 >> details pre >> nth=0    color
    ${page}=    Get Style    body    color
    Should Be Equal    ${text}    ${page}

Other Reports Can Be Read
    [Documentation]    By a CI server, which takes a message as text.
    ${results}=    Parse XML    ${FOLDER}/xunit.xml
    ${failure}=    XML.Get Element    ${results}    testcase[@name='A Check']/failure
    ${message}=    XML.Get Element Attribute    ${failure}    message
    Should Contain    ${message}    $.name was ${SCRIPT}
    ${console}=    Get File    ${FOLDER}/console.txt
    Should Contain    ${console}    $.name was ${SCRIPT}
    Should Not Contain    ${console}    \x1b
    Should Not Contain    ${console}    <details>

The Policy Of Jenkins Takes Nothing Away
    Write Failures As Page    ${FOLDER}    failures.html
    ${address}=    Serve As Jenkins Does    ${FOLDER}
    Open Page    ${address}/failures.html
    No Script Should Have Been Refused
    Get Text    details pre >> nth=0    contains    "name": "${SCRIPT}"
    Get Style    details mark >> nth=0    background-color    ==    rgb(255, 255, 0)
    [Teardown]    Stop Serving

Five Megabytes Don't Make A Log Of Five Megabytes
    [Tags]    embedded-only
    ${folder}=    Run Suite With Log    shows_a_large_value
    ${output}=    Get File Size    ${folder}/output.xml
    ${log}=    Get File Size    ${folder}/log.html
    Should Be True    ${output} + ${log} < 1_000_000
    Open Log At    ${folder}    s1-t2
    Get Text    id=s1-t2 >> details pre    contains    more bytes


*** Keywords ***
Run The Suite
    ${folder}=    Run Suite With Log    shows_hostile_values    --xunit    xunit.xml
    VAR    ${FOLDER}    ${folder}    scope=SUITE

Open Page
    [Arguments]    ${address}
    Start Chromium
    New Page    ${address}
    Click    summary >> nth=0

Nothing Should Have Run
    ${hacked}=    Evaluate JavaScript    ${None}    () => String(window.hacked)
    Should Be Equal    ${hacked}    undefined
    @{errors}=    Get Page Errors
    Should Be Empty    ${errors}
    @{said}=    Get Console Log
    Should Be Empty    ${said}

No Script Should Have Been Refused
    [Documentation]    There is none to refuse; the styles are refused, and nothing depends on them.
    @{said}=    Get Console Log
    FOR    ${message}    IN    @{said}
        Should Not Contain    ${message}[text]    script-src
    END

The Page Should Be Whole
    [Arguments]    ${place}
    Browser.Get Element Count    id=${place} >> details table    ==    1
    # What stands behind the evidence is still there: the failure, the next test and the page's end.
    Browser.Get Element Count    id=${place} >> .message-row    >=    1
    Browser.Get Element Count    css=.test    ==    4
    ${widths}=    Evaluate JavaScript    ${None}    () => [document.documentElement.scrollWidth, window.innerWidth]
    Should Be True    ${widths}[0] <= ${widths}[1]
