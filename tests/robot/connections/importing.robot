*** Settings ***
Documentation    The library is imported with an address and opens its connection at first use.

Library          OperatingSystem
Library          Process
Resource         resources/kafka.resource
Library          tests.robot.libraries.Runs


*** Test Cases ***
An Import With A Dead Address Harms Nobody
    ${closed}=    Get Closed Address
    Import Library    KafkaLibrary    bootstrap_servers=${closed}    timeout=0.3 s    AS    Unused
    Set Library Search Order    KafkaLibrary
    Kafka Should Be Reachable

An Import Without An Address Says What Is Missing
    Import Library    KafkaLibrary    AS    Empty
    Set Library Search Order    KafkaLibrary
    Run Keyword And Expect Error    *bootstrap_servers*    Empty.Publish Event    orders    x

An Import With A Time That Is None
    Run Keyword And Expect Error    *soon*
    ...    Import Library    KafkaLibrary    bootstrap_servers=embedded    timeout=soon    AS    Wrong

An Import With An Answer To Doubts That Is None
    Run Keyword And Expect Error    *doubts= is warn or fail, not 'fial'. Did you mean 'fail'?*
    ...    Import Library    KafkaLibrary    bootstrap_servers=embedded    doubts=fial    AS    Undecided

A Dry Run Asks Nobody
    [Documentation]    The suite would take minutes at an address that never answers.
    ${listening}=    Get Silent Address
    Start Suite    waits_for_minutes    --dryrun    --variable    BOOTSTRAP_SERVERS:${listening}
    Wait Until Suite Has Ended
    Test Should Have Passed    A Wait Of Minutes
    Nobody Should Have Come To    ${listening}

A Dry Run Still Finds What Is Wrong
    Start Suite    waits_for_minutes    --dryrun
    Wait Until Suite Has Ended
    Test Should Have Failed    A Keyword That Nobody Knows    No keyword with name 'Wait For Evnt' found.*

The Keywords' Page Asks Nobody
    ${listening}=    Get Silent Address
    VAR    ${imported}    KafkaLibrary::bootstrap_servers=${listening}
    ${page}=    Run Process    ${{ sys.executable }}    -m    robot.libdoc    ${imported}    show    Wait For Event
    ...    env:PYTHONPATH=${EXECDIR}
    Should Be Equal As Integers    ${page.rc}    0
    Should Contain    ${page.stdout}    conditions
    Nobody Should Have Come To    ${listening}
