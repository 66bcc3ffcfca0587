*** Settings ***
Documentation    Publish Events From File publishes what stands in a file.

Library          OperatingSystem
Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Variables ***
${EVENTS}    ${CURDIR}/../../../resources/events


*** Test Cases ***
Each Line Is A Value, As It Stands There
    ${topic}=    New Topic
    ${events}=    Publish Events From File    ${topic}    ${EVENTS}/orders.jsonl    key=${{ ['k', 'k', 'k'] }}
    Length Should Be    ${events}    3
    ${raw}=    Another Client Reads    ${topic}
    Should Be Equal    ${raw[1].value}    ${{ b'{"orderId": 2, "status": "PAID"}' }}

Each Element Of An Array Is A Value
    ${topic}=    New Topic
    ${events}=    Publish Events From File    ${topic}    ${EVENTS}/orders.json    key=$.orderId
    ${ids}=    Get Event Fields    ${events}    orderId
    Should Be Equal    ${ids}    ${{ [1, 2] }}
    ${keys}=    Evaluate    [one.raw_key for one in $events]
    Should Be Equal    ${keys}    ${{ [b'1', b'2'] }}

A Relative Path Is Tried Against The Suite's Folder
    ${topic}=    New Topic
    ${events}=    Publish Events From File    ${topic}    ../../../resources/events/orders.jsonl
    Length Should Be    ${events}    3

A File That Is Not There Is Named
    Run Keyword And Expect Error    *no_such_file.jsonl*    Publish Events From File    orders    no_such_file.jsonl

Nothing Is Published When A Line Can Not Be Read
    ${topic}=    New Topic
    Publish Event    ${topic}    the only one
    Run Keyword And Expect Error    *broken.jsonl*2*
    ...    Publish Events From File    ${topic}    ${EVENTS}/broken.jsonl
    ${raw}=    Another Client Reads    ${topic}
    Length Should Be    ${raw}    1

A File In Another Encoding Is Refused
    Create Binary File    ${OUTPUT_DIR}/latin.jsonl    ${{ b'{"name": "Andr\\xe9"}' }}
    Run Keyword And Expect Error    *latin.jsonl*
    ...    Publish Events From File    orders    ${OUTPUT_DIR}/latin.jsonl

A Folder Is Refused
    Run Keyword And Expect Error    *    Publish Events From File    orders    ${EVENTS}
