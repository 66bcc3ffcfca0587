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
    Test Should Have Failed    Adding Over HTTP Publishes An Event
    ...    No event on 'cart.events' matched within 2 seconds:*No event was read from the mark*
    Only These Should Have Failed    Adding Over HTTP Publishes An Event
    ...    What Happens To A Cart Is Published In Its Order
    ...    What Was Put In The Cart Before A Restart Is Published

A Duplicate That Counts Is Found
    Run Shop With Bug    duplicate-counted
    Test Should Have Failed    A Duplicate Event Counts Once    10 != 5
    Only These Should Have Failed    A Duplicate Event Counts Once

A Wrong Field Is Found
    Run Shop With Bug    wrong-field
    Test Should Have Failed    Adding Over HTTP Publishes An Event
    ...    No event on 'cart.events' matched within 2 seconds:*$.quantity was 1*
    Only These Should Have Failed    Adding Over HTTP Publishes An Event

A Late Alert Is Found
    Run Shop With Bug    late-alert
    Test Should Have Failed    Low Stock Raises One Alert
    ...    No event on 'inventory.alerts' matched within 2 seconds:*No event was read from the mark*
    Only These Should Have Failed    Low Stock Raises One Alert
    ...    Stock That Was Filled Up Raises An Alert Anew
    ...    A Restart Loses No Event And Doubles None

A Swallowed Dead Letter Is Found
    Run Shop With Bug    dead-letter-swallowed
    Test Should Have Failed    More Than There Is Can Not Be Taken Away
    ...    No event on 'inventory.events.dlq' matched within 2 seconds:*No event was read from the mark*
    Only These Should Have Failed    A Broken Event Goes To The Dead Letters And Stops Nothing
    ...    More Than There Is Can Not Be Taken Away


*** Keywords ***
Run Shop With Bug
    [Documentation]    Without the page: a bug behind it is found without a browser, and sooner.
    [Arguments]    ${bug}
    Run Folder    end_to_end    --exclude    browser    --variable    BUGS:${bug}    --variable    TIMEOUT:2 s
    All Of Suite Should Have Passed    http_alone
