*** Settings ***
Documentation    A shop that can't start says at once why, and whatever happens, none is left behind.

Library          OperatingSystem
Library          Process
Library          tests.robot.libraries.Addresses
Library          tests.robot.libraries.Leftovers
Library          tests.robot.libraries.Runs
Resource         resources/shop.resource

Suite Setup      Mark The Shops Of This Suite
Test Teardown    Nothing Should Be Left


*** Test Cases ***
A Port In Use
    @{where}=    Where The Shop Finds Kafka
    ${taken}=    Get Silent Address
    VAR    ${port}    ${taken.partition(":")[2]}
    Run Keyword And Expect Error    The shop ended before it was ready.*port ${port} can't be used*--port*
    ...    Start Shop    @{where}    @{MARKED}    --port    ${port}

Kafka Is Away
    ${address}=    Get Closed Address
    Run Keyword And Expect Error    The shop ended before it was ready.*Kafka does not answer at ${address}*
    ...    Start Shop    ${address}    @{MARKED}

A Shop That Is Not Ready In Time
    ${address}=    Get Silent Address
    Run Keyword And Expect Error    The shop was not ready within 0.5 seconds.*
    ...    Start Shop    ${address}    @{MARKED}    ready_within=0.5

A Bug That Nobody Knows
    @{where}=    Where The Shop Finds Kafka
    Run Keyword And Expect Error    The shop ended before it was ready.*no-such-bug*duplicate-counted*
    ...    Start Shop    @{where}    @{MARKED}    bugs=no-such-bug

A Database That Can Not Be Used
    [Template]    Shop Should Not Start With Database
    ${/}nowhere${/}shop.sqlite
    ${OUTPUT_DIR}

A Shop That Was Started Is Ready, And Stops
    Open The Shop    @{MARKED}
    ${answer}=    GET    ${SHOP}/health
    Should Be True    ${answer.json()}[ready]
    Something Should Run With    ${MARK}
    Stop Shop    ${SHOP}

What Started The Shop Is Killed
    @{where}=    Where The Shop Finds Kafka
    VAR    ${program}    from examples.shop.ShopProcess import ShopProcess; import sys;
    ...    ShopProcess().start_shop(*sys.argv[1:]); print("started", flush=True); sys.stdin.read()
    ${process}=    Start Process    ${{ sys.executable }}    -c    ${program}    @{where}    @{MARKED}
    ...    cwd=${EXECDIR}    stdin=PIPE    stdout=${OUTPUT_DIR}/started.txt
    Wait Until Keyword Succeeds    20 s    0.1 s    File Should Not Be Empty    ${OUTPUT_DIR}/started.txt
    Terminate Process    ${process}    kill=True

No Chromium
    [Tags]    embedded-only
    Run Folder    end_to_end    --include    browser    --variable    CHROMIUM:/nowhere/chromium
    Test Should Have Failed    Paying On The Page    No browser at /nowhere/chromium. Install it*


*** Keywords ***
Shop Should Not Start With Database
    [Arguments]    ${path}
    @{where}=    Where The Shop Finds Kafka
    Run Keyword And Expect Error
    ...    The shop ended before it was ready. It said:\nThe shop can't start: the database ${path} can't be used: *
    ...    Start Shop    @{where}    --database    ${path}

Mark The Shops Of This Suite
    [Documentation]    Their command line says whose they are.
    VAR    ${MARK}    ${OUTPUT_DIR}${/}starting-${{ uuid.uuid4().hex }}.sqlite    scope=SUITE
    VAR    @{MARKED}    --database    ${MARK}    scope=SUITE

Nothing Should Be Left
    Wait Until Keyword Succeeds    10 s    0.1 s    Nothing Should Run With    ${MARK}
