"""What `rasci schema`, `rasci check --format sarif` and `rasci test --format junit` write, held against real readers.

Usage: formats.py METADATA, from the root of the project: what `cargo metadata` says of a crate that depends on
`serde-sarif`, which holds the schema of SARIF 2.1.0.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker
from junitparser import Failure, JUnitXml

# A finding that is suppressed, with the reason.
SUPPRESSED = "rasci: 1\nid: m\nparties: { ann: {} } # rasci: allow(unused-party) because she comes in May\n"

# A model with a test that passes and one that fails, by names that XML must escape.
WORKED = "rasci: 1\nid: m\nparties: { ann: {}, bob: {} }\ntasks: { work: { assign: [{ A/R: ann }] } }\n"
TESTED = """rasci-test: 1
model: m.yaml
tests:
  - { name: "ann's \\"work\\" <is> & ]]> stays \\u0001", task: work, expect: { R: ann } }
  - { name: bob works, task: work, expect: { R: bob } }
"""

# Broken models that the schema rejects, every mistake in them: an editor marks them while they are written.
REJECTED = """
adds-nobody empty-dimension empty-list empty-relation implied-place invalid-id invalid-id-document invalid-id-long
invalid-value invalid-value-date invalid-value-duration letter-without-value merge-key missing-key missing-key-inside
missing-key-version no-letter ten-mistakes unicode-columns unknown-key unknown-key-letter unknown-lint unknown-version
wrong-type-and-names wrong-type-list wrong-type-map wrong-type-nothing wrong-type-null wrong-type-text wrong-type-vocabulary
""".split()

# Of mistakes of several kinds, so many are of those that a schema sees.
SEEN_IN_PART = {"ten-mistakes": 4, "wrong-type-and-names": 3, "wrong-type-vocabulary": 1}

# The others, by the reason why a schema cannot.
ACCEPTED = {
    "the text is no YAML, or no single document": """
        non-text-key several-documents syntax syntax-bracket syntax-colon syntax-indentation syntax-quote syntax-tab""",
    "readers of YAML resolve it before a schema sees the value": "anchor anchor-only duplicate-key tag",
    "a name is known, or given twice, only once documents are read as a whole": """
        duplicate-id duplicate-id-alias duplicate-id-assignment duplicate-id-step impossible-condition
        unknown-component unknown-dimension unknown-party unknown-relation unknown-requirement unknown-source
        unknown-step unknown-task unknown-value""",
    "it depends on other files": """
        duplicate-id-variant extends-cycle extends-cycle-self missing-file missing-file-alone moved-entry outside-root outside-root-base removed-entry
        unknown-assignment unknown-task-remove""",
    "it depends on several entries": """
        absent-circle absent-circle-self limit-exceeded membership-cycle membership-cycle-nested
        membership-cycle-self overlapping-absence""",
    "a pattern that compares the letters of several keys would need what not every validator has": "letter-twice",
    "another document may say that the party is a person": "persons-only",
}
CLASSED = {name: reason for reason, names in ACCEPTED.items() for name in names.split()}


def json_of(node):
    """The value that a YAML 1.2 reader makes of a node: a plain date is text, a plain `1.10` a number, `no` text."""
    if isinstance(node, yaml.MappingNode):
        return {text_of(key): json_of(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [json_of(item) for item in node.value]
    text = node.value
    if node.style:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text.lower() in ("true", "false") and text in (text.lower(), text.title(), text.upper()):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text


def text_of(key):
    if not isinstance(key, yaml.ScalarNode):
        raise yaml.YAMLError("a key that is a list or a map")
    return key.value


def read(text):
    return json_of(yaml.compose(text, Loader=yaml.SafeLoader))


def accepted_models(rejects):
    """Whatever loads must be accepted: the shipped models, and the complete examples of the language page."""
    models = [path for path in Path("policies").rglob("*.yaml") if "broken" not in path.parts and not path.match("*.test.yaml")]
    texts = {str(path): path.read_text() for path in models}
    page = Path("docs/language.md").read_text()
    texts |= {f"example {nth}": text for nth, text in enumerate(re.findall(r"\n```yaml\n(.*?)\n```", page, re.S), 1)}
    for name, text in texts.items():
        yield from (f"{name} is rejected: {error}" for error in rejects(text))
    print(f"{len(texts)} models are accepted")


def broken_models(rejects):
    """Every mistake of a broken model is seen, or there is a reason why it cannot be."""
    rejected = 0
    for path in sorted(Path("policies/broken").iterdir()):
        text = (path / "model.yaml" if path.is_dir() else path).read_text()
        errors = rejects(text)
        rejected += bool(errors)
        named = sum(line.count(",") + 1 for line in re.findall("# error: (.*)", text))
        expected = SEEN_IN_PART.get(path.stem, named)
        if path.stem in REJECTED and len(errors) < expected:
            yield f"{path.name}: {expected} mistakes are in it, and {errors} are seen"
        elif path.stem in CLASSED and errors:
            yield f"{path.name} is rejected, which is better than its reason says: {errors}"
        elif path.stem not in REJECTED and path.stem not in CLASSED and "# error" in text:
            yield f"{path.name} stands in no list; the schema {'rejects' if errors else 'accepts'} it"
    print(f"{rejected} broken models are rejected")


def examples(schema):
    """The example of each key is what its key takes."""
    count = 0
    for of in [schema, *schema["$defs"].values()]:
        for key, value in of.get("properties", {}).items():
            for example in value["examples"]:
                count += 1
                for error in Draft202012Validator({**value, "$defs": schema["$defs"]}).iter_errors(example):
                    yield f"the example of {key}: {error.message}"
    print(f"{count} examples are what their keys take")


def written(*words):
    command = ["cargo", "run", "--quiet", "--features", "cli", "--", *words]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def rasci(*words):
    return json.loads(written(*words))


def sarif(metadata):
    """What `check` says of broken models and of sound ones is SARIF."""
    [manifest] = [each["manifest_path"] for each in json.loads(metadata)["packages"] if each["name"] == "serde-sarif"]
    schema = json.loads(Path(manifest).with_name("src").joinpath("schema.json").read_text())
    validator = Draft7Validator(schema, format_checker=FormatChecker())
    with tempfile.TemporaryDirectory() as folder:
        suppressed = Path(folder) / "suppressed.yaml"
        suppressed.write_text(SUPPRESSED)
        log = rasci("check", "--format", "sarif", str(suppressed))
        suppressions = [each["justification"] for result in log["runs"][0]["results"] for each in result["suppressions"]]
        if suppressions != ["she comes in May"]:
            yield f"the suppressions are {suppressions}"
        yield from (f"sarif of suppressions: {error.json_path}: {error.message}" for error in validator.iter_errors(log))
    for path in ("policies/broken", "policies/anywherenow"):
        log = rasci("check", "--format", "sarif", path)
        yield from (f"sarif of {path}: {error.json_path}: {error.message}" for error in validator.iter_errors(log))
        print(f"{len(log['runs'][0]['results'])} results of {path} are valid SARIF")


def junit():
    """What `test` says, of what passes and what fails, is JUnit to another reader."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "m.yaml").write_text(WORKED)
        Path(folder, "m.test.yaml").write_text(TESTED)
        suites = list(JUnitXml.fromstring(written("test", "--format", "junit", folder)))
    cases = [case for suite in suites for case in suite]
    if [(suite.tests, suite.failures, suite.errors) for suite in suites] != [(2, 1, 0)] or len(cases) != 2:
        yield f"of two tests, one of which fails, JUnit says {[suite.tostring() for suite in suites]}"
    for case, name, kinds in zip(cases, ("ann's \"work\" <is> & ]]> stays", "bob works"), ([], [Failure])):
        if not case.name.startswith(name) or [type(result) for result in case.result] != kinds:
            yield f"the test `{name}` is `{case.name}` with {case.result}"
    [failure] = cases[1].result
    if "expected  `bob`" not in failure.text or "actual    `ann`" not in failure.text or "m.yaml:4" not in failure.text:
        yield f"the failure says {failure.text}"
    shipped = JUnitXml.fromstring(written("test", "--format", "junit", "policies/anywherenow", "policies/mydre"))
    count = sum(suite.tests for suite in shipped)
    if count < 200 or any(suite.failures for suite in shipped):
        yield f"of the shipped models, JUnit says {shipped.tostring()[:1000]}"
    print(f"{count} tests are read as JUnit")


def main(metadata):
    schema = rasci("schema")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())

    def rejects(text):
        try:
            value = read(text)
        except yaml.YAMLError:
            return []  # nothing to hold against a schema; an editor says so itself
        return [f"{error.json_path}: {error.message[:100]}" for error in validator.iter_errors(value)]

    wrong = [*accepted_models(rejects), *broken_models(rejects), *examples(schema), *sarif(Path(metadata).read_text()), *junit()]
    sys.exit("\n".join(wrong) or 0)


main(*sys.argv[1:])
