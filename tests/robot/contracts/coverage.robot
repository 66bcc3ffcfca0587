*** Settings ***
Documentation    What events have shown of a contract is counted, in the log and in files beside output.xml.

Library          Collections
Library          OperatingSystem
Library          Process
Resource         resources/kafka.resource


*** Test Cases ***
What Was Never Seen Is Named
    Read A Contract Of A Topic    first
    ${error}=    Run Keyword And Expect Error    *    Contract Should Be Covered    80 %    contract=first
    Should Start With    ${error}    0.0 % of the contracts were seen, and at least 80 % was expected.
    Should Contain    ${error}    Paid: $.status value DECLINED

What Waits Find Is Seen And What A Test Publishes Is Told Apart
    ${topic}=    Read A Contract Of A Topic    second
    Publish Event    ${topic}    {"id": 1, "status": "PAID"}
    Contract Should Be Covered    60 %    contract=second
    Run Keyword And Expect Error    *Paid: $.note present*Paid: $.status value DECLINED
    ...    Contract Should Be Covered    contract=second
    Other Client Publishes    ${topic}    {"id": 2, "status": "DECLINED", "note": "no"}
    Wait For Event    ${topic}    id == 2
    Contract Should Be Covered    contract=second
    Log Contract Coverage    contract=second

What Does Not Fit Covers Nothing
    ${topic}=    Read A Contract Of A Topic    third
    Publish Event    ${topic}    {"id": "one", "status": "PAID"}
    Run Keyword And Expect Error    0.0 % of*    Contract Should Be Covered    10    contract=third

A Slip Is Told
    Read A Contract Of A Topic    fourth
    Run Keyword And Expect Error    at_least= is per cent*    Contract Should Be Covered    much
    Run Keyword And Expect Error    at_least= is per cent*    Contract Should Be Covered    0
    Run Keyword And Expect Error    at_least= is per cent*    Contract Should Be Covered    101 %
    Run Keyword And Expect Error    There is no contract 'forth'. Did you mean 'fourth'*
    ...    Contract Should Be Covered    contract=forth

A Run Leaves Its Coverage
    Create Directory    ${OUTPUT_DIR}${/}merged
    Run The Suite That Covers A Contract    PAID
    ${page}=    Get File    ${OUTPUT_DIR}${/}merged${/}PAID${/}contract-coverage.html
    Should Not Contain Any    ${page}    <script    <style

A Run Of A Folder Leaves What All Its Suites Have Shown
    Write A Suite    first    {"id": 1, "status": "PAID"}    1 s
    Write A Suite    second    {"id": 2, "status": "DECLINED"}    2 s
    ${ended}=    Run Process    ${{ sys.executable }}    -m    robot    --pythonpath    ${EXECDIR}
    ...    --outputdir    ${OUTPUT_DIR}${/}of_a_folder    --log    NONE    --report    NONE    ${OUTPUT_DIR}${/}folder
    Should Be Equal As Integers    ${ended.rc}    0    ${ended.stdout}
    ${text}=    Get File    ${OUTPUT_DIR}${/}of_a_folder${/}contract-coverage.json
    ${data}=    Evaluate    json.loads($text)
    Should Be Equal    ${data}[kinds][value]    ${{ {'there': 2, 'seen': 0, 'published': 2, 'several': 0} }}
    ${output}=    Get File    ${OUTPUT_DIR}${/}of_a_folder${/}output.xml
    Should Contain    ${output}    Coverage of contracts

What Runs Have Left Is Merged
    Run The Suite That Covers A Contract    PAID
    Run The Suite That Covers A Contract    DECLINED
    ${below}=    Merge    90
    Should Be Equal As Integers    ${below.rc}    1
    Should Contain    ${below.stderr}    Paid: $.note present
    ${enough}=    Merge    80
    Should Be Equal As Integers    ${enough.rc}    0
    ${data}=    Evaluate    json.loads(pathlib.Path($OUTPUT_DIR, 'merged', 'contract-coverage.json').read_text())
    Should Be Equal    ${data}[kinds][value]    ${{ {'there': 2, 'seen': 0, 'published': 2, 'several': 0} }}


*** Keywords ***
Read A Contract Of A Topic
    [Arguments]    ${alias}
    ${topic}=    New Watched Topic
    ${text}=    Get File    ${CURDIR}${/}payments.asyncapi.yaml
    ${text}=    Replace String    ${text}    payments    ${topic}
    Create File    ${OUTPUT_DIR}${/}${alias}.asyncapi.yaml    ${text}
    Load Contract    ${OUTPUT_DIR}${/}${alias}.asyncapi.yaml    ${alias}
    RETURN    ${topic}

Other Client Publishes
    [Arguments]    ${topic}    ${value}
    Meet Other Clients
    Another Client Publishes    ${topic}    ${value}

Run The Suite That Covers A Contract
    [Arguments]    ${status}
    ${ended}=    Run Process    ${{ sys.executable }}    -m    robot    --pythonpath    ${EXECDIR}
    ...    --outputdir    ${OUTPUT_DIR}${/}merged${/}${status}    --variable    STATUS:${status}
    ...    --variable    BOOTSTRAP_SERVERS:embedded
    ...    --log    NONE    --report    NONE
    ...    ${CURDIR}${/}..${/}failing${/}covers_a_contract.robot
    Should Be Equal As Integers    ${ended.rc}    0    ${ended.stdout}

Write A Suite
    [Documentation]    Each import of its own is another library to Robot.
    [Arguments]    ${name}    ${value}    ${timeout}
    VAR    ${path}    ${CURDIR}${/}payments.asyncapi.yaml
    VAR    ${contract}    ${{ pathlib.Path($path).as_posix() }}
    VAR    ${gap}    ${SPACE * 4}
    VAR    ${text}
    ...    SEPARATOR=\n
    ...    *** Settings ***
    ...    Library${gap}KafkaLibrary${gap}embedded${gap}timeout=${timeout}${gap}contract=${contract}
    ...    *** Test Cases ***
    ...    An Event Of The Contract
    ...    ${gap}Publish Event${gap}payments${gap}${value}
    Create File    ${OUTPUT_DIR}${/}folder${/}${name}.robot    ${text}\n

Merge
    [Arguments]    ${percent}
    ${ended}=    Run Process    ${{ sys.executable }}    -m    KafkaLibrary    coverage    ${OUTPUT_DIR}${/}merged
    ...    --at-least    ${percent}    cwd=${EXECDIR}
    RETURN    ${ended}
