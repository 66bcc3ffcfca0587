*** Settings ***
Documentation    What failures say: every test of a suite in tests/robot/failing fails with the message
...              that stands in tests/robot/approved, where what changes from run to run has a name in braces.
...              So does the evidence that they leave in log.html, where there is any.
...              Where a message was changed on purpose, the text that was received replaces the approved one.

Library          tests.robot.libraries.Runs

Suite Setup      Run Suites    waiting    negatives    conditions    assertions
...                  publishing    connections    topics    groups    sequences    schemas    formats    registry
...                  security    arguments    answers


*** Test Cases ***
Waiting
    Messages Should Be As Approved    waiting
    Evidence Should Be As Approved    waiting

Negatives
    Messages Should Be As Approved    negatives
    Evidence Should Be As Approved    negatives

Conditions
    Messages Should Be As Approved    conditions

Assertions
    Messages Should Be As Approved    assertions
    Evidence Should Be As Approved    assertions

Arguments
    Messages Should Be As Approved    arguments

Publishing
    Messages Should Be As Approved    publishing

Connections
    Messages Should Be As Approved    connections

Topics
    Messages Should Be As Approved    topics

Groups
    Messages Should Be As Approved    groups

Sequences
    Messages Should Be As Approved    sequences
    Evidence Should Be As Approved    sequences

Schemas
    Messages Should Be As Approved    schemas
    Evidence Should Be As Approved    schemas

Formats
    Messages Should Be As Approved    formats
    Evidence Should Be As Approved    formats

Answers
    Messages Should Be As Approved    answers

Security
    [Tags]    real-kafka    secured-kafka
    Messages Should Be As Approved    security

Registry
    [Tags]    real-kafka    schema-registry
    Messages Should Be As Approved    registry
    Evidence Should Be As Approved    registry
