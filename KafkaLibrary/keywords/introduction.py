"""The introduction of the keyword manual. Its examples run in the tests."""

INTRODUCTION = r"""Tests event-driven systems on Kafka: publishes events, waits for them and checks them.

| ***** Settings *****
| Library    KafkaLibrary    bootstrap_servers=kafka:9092    watch=cart.events
| Library    RequestsLibrary
|
| ***** Test Cases *****
| Adding To The Cart Publishes An Event
|     VAR    &{item}    productId=P-7    quantity=${2}
|     POST    ${SHOP}/carts/c-7/items    json=${item}
|     ${event}=    Wait For Event    cart.events    type == ItemAdded    quantity >= 2    timeout=5 s
|     Event Field Should Be    ${event}    $.productId    P-7

What it promises:
- *Never a false pass.* An unreachable broker, a missing topic or an unreadable event fails the keyword.
- *Never a missed event.* A wait begins at an offset noted before the test acted, and reads to the end of the topic.
- *A failure explains itself.* It says where the wait began, what was read, and which events came nearest.
- *No time lost.* A wait returns when the event can be read, without a polling interval or a consumer group.

The [guide/README.md|guide] explains each topic in full, with examples.

%TOC%

= You are looking for =

| =You are looking for= | =Use= |
| produce, send, produce a message | `Publish Event`, `Publish Events` |
| produce null, delete marker | `Publish Tombstone` |
| producer transaction | `Begin Kafka Transaction` |
| consume, poll, receive, read | `Wait For Event`, `Wait For Events`, `Get Events`; nothing is consumed |
| subscribe, listen, assign, seek | ``watch=`` at the import, `Watch Topics`, ``since=`` |
| message, record, payload, body | an event and its value |
| assert, verify, expect | `Event Should Match`, `Event Should Be Like`, `Event Field Should Be` |
| validate against a schema | `Event Should Match Schema` |
| assert that nothing was sent | `No Event Should Arrive` |
| count messages, no duplicates | `Event Count Should Be`, `Events Should Be Unique` |
| filter, matcher, predicate | `Conditions` |
| offset, position, from beginning | `Where a wait begins`; ``since=earliest`` |
| commit, consumer lag | `Wait Until Event Is Consumed`, `Get Consumer Group Lag` |
| rebalance, assignment | `Wait Until Consumer Group Is Ready` |
| seek a group, reset offsets | `Reset Consumer Group Offsets` |
| serializer, deserializer, serde | `Formats`, `Set Topic Format` |
| Avro, Protobuf, schema registry | `Formats`, `Register Schema` |
| DLQ, DLT, poison message | `Event Should Be Dead-Lettered`, `Expect Dead Letters` |
| admin client, create or purge a topic | `Create Topic`, `Create Temporary Topic`, `Delete Events` |
| SASL, SSL, credentials, OAuth | `Logins and secrets` |
| mock broker, test container | `The embedded broker` |

= Terms =

| =Term= | =Meaning= |
| event | one Kafka record, with its topic, partition, offset, timestamp, key, value and headers |
| value | the body of an event; an event without one is a tombstone |
| field | a part of the value, named by a path |
| connection | one Kafka cluster under an alias, with its settings |
| mark | for every partition of a topic, the offset from which a wait looks |
| condition | path, operator and expected value; an event matches when all conditions hold |
| consumer group | Kafka's own, and always one of the system under test: this library reads without one |

An event has the attributes ``topic``, ``partition``, ``offset``, ``timestamp``, ``key``, ``value``, ``headers``,
``raw_key``, ``raw_value``, ``raw_headers`` and ``is_tombstone``. Objects and headers can be read as attributes:
``${event.value.order.id}``, ``${event.headers.source}``. An event can't be changed.

= Topics =

Where a keyword can look at several topics (in Libdoc the type ``Topics``, or ``TopicNames`` where each must be named)
they are a list, or one cell with commas. In ``Topics`` a
name with ``*`` or ``?`` is a pattern; a name that begins with ``^`` is a regular expression, as consumers take it:

| `Publish Event`    orders.eu    {"orderId": 42}
| `Wait For Event`    orders.*    orderId == 42
| `Wait For Event`    ^orders[.](eu|us)$    orderId == 42
| `Wait For Event`    orders.eu, orders.us    orderId == 42

A pattern also covers topics that appear while the keyword waits. More: [guide/waiting.md|topics and patterns].

= Several clusters =

A keyword that asks Kafka uses the connection that was opened or switched to last, or with ``alias=`` another one for
this call alone. Each connection has its own marks, formats and transactions.

| `Connect To Kafka`    embedded    alias=payments
| `Publish Event`    refunds    {"refundId": 7}    alias=payments
| `Wait For Event`    refunds    refundId == 7    alias=payments

= Where a wait begins =

The first of these applies:
- 1. ``since=`` of the keyword: ``earliest``, ``latest``, ``test start``, ``suite start``, a time span ago (``30 s``), a
  point in time (``2026-05-31 17:03:11``), a mark that `Watch Topics` returned, or an event (what comes after it).
  Both are of one Kafka cluster: on a connection to another they are refused.
- 2. The start of the current test, by offset: for topics in ``watch=``, topics given to `Watch Topics`, and topics that
  were read before. In the setup and teardown of a suite it is the start of the suite. `Watch Topics` in the middle of
  a test marks from there.
- 3. For a topic named for the first time: the start of the test by the events' timestamps, and whatever this
  connection published in this test. Only this depends on clocks; ``watch=`` does not.

Nothing is consumed: the same wait returns the same event again, and nobody else loses events to it.
More: [guide/waiting.md|how a wait begins and ends].

= Conditions =

A condition is one cell with its operator between spaces, three cells, or a dictionary of paths and values that must
all be equal. All conditions must hold. Arguments such as ``timeout=`` come after the conditions. Every ``timeout=``
can be named; where no conditions come before it, it may also be a cell at its place.

| `Publish Event`    payments    {"amount": 100, "currency": "EUR", "tags": ["new"]}    key=p-1
| `Wait For Event`    payments    $.amount >= 100    currency == EUR
| `Wait For Event`    payments    $.amount    >=    ${100}    tags contains new
| VAR    &{fields}    amount=${100}    currency=EUR
| `Wait For Event`    payments    ${fields}    key == p-1

More: [guide/conditions-in-detail.md|conditions in detail].

== Paths ==

| =Path= | =Finds= |
| ``$.order.id``, ``order.id`` | a field of the value; a bare name means the same as with ``$.`` |
| ``items[0].sku``, ``items[-1]``, ``$['any name']`` | an element of a list; a name with any characters |
| ``items[*].sku`` | all of them: the condition holds if it holds for any; ``!=`` and ``not ...`` must hold for all |
| ``$..sku``, ``$.items[?(@.quantity > 1)]``, ``items[0:2]`` | at any depth, by a filter, a slice |
| ``value``, ``$`` | the value as Kafka has it; what is in it, see `Null and tombstones` |
| ``key``, ``key.id`` | the key, and a field of a JSON key |
| ``headers.NAME``, ``headers.NAME[0]``, ``headers.NAME[*]`` | the newest header of that name; the first; all of them |
| ``is_tombstone``, ``topic``, ``partition``, ``offset``, ``timestamp`` | the event's own |
| ``trace`` | the trace id in the event's headers, in any tracer's form |

== Null and tombstones ==

An event without a value is a tombstone: ``value == null``. JSON's null is a value: ``$ == null``. An event without a
key has the key null.

| `Publish Event`    rows    null    key=7
| `Wait For Event`    rows    $ == null    key == 7
| `Publish Tombstone`    rows    7
| `Wait For Event`    rows    value == null    key == 7

== JSON in texts ==

A path that leads into a JSON text continues inside it, and an object or a list equals the text of its JSON. With
``strict=True`` a text is a text.

| `Publish Event`    calls    {"res": "{\\"status\\": 200}"}    key={"id":10}
| `Wait For Event`    calls    res.status == 200    key == {"id": 10}
| `Wait For Event`    calls    res == {"status":200}

== Operators ==

| =Operator= | =Holds if the field= |
| ``==`` ``!=`` | equals, or does not equal, the expected value |
| ``>`` ``>=`` ``<`` ``<=`` | is greater or less: by number or time if both are such, otherwise as text |
| ``*=`` or ``contains``, ``not contains`` | contains a text; for a list, an equal element |
| ``^=`` ``$=``, ``not ^=`` ``not $=`` | begins or ends with a text |
| ``matches``, ``not matches`` | matches a regular expression anywhere; in a cell write ``\\d`` for ``\d`` |
| ``in``, ``not in`` | equals one of several values with commas between, or of a JSON list |
| ``length ==``, ``length >=`` and so on | has so many elements, fields or characters: a list, an object, a text |
| ``exists``, ``does not exist`` | is there, even if null; is not there |

| `Publish Event`    orders    {"orderId": 42, "status": "PAID", "items": [{"sku": "P-7"}, {"sku": "P-8"}]}
| `Wait For Event`    orders    orderId == 42    status not in NEW, CANCELLED    items length == 2

There is no "or": several values are ``in``, and a negative on different fields is two keywords.

== Expected values ==

Text in a cell is compared by the field's own type: the number 42 equals ``42`` and ``42.0``, true equals ``true``,
null equals ``null``, a list or object equals its JSON text, a text equals itself. ``"42"`` in double quotes is only
the text. A variable in a cell of its own, or in a dictionary, is compared as it is, numbers by value; a header, and a
key as a whole, has no type, so there a number equals its text. ``strict=True`` also compares types. Numbers are
exact. A missing field meets only ``does not exist``.

An ambiguous or impossible condition fails before anything else happens, and the failure shows what to write.

== Times ==

Date-times of ISO 8601 with zones are compared as instants:

| `Publish Event`    payments    {"paymentId": 7, "paidAt": "2026-05-31T19:00:00.5+02:00"}
| `Wait For Event`    payments    paymentId == 7    paidAt >= 2026-05-31T17:00:00Z

If a comparison can't be decided, as when only one side has a zone, a wait continues and a negative fails. The event's
own ``timestamp`` is compared with a date-time or with milliseconds since 1970.

= Doubts =

A keyword that passed, but perhaps by mistake, warns:

| =Doubt= | =Example= |
| no event that was read has the field, or the element | ``customerNumber == 42``, ``items[2].id == 7`` |
| a field has nearly that name, or it would match at another place | ``orderID``, ``header.source``, ``items.length`` |
| it differs only in type, quotes, spaces or case, at any depth | ``status == paid`` for PAID |
| a field has the name of a part of the event | ``value == 5`` for ``{"value": 5}``: it is ``$.value`` |
| a field does not exist under this name alone | ``Status does not exist``, ``payload.status``, ``#notpresent`` |
| a number is written for people | ``total == 9.50 EUR``, ``key == 07`` |
| a wildcard or list that is none here | ``status == PA*``, ``status matches PA%``, ``status == NEW or PAID`` |
| a list is asked for something as a text is | ``tags contains a, b``, ``tags ^= al``, ``notes contains failed`` |
| a part of an object stands for the whole | ``customer == {"name": "Ada"}``, ``items contains {"sku": "P-1"}`` |
| a filter goes by a name that no element has | ``$.items[?(@.qty > 1)].sku == P-1`` |
| a number stands for an id with a word in front | ``key == 42`` for order-42 |
| a value is written as in code, or is a marker | ``status == b'PAID'``, ``id == #number`` |
| a year or another unit beside a time in milliseconds | ``createdAt < 2027`` |
| a variable may have had no value | ``id == ${None}``, ``status != ${EMPTY}`` |
| Robot may have removed a backslash | ``code matches ^\d{4}$``, which arrives as ``^d{4}$`` |
| no value of that kind can match | ``total == 9.50`` where each total is an object |
| a text is compared letter by letter | ``amount > 100`` for n/a |
| a text is published that is a field, a file's name, a path or seconds | ``orderId=42``, ``key=$.orderId`` |
| a named argument is part of the text before it | ``hello key=42`` with one blank, not two |
| a dead letter without a known header may be that of the event | `Event Should Not Be Dead-Lettered` |

With ``doubts=fail`` at the import the keyword fails instead:

| Library    KafkaLibrary    bootstrap_servers=kafka:9092    doubts=fail

If such a difference matters, set ``strict=True``; for a field that may be missing, add ``refund exists``. Null that is
meant is written ``null``, and the empty text ``""``; the letter of a pattern is ``[d]``.

More: [guide/conditions-in-detail.md|conditions in detail].

= Formats =

A test reads the same whatever the bytes: values go in as dictionaries or JSON, fields are read by path.
`Set Topic Format` declares a topic's format, ``format=`` and ``schema=`` that of one keyword. Without a declaration
each event decides: CloudEvents headers, a schema registry frame, an envelope of Kafka Connect, JSON, text, bytes.

| =Format= | =Values= |
| ``json``, ``text``, ``bytes`` | JSON; text in UTF-8; bytes as they are |
| ``avro``, ``protobuf``, ``json-schema`` | with a schema from a registry or a file |
| ``long``, ``int``, ``short``, ``double``, ``float``, ``uuid`` | as Kafka's own serializers in Java write them |
| ``windowed:text`` and the like | keys of Kafka Streams windows, see `Keys of windows` |
| ``connect-json`` | JSON of Kafka Connect with its schema, such as Debezium's: the payload, read by the schema |
| ``cloudevents``, ``cloudevents-structured`` | a CloudEvent with its attributes in headers, or all of it in JSON |
| ``cloudevents:avro`` and the like | the same with data in that format |
| ``own:gzip.decompress, gzip.compress:json`` and the like | by your own functions, or those of any Python package |

More: [guide/formats/README.md|formats].

== Headers ==

A header is text or bytes, unless declared: ``headers=attempts=int, sentAt=long`` of `Set Topic Format`. Its formats
are ``json``, ``text``, ``bytes``, ``long``, ``int``, ``short``, ``double``, ``float``, ``uuid`` and ``bigint``. Headers
that Spring, SmallRye, Apicurio and Elastic write in bytes are known by name. More: [guide/formats/headers.md|headers].

== Keys of windows ==

``windowed:text`` reads keys of time windows, ``session-windowed:text`` of sessions, ``windowed-store:text`` of the
changelog of a store; the part after the colon is the format of the inner key. ``key`` is the inner key, ``key.start``
and ``key.end`` its window.

| `Set Topic Format`    visits    value=long    key=windowed:text    window_size=5 min
| `Publish Event`    visits    ${2}    key={"key": "ada", "start": "2026-05-31T17:00:00Z"}
| `Wait For Event`    visits    key == ada    key.start == 2026-05-31T17:00:00Z    value == 2

More: [guide/formats/windows.md|keys of windows].

== Formats of your own ==

``own:`` names a reader and a writer, separated by a comma: functions as ``module.function``, keywords with one
argument, or a module, class or object with ``decode`` and ``encode``. A format after a colon applies to the bytes
between.

| VAR    ${zipped}    own:gzip.decompress, gzip.compress:json
| `Publish Event`    payments    {"orderId": 42}    format=${zipped}
| `Wait For Event`    payments    orderId == 42    format=${zipped}

More: [guide/formats/own-formats.md|formats of your own].

== Schemas ==

``schema=`` is the path of an ``.avsc``, ``.proto``, ``.json`` or ``.yaml`` file, relative to the suite's folder first;
the schema itself, as text or a dictionary; a schema id of the registry; or a subject such as ``orders-value`` or
``orders-value:3``. A part of it is named after ``#``: ``orders.proto#Order``,
``asyncapi.yaml#/components/schemas/Order``. ``schema_registry=URL`` of the connection sets the registry. Everything
except Avro from a file needs packages: those of ``pip install 'robotframework-kafka-events[schemas]'``, or only some:
``[jsonschema]``, ``[protobuf]``, ``[registry]``, ``[yaml]``.

More: [guide/formats/schema-registry.md|the schema registry].

== Types ==

In Avro and Protobuf, in both directions: numbers and exact decimals are numbers; dates and times are ISO 8601, enums
their name, bytes base64, UUIDs lower-case text, and unions, ``oneof`` and wrappers the value itself. A published value
has every field that the schema requires and no other. A CloudEvent is the whole event: ``$.type``, ``$.source``,
``$.data.orderId``.

= Logins and secrets =

Client properties set logins and TLS, by the names of
[https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md|librdkafka] or Java. The first of these
applies: options of the import and of `Connect To Kafka`, the properties file ``config=`` with ``${env:NAME}`` for
environment variables, and environment variables such as ``KAFKA_SASL_PASSWORD``.

| =Login= | =Properties= |
| with a password | ``sasl.mechanism=PLAIN`` or ``SCRAM-SHA-512``, ``sasl.username``, ``sasl.password`` |
| with tokens of an endpoint | ``sasl.oauthbearer.token.endpoint.url``, ``.client.id``, ``.client.secret``, ``.scope`` |
| with your own tokens | ``token_source=``: a keyword or ``module.function`` that returns a token, or token and expiry |
| with a certificate | ``ssl.certificate.location`` and ``ssl.key.location``, or ``ssl.keystore.location`` |

All but the last need ``security.protocol=SASL_SSL``, the last ``SSL``; without TLS it is ``SASL_PLAINTEXT``. Tokens
need ``sasl.mechanism=OAUTHBEARER``. ``ssl.ca.location`` is a PEM file with a private authority.

Secrets from a file, from the environment and from Robot's ``Secret`` values are never shown; a plain option is logged
by Robot at the level TRACE. For a ``Secret`` inside a text Robot writes ``<secret>``, so that text is refused in
values, keys, headers and expected values: use ``${TOKEN.value}`` if the log may show it.
More: [guide/security.md|logins, certificates and secrets].

= The embedded broker =

``bootstrap_servers=embedded`` starts a broker inside the Kafka client, for trying out and for tests
without infrastructure. Topics given as ``watch=`` exist on it from the start, with one partition, and
`Create Topic` makes others; so an application that subscribes to them first gets the first event. Any other
topic appears with its first event, with 4 partitions. It can't delete topics, describe groups, or hide
events of aborted transactions: keywords that need such a thing fail at once and say that a real Kafka is
needed. Other processes reach it at the ``bootstrap_servers`` that `Kafka Should Be Reachable` returns.

= Failures =

A keyword fails if the system under test is wrong (an ``AssertionError`` in Python), if it was misused, or if Kafka
can't be used. The first line is the verdict, then the reason, then what to do.

= In Python =

Each keyword is a method, with the same arguments:

| from KafkaLibrary import KafkaLibrary
|
| kafka = KafkaLibrary("embedded")
| kafka.start_test()
| kafka.publish_event("orders", {"orderId": 42})
| event = kafka.wait_for_event("orders", "orderId == 42", timeout=5)

``start_test()`` begins a test; without it the test begins when the object is created.
"""
