*** Settings ***
Documentation    A library that is imported with dead_letters= fails each test that ends with a dead letter it did not
...              expect.

Library          tests.robot.libraries.Runs

Suite Setup      Run Suites    guarded_dead_letters


*** Variables ***
${DIED}    1 event was dead-lettered that the test did not expect:\n${SPACE * 4}
${WHY}     was dead-lettered by billing*: IllegalStateException: no such currency. See orders.????????-dlt?*


*** Test Cases ***
A Test Fails For Its Own Event
    Test Should Have Failed    An Event Of Its Own Dies
    ...    ${DIED}orders.????????[[]?]@?, which this test published, ${WHY}
    Test Should Have Passed    Nothing Dies

What Is Expected Fails No Test
    Test Should Have Passed    Its Death Is Expected
    Test Should Have Passed    Its Death Is Expected Afterwards
    Test Should Have Passed    What A Test Has Found Is Expected
    Test Should Have Passed    An Expected Event Of An Earlier Test Dies

What Is Like It And Was Not Expected Does
    Test Should Have Failed    It Dies For Another Reason Than Expected
    ...    ${DIED}*, which this test published, ${WHY}\nIt expected others: reason=no such customer.\n*
    Test Should Have Failed    Another Event Dies Than Expected
    ...    ${DIED}*, which this test published, ${WHY}\nIt expected others: event=orders.????????[[]*]@*.\n*

The Death Of An Event Of An Earlier Test Is Told At Its Name
    Test Should Have Passed    An Event Is Published That Dies Later
    Test Should Have Failed    An Event Of An Earlier Test Dies
    ...    ${DIED}*, which the earlier test 'An Event Is Published That Dies Later' published, ${WHY}

A Letter Without Headers Is Known By Its Bytes
    Test Should Have Failed    A Letter Without A Header Comes
    ...    ${DIED}*: no header says where it died. It has the key and value of what this test published.*

A Topic That Comes Later Is Looked At
    Test Should Have Failed    A Topic Of Letters Is Made With The First    ${DIED}*.poison[[]*

A Test That Failed Already Is Told What It Does Not Say
    Test Should Have Failed
    ...    A Wait That Failed Has Told It
    ...    No event on *:*, which this test published, ${WHY}*"53"*
    Test Should Have Failed    A Test That Failed Is Told It Too    Something else.\n\n${DIED}*

Headers That Lie Are Told As They Are
    Test Should Have Failed    An Event Of Nobody Here Dies
    ...    ${DIED}never.there[[]7]@9223372036854775807 was dead-lettered. See *

Very Many Are Counted
    Test Should Have Failed    Very Many Die    10,000 events were dead-lettered *... and 9,9?? more*

A Closed Connection Hides Nothing
    Test Should Have Failed    The Connection Was Closed Before    ${DIED}*, which this test published, ${WHY}

A Message That Names The Letter Hides Nothing
    Test Should Have Failed
    ...    Its Message Names The Letter And It Passes
    ...    Seen: *@*\n\n${DIED}*, which this test published, ${WHY}

A Letter Of A Skipped Test Fails The Next
    Test Should Have Failed
    ...    Nothing Dies After A Skipped Test
    ...    ${DIED}*, which the earlier test 'A Skipped Test Leaves A Letter' published, ${WHY}

No Other Test Fails
    Only These Should Have Failed    An Event Of Its Own Dies    It Dies For Another Reason Than Expected
    ...    Another Event Dies Than Expected    An Event Of An Earlier Test Dies    A Letter Without A Header Comes
    ...    A Topic Of Letters Is Made With The First    A Wait That Failed Has Told It
    ...    A Test That Failed Is Told It Too    An Event Of Nobody Here Dies    Very Many Die
    ...    The Connection Was Closed Before    Its Message Names The Letter And It Passes
    ...    Nothing Dies After A Skipped Test

Beside Other Processes Only What Died Of This One Fails A Test
    [Documentation]    Pabot gives its processes a number. What others published is their business.
    Start Suite    guarded_dead_letters    --variable    PABOTQUEUEINDEX:0
    Wait Until Suite Has Ended
    Test Should Have Passed    An Event Of Nobody Here Dies
    Test Should Have Failed    An Event Of Its Own Dies    ${DIED}*, which this test published, ${WHY}
    Test Should Have Failed
    ...    A Letter Without A Header Comes
    ...    ${DIED}*the key and value of what this test published.*
    Log Should Contain    1 event was dead-lettered while the test ran.
