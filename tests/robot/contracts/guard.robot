*** Settings ***
Documentation    A library that is imported with contract_guard=FAIL fails each test in which an event came that is
...              not what the contract describes.

Library          tests.robot.libraries.Runs

Suite Setup      Run Suites    guarded_contracts


*** Variables ***
${PLACE}    \nThe contract describes 'OrderPlaced' at orders.yaml:11 #/channels/orders/messages/OrderPlaced.
${WRONG}    1 event did not match the contract:\n${SPACE * 4}orders.????????[[]?]@*


*** Test Cases ***
A Test Fails For The Event That Came In It
    Test Should Have Passed    A Right Event Comes
    Test Should Have Failed
    ...    A Wrong Event Comes
    ...    ${WRONG} (key "42") did not match 'OrderPlaced': $.orderId was x (text), and should be *.${PLACE}
    Test Should Have Passed    Nothing Wrong Comes After It

Keys And Headers Count
    Test Should Have Failed    A Wrong Key Comes
    ...    ${WRONG} (key x) did not match 'OrderPlaced': key was x (text), and should be a whole number.*
    Test Should Have Failed    A Wrong Header Comes
    ...    ${WRONG} (key "42") did not match 'OrderPlaced': headers.attempt was 0 (number), and should be 1 or more.*

Many Are Counted
    Test Should Have Failed
    ...    Many Wrong Events Come
    ...    100 events did not match the contract:*... and 8? more*

What The Test Broke On Purpose Fails Nothing
    Test Should Have Passed    An Event Is Broken On Purpose
    Test Should Have Passed    All That The Contract Forbids Is Broken On Purpose
    Test Should Have Passed    All That The Contract Allows Comes

What Was Made Broken And Is Published Otherwise Fails
    Test Should Have Failed    A Broken Event Is Published As If It Were Ordinary
    ...    ${WRONG} did not match 'OrderPaid': $.paid was 0 (number), and should be more than 0.*

What A Failure Has Told Already Is Not Told Again
    Test Should Have Failed    An Event That The Test Checked Already Is Told Once    Event orders.*"orderId": true}

A Topic That Comes Later Is Looked At
    Test Should Have Failed    A Topic Without Events Is Made Late    *orders.late-????????[[]?]@0 did not match *

What Can Not Be Checked Is Warned Of And Fails Nothing
    Test Should Have Passed    An Event Comes That Can Not Be Checked
    Test Should Have Passed    A Topic Of No Contract

A Skipped Test Leaves It To The Next
    Test Should Have Failed    It Fails The Next One    ${WRONG} did not match *

A Closed Connection Hides Nothing
    Test Should Have Failed    The Connection Was Closed Before    ${WRONG} did not match *
