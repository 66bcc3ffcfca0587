*** Settings ***
Documentation    Values by functions of the tester's own: what they give is read like any other value, and what fails
...              in them stops no wait and lets nothing be proven.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Variables ***
${ZIPPED}      own:gzip.decompress, gzip.compress:json
${CIPHER}      own:examples.orders_in_cipher
@{CALLS}       @{EMPTY}
${EXAMPLES}    ${CURDIR}/../../../examples


*** Test Cases ***
What Another Client Zipped Is Read
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    ${{ gzip.compress(b'{"orderId": 42}') }}
    Set Topic Format    ${topic}    value=${ZIPPED}
    ${event}=    Wait For Event    ${topic}    orderId == 42
    Event Should Be Like    ${event}    {"orderId": 42}
    Event Should Match Schema    ${event}    {"required": ["orderId"]}
    No Event Should Arrive    ${topic}    orderId == 7    within=0.1 s

For One Keyword Alone
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 42}    key=k-1    format=${CIPHER}
    Wait For Event    ${topic}    orderId == 42    key == k-1    format=${CIPHER}
    Run Keyword And Expect Error    *could not be judged*
    ...    Wait For Event    ${topic}    orderId == 42    timeout=0.1 s

Keys And Values
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=${ZIPPED}    key=${CIPHER}
    VAR    @{values}    ${{ {'orderId': 1} }}    ${{ {'orderId': 2} }}
    Publish Events    ${topic}    ${values}    key=$.orderId
    ${event}=    Wait For Event    ${topic}    key == 2
    Event Field Should Be    ${event}    orderId    2

Events Of A File
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=${CIPHER}
    Publish Events From File    ${topic}    ${EXAMPLES}/orders.jsonl
    ${events}=    Get Events    ${topic}
    Should Not Be Empty    ${events}
    Save Events    ${topic}    ${OUTPUT_DIR}/own.jsonl
    Delete Nothing And Publish Again    ${topic}    ${OUTPUT_DIR}/own.jsonl    ${events}

Keywords May Be The Functions
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=own:Unzipped, Zipped:json
    Publish Event    ${topic}    {"orderId": 42}
    Wait For Event    ${topic}    orderId == 42
    Publish Event    ${topic}    no zip    format=text
    Run Keyword And Expect Error    *not readable by 'Unzipped, Zipped': *BadGzipFile*
    ...    No Event Should Arrive    ${topic}    orderId == 7    within=0.1 s

Other Conditions Need No Function
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 42}    key=k-1    headers={"source": "shop"}
    Set Topic Format    ${topic}    value=own:Counted
    No Event Should Arrive    ${topic}    key == k-2    within=0.1 s
    No Event Should Arrive    ${topic}    headers.source == cart    within=0.1 s
    Wait For Event    ${topic}    key == k-1    headers.source == shop
    Should Be Empty    ${CALLS}
    Wait For Event    ${topic}    key == k-1    orderId == 42
    No Event Should Arrive    ${topic}    orderId == 7    within=0.1 s
    Length Should Be    ${CALLS}    1

What Fails Stops No Wait And Lets Nothing Be Proven
    ${topic}=    New Watched Topic
    Another Client Publishes    ${topic}    torn
    Set Topic Format    ${topic}    value=${ZIPPED}
    Publish Event    ${topic}    {"orderId": 42}
    Wait For Event    ${topic}    orderId == 42
    Run Keyword And Expect Error    *not readable by 'gzip.decompress, gzip.compress': BadGzipFile*
    ...    No Event Should Arrive    ${topic}    orderId == 7    within=0.1 s

What Is No Value Is Told
    ${topic}=    New Watched Topic
    Publish Event    ${topic}    {"orderId": 42}
    FOR    ${function}    ${said}    IN    builtins.set    is {*(set)    builtins.print    returned nothing (None)
        Run Keyword And Expect Error    *${said}*
        ...    No Event Should Arrive    ${topic}    orderId == 7    within=0.1 s    format=own:${function}
    END

What Only Reads Publishes Nothing
    ${topic}=    New Watched Topic
    Run Keyword And Expect Error    Nothing can be published by own:gzip.decompress, which can only read.*
    ...    Publish Event    ${topic}    {"orderId": 42}    format=own:gzip.decompress:json

Names That Lead Nowhere
    [Template]    Should Be No Format
    own:gzip.decompres    *'gzip' has no 'decompres'. Did you mean 'decompress'*
    own:No Such Keyword    There is no function, module or keyword 'No Such Keyword'.*
    own:gzip.decompress:jsn    There is no format 'jsn'. Did you mean 'json'?*


*** Keywords ***
Unzipped
    [Arguments]    ${bytes}
    RETURN    ${{ gzip.decompress($bytes) }}

Zipped
    [Arguments]    ${bytes}
    RETURN    ${{ gzip.compress($bytes) }}

Counted
    [Arguments]    ${bytes}
    Append To List    ${CALLS}    ${bytes}
    RETURN    ${{ json.loads($bytes) }}

Should Be No Format
    [Arguments]    ${format}    ${error}
    Run Keyword And Expect Error    ${error}    Set Topic Format    orders    value=${format}

Delete Nothing And Publish Again
    [Documentation]    What was saved has the very bytes, and goes out as they are.
    [Arguments]    ${topic}    ${path}    ${events}
    ${again}=    Publish Events From File    ${topic}    ${path}
    Should Be Equal    ${{ [event.raw_value for event in $again] }}    ${{ [event.raw_value for event in $events] }}
