"""The introduction of the keyword manual. Its examples run in the tests."""

INTRODUCTION = r"""Tests event-driven systems on Kafka: publishes events, waits for them and checks them.

An answer 200 says that the switch was flipped; only the event says that the light is on.
These keywords stand beside HTTP and browser keywords in one suite:

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
- *Never a false pass.* A broker that is away, a missing topic or an event that can't be read fails
  the keyword. A negative such as `No Event Should Arrive` passes on what was read to the end only.
- *Never a missed event.* A wait begins at an offset that was noted before the test acted, and reads
  on to the end that the topic has at the deadline.
- *A failure explains itself.* It says where the wait began, what was read, and what came nearest.
- *No time lost.* A wait returns when the event can be read. There is no polling interval, and no
  consumer group to join.

= Words =

| =Word= | =Meaning= |
| event | one Kafka record, with its topic, partition, offset, timestamp, key, value and headers |
| value | the body of an event; an event without one is a tombstone |
| field | a part of the value, named by a path |
| connection | one Kafka cluster under an alias, with its settings |
| mark | for every partition of a topic, the offset from which a wait looks |
| condition | path, operator and expected value; an event matches when all conditions hold |
| consumer group | Kafka's own, and always one of the system under test: this library joins none to read |

An event has the attributes ``topic``, ``partition``, ``offset``, ``timestamp``, ``key``, ``value``, ``headers``,
``raw_key``, ``raw_value``, ``raw_headers`` and ``is_tombstone``. Objects in a value can be read as attributes:
``${event.value.order.id}``, and so can headers: ``${event.headers.source}``, ``${event.headers['x-id']}``.
An event can't be changed; its ``value`` is a copy for the test to keep, with Python's own numbers: ``10.10`` is
10.1 there. Its bytes are ``raw_value``.

= Topics =

Where a keyword can look at several topics they are a list, or one cell with commas between. A name with ``*`` or ``?``
is a pattern, ``*`` for any characters and ``?`` for one; what begins with ``^`` is a regular expression as consumers
take it, which has to fit the beginning of a name, or with ``$`` at its end all of it:

| `Publish Event`    orders.eu    {"orderId": 42}
| `Wait For Event`    orders.*    orderId == 42
| `Wait For Event`    ^orders[.](eu|us)$    orderId == 42
| `Wait For Event`    orders.eu, orders.us    orderId == 42

A pattern means the topics that there are and those that come while the keyword waits, of all that the connection's
login may see: one without the right to describe it is not there for Kafka's answer. Watch a pattern, as ``watch=`` or
by `Watch Topics`, and a topic that comes later is read from its first event. A negative looks at all that are meant at
its end, and fails where none is. Kafka's internal topics, ``__consumer_offsets`` and the like, are meant only where
the pattern itself begins with ``__``. Only where a pattern is used are the names of all topics asked for.

= Where a wait begins =

The first of these applies:
- 1. ``since=`` of the keyword: ``earliest``, ``latest``, ``test start``, ``suite start``, a time span ago
   (``30 s``), a point in time (``2026-05-31 17:03:11``; local time unless it has a zone), a mark that
   `Watch Topics` gave, or an event (what comes after it).
- 2. The start of the current test, for every topic that the connection knows: topics named as ``watch=``
   when the library is imported, topics given to `Watch Topics`, and topics that were read before.
   They are marked anew, by offset, when a test starts. In the setup and teardown of a suite the start
   of the suite counts. `Watch Topics` in the middle of a test marks from there.
- 3. For a topic that is named for the first time: the start of the test by the events' timestamps, and
   whatever this connection published in this test. This alone depends on clocks; ``watch=`` does not.

A topic that does not exist yet counts as empty: when it appears it is read from its first event, and
so are partitions that are added. Asking about a topic never creates it. A topic that was deleted and
made again is noticed and read from its new beginning.

Nothing is consumed: the same wait gives the same event again, and neither the system under test nor
tests beside this one lose events to it. Events of open and aborted transactions are not seen unless
the connection has ``isolation.level=read_uncommitted``.

= Conditions =

A condition is one cell with its operator between spaces, three cells, or a dictionary of paths and
values that must all be equal. All conditions must hold.

| `Publish Event`    payments    {"amount": 100, "currency": "EUR", "tags": ["new"]}    key=p-1
| `Wait For Event`    payments    $.amount >= 100    currency == EUR
| `Wait For Event`    payments    $.amount    >=    ${100}    tags contains new
| VAR    &{fields}    amount=${100}    currency=EUR
| `Wait For Event`    payments    ${fields}    key == p-1

``amount=100`` is Robot's way to name an argument and no condition: it is refused, so that a misspelt
argument never becomes a condition that no event meets. Arguments such as ``timeout=`` come after the
conditions.

== Paths ==

| =Path= | =Finds= |
| ``$.order.id``, ``order.id`` | a field of the value; a bare name means the same as with ``$.`` |
| ``items[0].sku``, ``items[-1]``, ``$['any name']`` | an element of a list; a name with any characters |
| ``items[*].sku`` | all of them: the condition holds when it holds for any; ``!=`` and ``not ...`` ask it of all |
| ``$..sku``, ``$.items[?(@.quantity > 1)]``, ``items[0:2]`` | at any depth, by a filter, a slice |
| ``value``, ``$`` | the value as Kafka has it; what is in it, see `Null and tombstones` |
| ``key``, ``key.id`` | the key, and a field of a key that is JSON |
| ``headers.NAME``, ``headers.NAME[0]``, ``headers.NAME[*]`` | the last header of that name; the first; all of them |
| ``headers.dead-letter-topic`` and the like | the first: SmallRye puts those of the newest death in front |
| ``headers`` | all headers by name: an event without any meets ``headers == {}`` |
| ``is_tombstone``, ``topic``, ``partition``, ``offset``, ``timestamp`` | the event's own |
| ``trace`` | the id of the trace in the event's headers, in whatever form its tracer wrote it |

Filters are those of jsonpath-ng; on Python 3.10, where its releases end at 1.8, a filter is one comparison, and
values of mixed types in it can't be judged.
A field of the value that has one of the last names is written with ``$.``: ``$.key``.

== Null and tombstones ==

An event without a value is a tombstone: ``value == null`` waits for one, and so does ``is_tombstone == true``. The four
bytes ``null`` are a value, JSON's null, and nothing deletes them from a compacted topic: they are ``$ == null``. A
tombstone has nothing at ``$`` and no field. Failures call it a tombstone, and tell where the other of the two was
there; a negative that passed beside the other one warns.

| `Publish Event`    rows    null    key=7
| `Wait For Event`    rows    $ == null    key == 7
| `Publish Tombstone`    rows    7
| `Wait For Event`    rows    value == null    key == 7

An event without a key has the key null: ``key == null``. The text ``null`` as a key is ``key == "null"``. Whether a key
or a value that is null ``exists`` is not guessed: that fails, and says what to write.

== JSON in texts ==

Outbox tables, gateways and log shippers send JSON as a text in JSON. A path that leads into a text which is JSON goes
on in it, in a field, a value or a key, however often it was put into a text. An object or a list equals a text that is
the JSON of it, whatever its blanks and the order of its names, in conditions and in `Event Should Be Like`. A key
``"42"`` with quotes is ``key == 42`` too. Messages say so. What a path ends at stays the text that it is.

| `Publish Event`    calls    {"res": "{\\"status\\": 200}"}    key={"id":10}
| `Wait For Event`    calls    res.status == 200    key == {"id": 10}
| `Wait For Event`    calls    res == {"status":200}

A path with ``..`` goes on in texts where it finds nothing without them. With ``strict=True`` a text is a text.

== Operators ==

| =Operator= | =Holds when the field= |
| ``==`` ``!=`` | equals, or does not equal, the expected value |
| ``>`` ``>=`` ``<`` ``<=`` | is greater or less: by number or by time where both are such, otherwise as text |
| ``*=`` or ``contains``, ``not contains`` | contains a text; for a list, an equal element |
| ``^=`` ``$=``, ``not ^=`` ``not $=`` | begins or ends with a text |
| ``matches``, ``not matches`` | matches a regular expression anywhere |
| ``in``, ``not in`` | equals one of several values with commas between, or of a JSON list |
| ``length ==``, ``length >=`` and so on | has so many elements, fields or characters: a list, an object, a text |
| ``exists``, ``does not exist`` | is there, even if null; is not there |

| `Publish Event`    orders    {"orderId": 42, "status": "PAID", "items": [{"sku": "P-7"}, {"sku": "P-8"}]}
| `Wait For Event`    orders    orderId == 42    status not in NEW, CANCELLED    items length == 2

What has no length, null and numbers, meets none; a field that is itself named so is ``$.length``, ``order.length``.
There is no "or": several values are ``in``, and a negative of different fields is two keywords.

== Expected values ==

Text in a cell is compared by the field's own type: the number 42 equals ``42`` and ``42.0``, true
equals ``true`` and ``True``, null equals ``null`` and ``None``, a list or object equals the JSON text of
it, a text equals itself. ``"42"`` in double quotes is only the text. Nothing after ``==`` or ``!=`` is the
empty text. A variable in a cell of its own, or in a dictionary, is compared as it is, numbers by value.
With ``strict=True`` types are compared too, and a text in a dictionary or a list is a text only; without, it may stand
for a number, since ``VAR    &{fields}    amount=100`` makes texts. Numbers are exact, however many digits they have.
A missing field meets ``does not exist`` only; null is not missing. A ``Secret`` is refused, for a failure would
show it: give its text, ``${SECRET.value}``, where that may be in the log.

A condition that can't be read fails before anything else happens, and so does one that hardly means what it says, which
nothing would meet, or all would: nothing behind ``>`` or ``contains``, single quotes around a value, a second condition
or an argument in the same cell, a number before the operator or with a comma, a second operator as in
``status != matches x``, a list in parentheses, a regular expression between slashes. In double quotes any text is taken
as it stands: ``note == "'quoted'"``.

Bytes that are no text are compared with bytes in a variable only. Where a condition asks for a text or a number, they
decide nothing: a wait goes on and shows them, and a negative fails and names the event. `Set Topic Format` says what
they are.

A decimal that Kafka Connect wrote without its schema is such a value too: ``12.34`` is the text ``BNI=`` then, the
Base64 of 1234. No number is greater or less than it, and a negative fails on one that is the expected number at some
scale.

In a cell Robot takes a backslash away, so a regular expression has two: ``code matches ^P-\\d+$``.

== Times ==

Two date-times of ISO 8601 with zones are instants, for order and for ``==``, with fractions of any length:
``2026-05-31T17:00:00Z`` equals ``2026-05-31T17:00:00.000000Z``, ``2026-05-31T19:00+02:00`` and
``2026-05-31T19:00+02:00[Europe/Prague]``. It is so inside lists and objects, in keys and headers, and with a
``datetime`` in a variable. Parts of a text are looked for by letters, as ever; with ``strict=True`` texts are compared.

| `Publish Event`    payments    {"paymentId": 7, "paidAt": "2026-05-31T19:00:00.5+02:00"}
| `Wait For Event`    payments    paymentId == 7    paidAt >= 2026-05-31T17:00:00Z

Where one of the two has no zone, nobody knows how they compare, unless they are so far apart, fourteen hours at most,
that no zone of the world could change it. Nor does anybody where one only looks like a date-time,
``2026-02-30T10:00:00Z``, is a day and the other a moment of it, or is a number and its order is asked. That is not
guessed: a wait goes on, a negative fails, and both tell. Two without zones are taken to have the same one. Days are
compared with days.

The event's own ``timestamp`` is compared with a date-time, of local time where it has no zone, and with the
milliseconds since 1970 in which Kafka counts: ``timestamp >= 1780246991120``.

= Doubts =

A keyword that passed, and perhaps not for what was meant, says so in a warning:

| =What= | =Example= |
| no event that was read has the field | ``customerNumber == 42`` |
| there is nearly that name, or it would match at another place | ``orderID``, ``header.source``, ``items.length`` |
| types, quotes or blanks, or upper and lower case, alone decide | ``status == paid`` where it was PAID |
| a number is written as people do | ``total == 9.50 EUR``, ``key == 07`` |
| a sign does not stand for several values | ``status == PA*``, ``status matches PA%``, ``status == NEW or PAID`` |
| a text meets an order by its letters | ``amount > 100`` where it was n/a |

It looks at the events that were read: at a negative, and `Get Events` with nothing to give, whether one would match but
for such a difference; at a match by ``!=``, an order or a negated operator, whether it is one by that alone.

Nobody reads the warnings of a run by night. With ``doubts=fail`` at the import the keyword fails, and says the same:

| Library    KafkaLibrary    bootstrap_servers=kafka:9092    doubts=fail

Where such a difference counts give ``strict=True``, and for an order by letters write ``date > "2026"``. A field that
may well be missing is told by one more condition, ``refund exists    refund.reason == fraud``. Nothing is said, either,
where the other conditions already leave out every event, as ``type == Refunded    reason == fraud`` does while no such
event came.

= Formats =

A test reads the same whatever the bytes look like: values go in as dictionaries or JSON, fields come out by path.
What a topic's values and keys are is said by `Set Topic Format`, or by ``format=`` and ``schema=`` of one keyword.

| =Format= | =Values= |
| ``json``, ``text``, ``bytes`` | JSON; text in UTF-8; bytes as they are |
| ``avro``, ``protobuf``, ``json-schema`` | by a schema: that of a registry, or a file alone |
| ``long``, ``int``, ``short``, ``double``, ``float``, ``uuid`` | as Kafka's own serializers in Java write them |
| ``windowed:text`` and the like | keys of windows of Kafka Streams, see `Keys of windows` |
| ``connect-json`` | JSON of Kafka Connect with its schema, such as Debezium's: the payload, read by the schema |
| ``cloudevents``, ``cloudevents-structured`` | a CloudEvent with its attributes in headers, or all of it in JSON |
| ``cloudevents:avro`` and the like | the same with data in that format |
| ``own:gzip.decompress, gzip.compress:json`` and the like | by functions of your own, or of any Python package |

Where nothing is said, each event tells: by the headers of a CloudEvent; by the frame of the schema registry, in its
headers or in front of the value, where the connection has a registry; by the schema in an envelope of Kafka Connect;
as JSON, as text, as bytes. The evidence in ``log.html`` says what it was taken for. An event that fits no format with
fields stops no wait where a condition asks for a field: it is counted and shown.

Text is what is UTF-8 and has no control characters but tabs and line breaks. What is no text is bytes, so that a number
in bytes is never taken for one.

== Headers ==

A header is text or bytes, unless `Set Topic Format` declares it: ``headers=attempts=int, sentAt=long``, for one topic
or for all, ``*``. Its formats are ``json``, ``text``, ``bytes``, ``long``, ``int``, ``short``, ``double``, ``float``,
``uuid``, and ``bigint``, which is a whole number in as many bytes as it needs. What `Publish Event` is given for it
goes out in them.

Without a declaration these are read, and whole numbers published, as their frameworks write them; a decimal text stays
text:

| =Headers= | =Format= | =Written by= |
| ``kafka_dlt-original-partition``, ``kafka_original-partition`` | ``int`` | Spring for Apache Kafka |
| ``kafka_deliveryAttempt``, ``retry_topic-attempts`` | ``int`` | likewise |
| ``kafka_dlt-original-offset``, ``-timestamp``, ``kafka_original-offset``, ``-timestamp`` | ``long`` | likewise |
| ``retry_topic-original-timestamp``, ``retry_topic-backoff-timestamp`` | ``bigint`` | likewise |
| ``x-original-partition`` | ``int`` | Spring Cloud Stream |
| ``x-original-offset``, ``x-original-timestamp`` | ``long`` | likewise |
| ``apicurio.value.globalId``, ``apicurio.value.contentId``, and with ``key`` | ``long`` | Apicurio Registry |
| ``deserialization-failure-data``, ``-key-data``, ``-value-data`` | ``bytes`` | SmallRye Reactive Messaging |
| ``elasticapmtraceparent`` | text as in ``traceparent``: ``00-TRACE-SPAN-01`` | Elastic APM |

The evidence in ``log.html`` says what a header was read as.

== Keys of windows ==

| =Format= | =Keys that Kafka Streams writes= |
| ``windowed:text`` | of windows of time |
| ``session-windowed:text`` | of sessions |
| ``windowed-store:text`` | of windows of time in the changelog of their store |

Behind the colon stands the format of the key inside, any of those for keys: ``windowed:long``. In conditions ``key`` is
the key inside, ``key.start`` and ``key.end`` are its window in ISO 8601. Of windows of time the end is known only where
`Set Topic Format` was given their ``window_size``. Such a key is published as a dictionary or JSON with ``key`` and
``start``, for sessions ``end`` too.

| `Set Topic Format`    visits    value=long    key=windowed:text    window_size=5 min
| `Publish Event`    visits    ${2}    key={"key": "ada", "start": "2026-05-31T17:00:00Z"}
| `Wait For Event`    visits    key == ada    key.start == 2026-05-31T17:00:00Z    value == 2

== Formats of your own ==

``own:`` names what reads and what writes, with a comma between: functions as ``module.function``, or keywords with one
argument. A module, class or object with ``decode`` and ``encode`` is named once. What reads gets the bytes. What it
gives is the value: a dictionary, a list, a text, a number; bytes are read by the format that stands behind it,
``own:gzip.decompress, gzip.compress:json``, or as each of them tells. With a format behind it, what writes gets the
bytes of that format, else the value itself. Without something that writes nothing can be published.

| VAR    ${zipped}    own:gzip.decompress, gzip.compress:json
| `Publish Event`    payments    {"orderId": 42}    format=${zipped}
| `Wait For Event`    payments    orderId == 42    format=${zipped}

What fails in them is the reason why an event can't be read: it stops no wait. They are called once for the same bytes,
and not where other conditions have decided already.

== Schemas ==

``schema=`` is the path of an ``.avsc``, ``.proto``, ``.json`` or ``.yaml`` file, tried against the suite's folder
first; the schema itself, as text or a dictionary; the id of a schema in the registry; a subject such as
``orders-value``, or a version of it, ``orders-value:3``. A part of it is named behind ``#``: a message of a Protobuf
schema, ``orders.proto#Order``; in JSON and YAML a JSON pointer, ``asyncapi.yaml#/components/schemas/Order``, or an
anchor. YAML is read by the rules of YAML 1.2: ``NO`` is a text. The registry is given by ``schema_registry=URL`` of the
connection. It is asked only where a schema is needed that was not seen before. All but Avro from a file needs packages
that come with ``pip install 'robotframework-kafka-events[schemas]'``.

== Types ==

These hold for Avro and Protobuf, and in both directions:

| =Type= | =Value= |
| numbers | numbers, those of 64 bits too; decimals exact; a text is a number for a decimal alone |
| date-times, dates, times | ISO 8601: ``2026-05-31T17:03:11.120Z``, ``2026-05-31``, ``17:03:11.120`` |
| enums | the name |
| bytes, fixed | base64 text; published from that, or from bytes |
| UUIDs | text in lower case |
| unions, ``oneof``, wrappers | the value itself, whichever it is |

A value that is published has every field that the schema asks for, except those with a default, and no field that
the schema does not know: a misspelt one would be lost silently. The failure names each field that does not fit.
Fields of Protobuf are named as in its JSON form, ``orderId`` for ``order_id``; on publishing both are taken. A field
that can't be told from an unset one is always there: ``0``, an empty text, ``false``.
A value of a CloudEvent is the whole event in either mode: ``$.type``, ``$.source``, ``$.data.orderId``.

= Logins and secrets =

Logins and TLS are said by client properties, by the names of
[https://github.com/confluentinc/librdkafka/blob/master/CONFIGURATION.md|librdkafka]
or, where they mean the same, of Java. The first of these that has a property wins:
- 1. options of the import and of `Connect To Kafka`, such as ``sasl.username=ada``
- 2. the properties file ``config=``, written as for Java; ``${env:NAME}`` in it is a variable of the environment
- 3. variables of the environment such as ``KAFKA_SASL_PASSWORD`` for ``sasl.password``

| =Login= | =Properties= |
| by a password | ``sasl.mechanism=PLAIN`` or ``SCRAM-SHA-512``, ``sasl.username``, ``sasl.password`` |
| by tokens of an endpoint | ``sasl.oauthbearer.token.endpoint.url``, ``.client.id``, ``.client.secret``, ``.scope`` |
| by tokens of your own | ``token_source=``: a keyword or ``module.function`` that gives a token, or token and expiry |
| by a certificate | ``ssl.certificate.location`` with ``ssl.key.location``, or ``ssl.keystore.location`` in PKCS#12 |

All but the last need ``security.protocol=SASL_SSL``, and that one ``SSL``; without TLS it is ``SASL_PLAINTEXT``. Tokens
need ``sasl.mechanism=OAUTHBEARER``. ``ssl.ca.location`` is a PEM file with the authority, where it is not a public one.

Secrets from a file, from the environment and as Robot's ``Secret`` values are shown nowhere. A plain option is logged
by Robot itself at the level TRACE.

Where a ``Secret`` stands inside a text, as in ``Bearer ${TOKEN}``, Robot writes ``<secret>`` instead. So that text is
refused in values, keys, headers and what is expected: give ``${TOKEN.value}`` where it may be in the log. The text
``<secret>`` itself is sent, and compared, as bytes: ``${{ b'<secret>' }}``.

= The embedded broker =

``bootstrap_servers=embedded`` starts a broker inside the Kafka client, for trying out and for tests
without infrastructure. Topics appear on it with their first event, with 4 partitions. It can't create
or delete topics, describe groups, or hide events of aborted transactions: keywords that need such a
thing fail at once and say that a real Kafka is needed. Other processes reach it at the
``bootstrap_servers`` that `Kafka Should Be Reachable` gives.

= Failures =

There are three kinds: the system under test is wrong (an ``AssertionError`` for Python), a keyword was
misused, Kafka can't be used. The first line is the verdict, then comes the reason, then what to do.

= In Python =

Each keyword is a method, with the same arguments:

| from KafkaLibrary import KafkaLibrary
|
| kafka = KafkaLibrary("embedded")
| kafka.start_test()
| kafka.publish_event("orders", {"orderId": 42})
| event = kafka.wait_for_event("orders", "orderId == 42", timeout=5)

``start_test()`` says that a test begins; without it the making of the object counts.
"""
