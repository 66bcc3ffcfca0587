*** Settings ***
Documentation     Makes the guide's pictures anew:
...               python -m robot --pythonpath . --outputdir results/pictures tests/guide/pictures.robot

Library           OperatingSystem
Library           Process
Library           tests.robot.libraries.ArchivedPages
Library           tests.robot.libraries.Runs
Resource          resources/shop.resource
Resource          resources/shop_page.resource
Resource          resources/log_page.resource

Suite Setup       Open The Shop
Suite Teardown    Stop All Shops


*** Variables ***
${PICTURES}                   ${CURDIR}/../../docs/guide/pictures
# What Browser says of its own processes at a test's end, and with events unfolded.
${WITHOUT_OTHERS_MESSAGES}    SEPARATOR=\n
...                           () => {
...                           document.querySelectorAll('#s1-s1-t1 > .children > .messages').forEach(m => m.remove());
...                           document.querySelectorAll('details').forEach(d => d.open = true);
...                           }


*** Test Cases ***
The Shop
    Open Shop Page    c-${{ uuid.uuid4().hex }}
    Set Viewport Size    1280    830
    Increase Product Count    P-7    5
    Fill The Cart And Pay
    Fill Text    id=student    Ada
    Click    text=Enroll
    Get Text    id=welcome    contains    Welcome
    Wait For Elements State    .count.changed >> nth=0    stable
    Take Screenshot    ${PICTURES}/shop    timeout=10 s

A Flow That Passed
    Picture Of A Test    passed    inventory    Increasing The Count Shows In The API And On The Page

Five Bugs
    [Template]    Picture Of A Bug
    event-lost-after-commit    cart    Adding Over HTTP Publishes An Event
    duplicate-counted    inventory    A Duplicate Event Counts Once
    wrong-field    cart    Adding Over HTTP Publishes An Event
    late-alert    inventory    Low Stock Raises One Alert
    dead-letter-swallowed    inventory    More Than There Is Can Not Be Taken Away

The Evidence In The Light And In The Dark
    ${folder}=    Run Suite With Log    shows_the_evidence
    FOR    ${scheme}    IN    light    dark
        Open Log At    ${folder}    s1-t1    ${scheme}
        Take Screenshot    ${PICTURES}/evidence-${scheme}    selector=id=s1-t1-k5    timeout=10 s
    END

The Coverage Of A Contract
    ${folder}=    Run Suite With Log    covers_a_contract    --variable    STATUS:DECLINED    --variable    OTHERS:True
    ${address}=    Serve As Jenkins Does    ${folder}
    Start Chromium
    New Page    ${address}/contract-coverage.html
    Set Viewport Size    900    620
    Click    css=summary >> nth=0
    Take Screenshot    ${PICTURES}/contract-coverage    timeout=10 s
    Stop Serving

A Guard That Failed
    ${folder}=    Run Suite With Log    guarded_contracts
    Open Log At    ${folder}    s1-t2    light
    Take Screenshot    ${PICTURES}/contract-guard    selector=id=s1-t2    timeout=10 s

The Console
    ${folder}=    Run Suite With Log    shows_the_evidence
    ${said}=    Get File    ${folder}${/}console.txt
    # Where the log lies is of this machine.
    Picture Of A Console    console    ${{ $said.split('Output:')[0].rstrip('=\n ') }}

The Command Line
    [Documentation]    Needs the address of a real Kafka in KAFKA_BOOTSTRAP_SERVERS.
    ${said}=    Run Process    ${{ sys.executable }}    -m    tests.pictures.command_line    cwd=${EXECDIR}
    ...    stderr=STDOUT
    Should Be Equal As Integers    ${said.rc}    0    ${said.stdout}
    Picture Of A Console    command-line    ${said.stdout}

The Evidence In Other Places
    ${folder}=    Run Suite With Log    shows_the_evidence
    ${address}=    Serve As Jenkins Does    ${folder}
    Write Failures As Page    ${folder}    failures.html
    Start Chromium
    New Context    viewport={"width": 1100, "height": 700}
    New Page    ${address}/failures.html
    Click    summary
    Take Screenshot    ${PICTURES}/evidence-jenkins    fullPage=True    timeout=10 s
    [Teardown]    Stop Serving


*** Keywords ***
Fill The Cart And Pay
    Click    [data-id="P-7"] >> text=Add to cart
    Click    [data-id="P-3"] >> text=Add to cart
    Click    [data-id="P-3"] >> text=Add to cart
    Get Text    id=total    ==    € 337.00
    Click    id=pay
    Get Text    id=payment    contains    Paid

Picture Of A Bug
    [Arguments]    ${bug}    ${suite}    ${test}
    Picture Of A Test    ${bug}    ${suite}    ${test}    BUGS:${bug}

Picture Of A Test
    [Documentation]    As log.html shows it, in a run of its own.
    [Arguments]    ${name}    ${suite}    ${test}    ${variable}=NOTHING:1
    VAR    ${folder}    ${OUTPUT_DIR}${/}${name}
    Run Process    ${{ sys.executable }}    -m    robot    --pythonpath    .    --outputdir    ${folder}
    ...    --suite    ${suite}    --test    ${test}    --variable    ${variable}    tests/robot/end_to_end
    ...    cwd=${EXECDIR}    stdout=${folder}.txt
    Start Chromium
    New Page    file://${folder}/log.html\#s1-s1-t1
    Set Viewport Size    1100    900
    Wait For Elements State    id=s1-s1-t1    visible
    Evaluate JavaScript    ${None}    ${WITHOUT_OTHERS_MESSAGES}
    Take Screenshot    ${PICTURES}/${name}    selector=id=s1-s1-t1    timeout=10 s

Picture Of A Console
    [Arguments]    ${name}    ${said}
    VAR    ${style}    display:inline-block;margin:0;padding:1em;background:\#1e1e1e;color:\#ddd;font:13px monospace
    VAR    ${page}
    ...    <meta charset="utf-8"><body style="margin:0"><pre style="${style}">${{ html.escape($said) }}</pre>
    Create File    ${OUTPUT_DIR}${/}console.html    ${page}
    Start Chromium
    New Page    file://${OUTPUT_DIR}/console.html
    Take Screenshot    ${PICTURES}/${name}    selector=pre    timeout=10 s
