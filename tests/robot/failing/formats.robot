*** Settings ***
Documentation    Values that do not fit their format, events that do not, and schemas that can't be used.

Resource         resources/failing.resource

Suite Setup      Have Topics


*** Variables ***
${SCHEMAS}    ${CURDIR}/../formats/schemas
${BROKEN}     ${SCHEMAS}/broken
${WRONG}      {"orderId": "42", "status": "LOST", "total": 99.999, "customer": {"nmae": "Ada"}, "paid": null,
...           "placedAt": "yesterday", "items": [{"sku": 7, "quantity": 4000000000}, 5], "shop": 1}
${ENDLESS}    {"type": "record", "name": "N", "fields": [{"name": "n", "type": "N"}]}
${NODE}       {"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}


*** Test Cases ***
A Value That Does Not Fit Avro
    Publish Event    ${TOPIC}    ${WRONG}    schema=${SCHEMAS}/order.avsc

A Value That Does Not Fit Protobuf
    Publish Event    ${TOPIC}    ${WRONG}    schema=${SCHEMAS}/order.proto#Order

A Value That Does Not Fit A JSON Schema
    Publish Event    ${TOPIC}    ${WRONG}    schema=${SCHEMAS}/order.json

A Value That Is Not JSON
    Publish Event    ${TOPIC}    {"orderId": 4    schema=${SCHEMAS}/order.avsc

One Of Several Values
    VAR    @{values}    ${{ {"next": None} }}    ${{ {"nxet": None} }}
    Publish Events    ${TOPIC}    ${values}    schema=${NODE}

A Value That Has Itself For A Part
    ${value}=    Evaluate    {}
    Set To Dictionary    ${value}    next=${value}
    Publish Event    ${TOPIC}    ${value}    schema=${NODE}

No Whole Number
    Publish Event    ${TOPIC}    4.2    format=long

A Number Out Of Range
    Publish Event    ${TOPIC}    40000    format=short

A Truth Value For A Number
    Publish Event    ${TOPIC}    ${True}    format=int

No UUID
    Publish Event    ${TOPIC}    42    format=uuid

A Key That Does Not Fit
    Set Topic Format    ${TOPIC}    key=long
    Publish Event    ${TOPIC}    {}    key=k-1
    [Teardown]    Set Topic Format    ${TOPIC}

A CloudEvent With Wrong Attributes
    Publish Event    ${TOPIC}    {"Type": "x", "time": "yesterday", "trace-id": "1", "data": {}}    format=cloudevents

A CloudEvent That Is No Object
    Publish Event    ${TOPIC}    order placed    format=cloudevents

A CloudEvent Whose Data Do Not Fit
    Publish Event    ${TOPIC}    {"type": "x", "source": "/x", "data": {"orderId": "42"}}
    ...    format=cloudevents:json-schema    schema=${SCHEMAS}/order.json

A Format That There Is Not
    Set Topic Format    ${TOPIC}    value=arvo

A Format Of Headers That There Is Not
    Set Topic Format    ${TOPIC}    headers=attempt=nit

Formats Of Headers That Can't Be Read
    Set Topic Format    ${TOPIC}    headers=attempt

A Format Of Keys That There Is Not
    Set Topic Format    ${TOPIC}    key=widowed:text

A Format Of Keys For Values
    Set Topic Format    ${TOPIC}    value=windowed:text

A Key Without Its Window
    Set Topic Format    ${TOPIC}    key=session-windowed:text
    Publish Event    ${TOPIC}    {}    key={"key": "ada", "strat": "2026-05-31T17:00:00Z"}
    [Teardown]    Set Topic Format    ${TOPIC}

A Window Of Another Size
    Set Topic Format    ${TOPIC}    key=windowed:text    window_size=5 min
    VAR    &{key}    key=ada    start=2026-05-31T17:00:00Z    end=2026-05-31T17:06:00Z
    Publish Event    ${TOPIC}    {}    key=${key}
    [Teardown]    Set Topic Format    ${TOPIC}

A Format Without Its Schema
    Set Topic Format    ${TOPIC}    value=avro

A Schema For A Format Without One
    Set Topic Format    ${TOPIC}    value=long    schema=${SCHEMAS}/order.avsc

A Format Of CloudEvents That There Is Not
    Set Topic Format    ${TOPIC}    value=cloudevents:avor

A File Of Another Format
    Set Topic Format    ${TOPIC}    value=avro    schema=${SCHEMAS}/order.proto

A File That Is Not There
    Set Topic Format    ${TOPIC}    value=avro    schema=odrer.avsc

Avro That Breaks Off
    Set Topic Format    ${TOPIC}    value=avro    schema=${BROKEN}/breaks_off.avsc

Avro With A Type That There Is Not
    Set Topic Format    ${TOPIC}    value=avro    schema=${BROKEN}/no_type.avsc

Avro Without Any Value
    [Documentation]    Each value of it would need another one inside.
    Set Topic Format    ${TOPIC}    value=avro    schema=${ENDLESS}

Protobuf That Can't Be Compiled
    Set Topic Format    ${TOPIC}    value=protobuf    schema=${BROKEN}/broken.proto

Protobuf That Imports What Is Not There
    Set Topic Format    ${TOPIC}    value=protobuf    schema=${BROKEN}/imports_nothing.proto

Protobuf That Imports Itself
    Set Topic Format    ${TOPIC}    value=protobuf    schema=${BROKEN}/imports_itself.proto

Protobuf That Imports From Elsewhere
    Set Topic Format    ${TOPIC}    value=protobuf    schema=${BROKEN}/imports_elsewhere.proto

Protobuf That Imports A File Of The System
    Set Topic Format    ${TOPIC}    value=protobuf    schema=${BROKEN}/imports_passwd.proto

Protobuf With Several Messages
    Set Topic Format    ${TOPIC}    value=protobuf    schema=${SCHEMAS}/everything.proto
    Publish Event    ${TOPIC}    {"reason": "late"}
    [Teardown]    Set Topic Format    ${TOPIC}

A JSON Schema That Refers To Itself
    Publish Event    ${TOPIC}    {"orderId": 42}    format=json-schema    schema={"$ref": "#"}

A JSON Schema That Asks Nothing
    Publish Event    ${TOPIC}    {"orderId": 42}    format=json-schema    schema={"orderId": 42}

A JSON Schema From The Network
    Publish Event    ${TOPIC}    {}    format=json-schema    schema={"$ref": "http://example.org/order.json"}

A Text That Is No Schema
    Publish Event    ${TOPIC}    {}    format=avro    schema={"type": "recrod", "name": "Order", "fields": []}

A Wait Among Values Of A Format Of One's Own
    ${topic}=    Given A Topic
    Publish Event    ${topic}    {"status": "NEW"}    partition=0    format=own:gzip.decompress, gzip.compress:json
    Publish Event    ${topic}    ${{ gzip.compress(b'a text') }}    partition=0
    Publish Event    ${topic}    torn    partition=0
    Wait For Event    ${topic}    status == PAID    format=own:gzip.decompress    timeout=0.3 s

A Wait Behind A Byte Order Mark
    ${topic}=    Given A Topic
    Publish Event    ${topic}    ${{ b'\xef\xbb\xbf{"status": "NEW"}' }}    partition=0
    Wait For Event    ${topic}    status == PAID    timeout=0.3 s

A Format Of One's Own That Can't Write
    Publish Event    ${TOPIC}    {"orderId": 42}    format=own:base64.b64decode, base64.b64encode

No Function For A Format Of One's Own
    Set Topic Format    ${TOPIC}    value=own:gzip.decompres:json

A Wait Among Events That Can't Be Read
    Wait For Event    ${UNREADABLE}    orderId == 42    status == PAID    since=suite start    timeout=0.2 s

No Proof Among Events That Can't Be Read
    No Event Should Arrive    ${UNREADABLE}    orderId == 7    since=suite start    within=0 s

A Field Of An Event That Can't Be Read
    ${events}=    Get Events    ${UNREADABLE}    key == k-3    since=suite start
    Event Field Should Be    ${events[0]}    orderId    42


*** Keywords ***
Have Topics
    ${topic}=    Given A Topic
    VAR    ${TOPIC}    ${topic}    scope=SUITE
    Have Events That Can't Be Read

Have Events That Can't Be Read
    ${unreadable}=    Given A Topic
    VAR    ${UNREADABLE}    ${unreadable}    scope=SUITE
    Set Topic Format    ${UNREADABLE}    value=avro    schema=${SCHEMAS}/order.avsc
    ${order}=    Load Event Template    ${SCHEMAS}/order_template.json    orderId=42
    Publish Event    ${UNREADABLE}    ${order}    key=k-1    partition=0
    Another Client Publishes    ${UNREADABLE}    ${{ b"\x54\x0e" }}    key=k-2    partition=0
    Another Client Publishes    ${UNREADABLE}    ${{ b"\xff" * 40 }}    key=k-3    partition=0
    Another Client Publishes    ${UNREADABLE}    {"orderId": 42}    key=k-4    partition=0
    Another Client Publishes    ${UNREADABLE}    ${{ b"" }}    key=k-5    partition=0
