*** Settings ***
Documentation    What the suites of end_to_end are worth: each bug that the shop can be given makes some of them fail,
...              with a message that says what is wrong. Those that look at HTTP alone find none.

Library          tests.robot.libraries.Runs

Test Tags        embedded-only


*** Test Cases ***
No Bug Is Found Where None Is
    Run Shop With Bug    ${EMPTY}
    Only These Should Have Failed

An Event Lost After The Commit Is Found
    Run Shop With Bug    event-lost-after-commit
    Guide Should Show    failures.md    event-lost-after-commit    Adding Over HTTP Publishes An Event
    Only These Should Have Failed    Adding Over HTTP Publishes An Event
    ...    What Happens To A Cart Is Published In Its Order
    ...    What Was Put In The Cart Before A Restart Is Published

A Duplicate That Counts Is Found
    Run Shop With Bug    duplicate-counted
    Guide Should Show    failures.md    duplicate-counted    A Duplicate Event Counts Once
    Only These Should Have Failed    A Duplicate Event Counts Once

A Wrong Field Is Found
    Run Shop With Bug    wrong-field
    Guide Should Show    failures.md    wrong-field    Adding Over HTTP Publishes An Event
    Only These Should Have Failed    Adding Over HTTP Publishes An Event

A Late Alert Is Found
    Run Shop With Bug    late-alert
    Guide Should Show    failures.md    late-alert    Low Stock Raises One Alert
    Only These Should Have Failed    Low Stock Raises One Alert
    ...    Stock That Was Filled Up Raises An Alert Anew
    ...    A Restart Loses No Event And Doubles None

A Swallowed Dead Letter Is Found
    Run Shop With Bug    dead-letter-swallowed
    Guide Should Show    failures.md    dead-letter-swallowed    More Than There Is Can Not Be Taken Away
    Only These Should Have Failed    A Broken Event Goes To The Dead Letters And Stops Nothing
    ...    More Than There Is Can Not Be Taken Away
    ...    A Payment In An Unknown Currency Has None, And Its Event Is Put Aside
    ...    A Count That Is Not Right Goes To The Dead Letters


*** Keywords ***
Run Shop With Bug
    [Documentation]    Without the page: a bug behind it is found without a browser, and sooner.
    [Arguments]    ${bug}
    Run Folder    end_to_end    --exclude    browser    --variable    BUGS:${bug}    --variable    TIMEOUT:2 s
    All Of Suite Should Have Passed    http_alone
