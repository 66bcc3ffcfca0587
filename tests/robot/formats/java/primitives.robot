*** Settings ***
Documentation     Kafka's own serializers of numbers and UUIDs, for values and keys.

Resource          resources/java.resource

Suite Setup       Meet Java
Suite Teardown    Switch Kafka Connection    default


*** Test Cases ***
What Java Writes Is Found
    [Template]    Java's Value Should Be Found
    long    42
    long    -9223372036854775808
    long    9007199254740993
    int    2147483647
    int    -1
    short    -32768
    double    0.1
    double    -1.7976931348623157E308
    float    0.1
    float    16777216

What Is Published Is Read By Java
    [Template]    Java Should Read What Is Published
    long    42
    long    -9223372036854775808
    long    9007199254740993
    int    2147483647
    short    -32768
    double    0.1
    float    0.1

UUIDs Go Both Ways
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=uuid
    Java Writes    ${topic}    uuid    "123E4567-e89b-12d3-a456-426614174000"
    Wait For Event    ${topic}    value == 123e4567-e89b-12d3-a456-426614174000
    ${event}=    Publish Event    ${topic}    123E4567-E89B-12D3-A456-426614174001
    Java Should Read    ${event}    uuid    123e4567-e89b-12d3-a456-426614174001

Keys Are Numbers Too
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=json    key=long
    Java Writes    ${topic}    text    "{\\"of\\": \\"Java\\"}"    key=42    keyFormat=long
    ${event}=    Wait For Event    ${topic}    key == 42    of == Java
    Should Be Equal    ${event.key}    ${42}
    Wait For Event    ${topic}    key > 41
    No Event Should Arrive    ${topic}    key > 42    within=0.1 s
    ${event}=    Publish Event    ${topic}    {"of": "us"}    key=42
    ${read}=    Java Reads    ${topic}    text    ${event.partition}    ${event.offset}    keyFormat=long
    Should Be Equal    ${read}[key]    ${42}

The Same Key Comes Into The Same Partition Where That Is Asked For
    [Documentation]    The client's own choice is another than that of Java's.
    Connect To Kafka    ${BOOTSTRAP_SERVERS}    alias=like Java    partitioner=murmur2_random
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=text    key=int
    FOR    ${key}    IN RANGE    8
        ${place}=    Java Writes    ${topic}    text    "of Java"    key=${{ str($key) }}    keyFormat=int
        ${event}=    Publish Event    ${topic}    of us    key=${key}
        Should Be Equal    ${event.partition}    ${place}[partition]
    END
    [Teardown]    Switch Kafka Connection    registry

Tombstones Go Both Ways
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=long    key=uuid
    Java Writes    ${topic}    long    ${None}    key="123e4567-e89b-12d3-a456-426614174000"    keyFormat=uuid
    ${event}=    Wait For Event    ${topic}    key == 123e4567-e89b-12d3-a456-426614174000
    Should Be True    ${event.is_tombstone}
    ${event}=    Publish Tombstone    ${topic}    123e4567-e89b-12d3-a456-426614174001
    ${read}=    Java Reads    ${topic}    long    ${event.partition}    ${event.offset}    keyFormat=uuid
    Should Be Equal    ${read}    ${{ {'key': '123e4567-e89b-12d3-a456-426614174001'} }}

A Format For One Keyword Alone
    ${topic}=    New Watched Topic
    Java Writes    ${topic}    long    7
    Java Writes    ${topic}    text    "seven"
    Wait For Event    ${topic}    value == 7    format=long
    Wait For Event    ${topic}    value == seven
    ${event}=    Publish Event    ${topic}    8    format=short
    Java Should Read    ${event}    short    ${8}


*** Keywords ***
Java's Value Should Be Found
    [Arguments]    ${format}    ${value}
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=${format}
    Java Writes    ${topic}    ${format}    ${value}
    ${event}=    Wait For Event    ${topic}    value == ${value}    timeout=2 s
    Should Be Equal    ${event.value}    ${{ json.loads($value) }}

Java Should Read What Is Published
    [Arguments]    ${format}    ${value}
    ${topic}=    New Watched Topic
    Set Topic Format    ${topic}    value=${format}
    ${event}=    Publish Event    ${topic}    ${value}
    Java Should Read    ${event}    ${format}    ${{ json.loads($value) }}
