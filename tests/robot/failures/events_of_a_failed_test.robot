*** Settings ***
Documentation    With log_events=on failure a test that failed, in whatever step, leaves in the log what came on the
...              watched topics.

Library          tests.robot.libraries.Runs

Suite Setup      Run Suites    logs_events_on_failure


*** Test Cases ***
A Test That Failed In Another Step Shows Its Events
    Evidence Should Name    Another Step Fails    1 event came on 'orders.
    Evidence Should Name    Another Step Fails    "orderId": 41

What An Event Has In It Is Escaped
    Evidence Should Name    Another Step Fails    <b>not bold</b>

Only The Events Of The Test Are Shown
    Evidence Should Name    The Next Test Fails    "orderId": 42
    Evidence Should Not Name    The Next Test Fails    "orderId": 41

That None Came Is Said
    Messages Should Name    It Fails Without An Event    No event came on 'orders.

A Test That Passes Or Is Skipped Shows None
    Evidence Should Not Name    It Passes    came on
    Evidence Should Not Name    It Is Skipped    came on

Of Very Many The Last Are Shown
    Evidence Should Name    Very Many Came    1,001 events came on
    Evidence Should Name    Very Many Came    "orderId": 5000
    Evidence Should Name    Very Many Came    … 981 more events

A Test Whose Time Is Over Shows Them Too
    Evidence Should Name    Its Time Is Over    1 event came on 'orders.

A Topic That Is Not There Yet Is In Nobody's Way
    Evidence Should Name    A Topic Is Watched That Is Not There Yet    "orderId": 46

A Closed Connection Fails Nothing More
    Test Should Have Failed    Its Connection Was Closed    The page shows nothing.
