*** Settings ***
Documentation    A guard that may not read the topics of dead letters says so, and lets no test pass in silence.

Resource         resources/secured.resource
Library          tests.robot.libraries.GuardedTests

Suite Setup      Describe The Login

Test Tags        real-kafka    secured-kafka


*** Variables ***
${UNKNOWN}    Whether an unexpected dead letter came is unknown:\n


*** Test Cases ***
Letters That May Not Be Read
    [Documentation]    A writer is told that the topic exists, and that there is more on it than before.
    FOR    ${letters}    IN    ${TOPIC}    ${TOPIC}*
        ${failure}    ${_}=    A Test Guarded By A Login Ends With    writer    ${letters}    letter_on=${TOPIC}
        Should Match    ${failure}    ${UNKNOWN}*Kafka denied access to topic '${TOPIC}'*Ask for permission to read *
    END

Letters Of Which Nothing May Be Known
    [Documentation]    Whether the topic exists is not told.
    FOR    ${letters}    IN    hidden.orders    no-such-dlt
        ${failure}    ${_}=    A Test Guarded By A Login Ends With    reader    ${letters}
        Should Match    ${failure}    ${UNKNOWN}*denied permission to look up the topic '${letters}'*
    END

Letters That A Pattern Does Not Show
    [Documentation]    Kafka names only topics that the login may see. There may be none as well, so the test passes.
    FOR    ${letters}    IN    hidden.*    auto
        ${failure}    ${warnings}=    A Test Guarded By A Login Ends With    reader    ${letters}
        Should Be Empty    ${failure}
        Should Start With    ${warnings}[0]    dead_letters=${letters} found no topic, so nothing was guarded by it.
    END

A Pattern That Shows A Topic
    ${failure}    ${warnings}=    A Test Guarded By A Login Ends With    reader    ${TOPIC}*
    Should Be Empty    ${failure}
    Should Be Empty    ${warnings}


*** Keywords ***
Describe The Login
    ${topic}=    Get Permitted Topic
    VAR    ${TOPIC}    ${topic}    scope=SUITE

A Test Guarded By A Login Ends With
    [Arguments]    ${login}    ${dead_letters}    ${letter_on}=${EMPTY}
    ${address}=    Get Listener    SASL PLAIN
    ${password}=    Get Password    ${login}
    ${failure}    ${warnings}=    A Guarded Test Ends With    ${address}    ${dead_letters}    ${letter_on}
    ...    security.protocol=SASL_PLAINTEXT    sasl.mechanism=SCRAM-SHA-512
    ...    sasl.username=${login}    sasl.password=${password}
    RETURN    ${failure}    ${warnings}
