#!/usr/bin/env bash
# Versions: @asyncapi/modelina 5.10.1, its generator for Python with the preset for pydantic, and that for Java; Node 20.
# One expects: from a valid schema of an event come classes that hold each event that is valid by it.
# What happens: the const of a text is written as default=''placed'', which is no Python. Of two members, order_id and
#   orderId, one is left, in Java, too, though both are required. And null among the values of an enum is the text "null".
# A tester is hurt: an event type is most often a const, so the models can't be imported; where they can, a model read and
#   written anew has lost a required member, or has a text in place of null.
# Seen: 2026-12-01
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @asyncapi/modelina@5.10.1
cat >models.js <<'JS'
const { JavaGenerator, PythonGenerator, JAVA_JACKSON_PRESET, PYTHON_PYDANTIC_PRESET } = require("@asyncapi/modelina");

const order = (properties) => ({
  $schema: "http://json-schema.org/draft-07/schema#",
  $id: "Order",
  type: "object",
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
const schemas = {
  constant: order({ kind: { const: "placed" } }),
  two: order({ order_id: { type: "string" }, orderId: { type: "integer" } }),
  state: order({ state: { enum: ["paid", null] } }),
};
const generators = {
  python: new PythonGenerator({ presets: [PYTHON_PYDANTIC_PRESET] }),
  java: new JavaGenerator({ presets: [JAVA_JACKSON_PRESET] }),
};

(async () => {
  const written = {};
  for (const [language, generator] of Object.entries(generators)) {
    for (const [name, schema] of Object.entries(schemas)) {
      const models = await generator.generate(schema);
      written[`${language} ${name}`] = models.map((model) => model.result).join("\n");
    }
  }
  console.log(JSON.stringify(written));
})();
JS
node models.js >models.json
python3 - <<'PYTHON'
import ast
import json
import re

models = json.load(open("models.json"))


def lines(model, pattern):
    found = [line.strip() for line in models[model].splitlines() if re.search(pattern, line)]
    print(model, *found, sep="\n  ")
    return found


assert lines("python constant", "Field") == ["kind: str = Field(default=''placed'', frozen=True)"]
try:
    ast.parse(models["python constant"])
    raise AssertionError("the behaviour has changed")
except SyntaxError as error:
    print(error)
ast.parse(models["python state"])
assert len(lines("python two", "Field")) == 1
assert len(lines("java two", "@JsonProperty.*order")) == 1
assert lines("python state", "NULL") == ['NULL = "null"']
assert '"null"' in lines("java state", "NULL")[0]
PYTHON
