*** Settings ***
Documentation    Passwords, tokens and keys are searched for in all that a run leaves, as they are and in each form.

Resource         resources/secured.resource
Library          tests.robot.libraries.Runs
Library          tests.robot.libraries.Registries

Test Teardown    Remove Environment Variable    KAFKA_SASL_PASSWORD

Test Tags        real-kafka    secured-kafka


*** Test Cases ***
A Run With Logins Shows None Of Its Secrets
    VAR    ${wrong}    a wrong:pass/word+${{ uuid.uuid4().hex }}
    Set Environment Variable    KAFKA_SASL_PASSWORD    ${wrong}
    ${registry}=    Start Registry With A Login    ada:another
    Start Suite    keeps_logins_secret    --loglevel    TRACE    --log    log.html    --report    report.html
    ...    --xunit    xunit.xml    --variable    REGISTRY:${registry}
    Wait Until Suite Has Ended
    Only Wrong Logins Should Have Failed
    Log Should Contain    sasl.username
    ${secrets}=    Get All Secrets
    FOR    ${secret}    IN    ${wrong}    @{secrets}
        No Form Should Be Shown    ${secret}    ada
    END
    No Token Should Be Shown
