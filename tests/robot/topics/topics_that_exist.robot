*** Settings ***
Documentation    Which topics exist; asking never creates one.

Resource         resources/kafka.resource

Suite Setup      Meet Other Clients


*** Test Cases ***
A Topic Exists
    ${topic}=    New Topic
    Publish Event    ${topic}    x
    Topic Should Exist    ${topic}
    ${topics}=    Get Topics
    List Should Contain Value    ${topics}    ${topic}
    Run Keyword And Expect Error    *'${topic}'*exist*    Topic Should Not Exist    ${topic}

A Topic Does Not Exist
    ${topic}=    New Topic    orders.sent
    Publish Event    ${topic}    x
    Topic Should Not Exist    ${topic}x
    Run Keyword And Expect Error    *${topic}x*${topic}*    Topic Should Exist    ${topic}x
    ${topics}=    Get Topics
    List Should Not Contain Value    ${topics}    ${topic}x

Several Topics Exist Or Do Not
    ${one}=    New Topic
    ${other}=    New Topic
    Publish Event    ${one}    x
    Publish Event    ${other}    x
    Topic Should Exist    ${one}, ${other}
    Topic Should Exist    ${{ [$one, $other] }}
    Topic Should Not Exist    ${one}x, ${other}x
    Run Keyword And Expect Error    *'${other}x' does not exist*    Topic Should Exist    ${one}, ${other}x
    Run Keyword And Expect Error    *'${other}' exists*    Topic Should Not Exist    ${one}x, ${other}
    Run Keyword And Expect Error    *not a valid topic name*    Topic Should Not Exist    ${one}*

A Topic That Comes In Time Exists
    VAR    ${topic}    comes.${{ uuid.uuid4().hex }}
    Another Client Makes The Topic    ${topic}    x    after=0.3 s
    Topic Should Exist    ${topic}    timeout=10 s
    Wait For Event    ${topic}    since=earliest    # the other client has done what it began
    [Teardown]    Another Client Removes The Topic    ${topic}

A Topic That Goes In Time Does Not Exist
    [Tags]    real-kafka
    ${topic}=    New Topic
    Another Client Deletes The Topic    ${topic}    after=0.3 s
    Topic Should Not Exist    ${topic}    timeout=10 s

Asking Creates Nothing
    VAR    ${topic}    never.made.${{ uuid.uuid4().hex }}
    Run Keyword And Expect Error    *    Topic Should Exist    ${topic}    timeout=0.2 s
    Topic Should Not Exist    ${topic}
    Watch Topics    ${topic}
    ${topics}=    Topics Of Kafka
    List Should Not Contain Value    ${topics}    ${topic}

The List Is Sorted And Without Kafka's Own
    ${topic}=    New Topic
    Publish Event    ${topic}    x
    ${topics}=    Get Topics
    ${sorted}=    Evaluate    sorted($topics)
    Should Be Equal    ${topics}    ${sorted}
    List Should Not Contain Value    ${topics}    __consumer_offsets
    List Should Not Contain Value    ${topics}    __transaction_state

A Name That Is None Is Refused
    [Template]    Run Keyword And Expect Error
    *topic*    Topic Should Exist    ${EMPTY}
    *topic*    Topic Should Not Exist    ${EMPTY}
    *soon*    Topic Should Exist    orders    timeout=soon
