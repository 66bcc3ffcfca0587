*** Settings ***
Documentation    A library that has read no contract, unlike the one that the other suites share.

Library          KafkaLibrary    ${BOOTSTRAP_SERVERS}    timeout=4 s


*** Test Cases ***
Nothing Is Covered Before A Contract Is Read
    Run Keyword And Expect Error    No contract was read.*    Contract Should Be Covered
