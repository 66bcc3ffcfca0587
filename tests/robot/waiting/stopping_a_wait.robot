*** Settings ***
Documentation    Whoever stops a wait gets it stopped soon.

Resource         resources/kafka.resource
Library          OperatingSystem
Library          tests.robot.libraries.Runs


*** Test Cases ***
Ctrl C Stops A Wait
    [Documentation]    The teardown and what it waits for still run.
    [Setup]    Choose A Sign
    Start Suite    stopped_by_ctrl_c    --variable    SIGN:${SIGN}
    Wait Until Created    ${SIGN}    timeout=30 s
    Press Ctrl C
    Wait Until Suite Has Ended    within=15 s
    Test Should Have Failed    A Wait Of A Minute    Execution terminated by signal
    ${said}=    Get File    ${SIGN}
    Should Be Equal    ${said}    The teardown found its event.
    [Teardown]    Remove File    ${SIGN}


*** Keywords ***
Choose A Sign
    VAR    ${SIGN}    ${OUTPUT_DIR}${/}sign-${{ uuid.uuid4().hex }}.txt    scope=SUITE
