"""Consumers: jsonschema (with the model's MUST rules in web_annotation.schema.json), PyLD, and in Node.js Apache
Annotator and dom-anchor-text-position and -quote, for the w3c exports.

Every annotation must obey the rules, use terms of the model only and expand to linked data. Text position selectors
must find in a document of the DOM exactly the words of the text quote selector beside them: Apache Annotator's for
the standard's code points, dom-anchor's for the browsers' UTF-16. Quote selectors must find the same place. Fragments,
labels, attributes, notes and relations must be golden's.
For dom-anchor a prefix or suffix may have no more than 32 UTF-16 units, or it gives up.
The context is our own short form of the standard's, which no registry carries."""
import json
import shutil
import subprocess

import jsonschema
from pyld import jsonld

import golden
import layout

run = golden.Checks()
CONTEXT = json.loads((golden.HERE / "web_annotation.context.json").read_text("utf-8"))


def read(file):
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]


def by_schema(file):
    validator = jsonschema.Draft202012Validator(json.loads((golden.HERE / "web_annotation.schema.json").read_text("utf-8")))
    annotations = read(file)
    for a in annotations:
        for error in validator.iter_errors(a):
            error = jsonschema.exceptions.best_match([error])
            raise AssertionError(f"{a.get('id')}: {error.json_path}: {error.message[:300]}")
    ids = {a["id"] for a in annotations}
    assert len(ids) == len(annotations), "ids repeat"
    return f"{len(annotations)} annotations"


def by_pyld(file):
    def load(url, _options=None):
        assert url.removeprefix("https").removeprefix("http") == "://www.w3.org/ns/anno.jsonld", f"another context: {url}"
        return {"contextUrl": None, "documentUrl": url, "document": CONTEXT, "contentType": "application/ld+json"}

    def keys(node):
        if isinstance(node, dict):
            yield from node
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from keys(child)

    jsonld.set_document_loader(load)
    quads = 0
    for a in read(file):
        strange = {k for k in keys(a) if k.split(":")[0] not in CONTEXT["@context"]} - {"@context"}
        assert not strange, f"{a['id']}: no terms of the model: {strange}"
        expanded = jsonld.expand(a)[0]
        assert expanded["@type"] == ["http://www.w3.org/ns/oa#Annotation"], f"{a['id']}: {expanded.get('@type')}"
        assert "http://www.w3.org/ns/oa#hasTarget" in expanded, f"{a['id']}: no target"
        quads += jsonld.to_rdf(a, {"format": "application/n-quads"}).count("\n")
    return f"{quads} quads"


def records(file, in_browsers_units):
    """Golden records with the annotations that the file has for them."""
    open_ = list(run.golden)
    for text, source, lines in layout.w3c_records(read(file)):
        annotations, relations = [], []
        for a in lines:
            if relation := layout.w3c_relation(a):
                relations.append(relation)
                continue
            targets = many(a["target"])
            assert all(t["source"] == source for t in targets), f"{a['id']} has another source than {source}"
            annotations.append((a["id"], [selectors(t) for t in targets], layout.w3c_bodies(many(a["body"]))))
        one = of_group(text, annotations, relations, in_browsers_units)
        candidates = [r for r in open_ if r["text"] == text]
        assert candidates, f"{source} has a text that golden does not have: {golden.short(text)}"
        problem, record = min(((golden.difference(one, golden.whole(r)), r) for r in candidates), key=lambda x: len(x[0]))
        assert not problem, f"{source}\n" + "\n".join(problem[:8])
        open_.remove(record)
        yield record, annotations
    missing = [r["id"] for r in open_ if r["annotations"]]
    assert not missing, f"not exported: {missing}"


def of_group(text, annotations, relations, in_browsers_units):
    points = golden.from_utf16(text) if in_browsers_units else list(range(len(text) + 1))
    key, attributes, notes = {}, [], []
    for id_, fragments, (label, values, note) in annotations:
        spans = []
        for quote, position in fragments:
            assert position["end"] < len(points), f"{id_} ends past the text"
            span = points[position["start"]], points[position["end"]]
            assert None not in span, f"{id_}: an offset inside a surrogate pair"
            assert text[slice(*span)] == quote["exact"], f"{id_}: {quote['exact']!r} is not {text[slice(*span)]!r}"
            before, after = text[:span[0]], text[span[1]:]
            assert before.endswith(quote.get("prefix", "")) and after.startswith(quote.get("suffix", "")), f"{id_}: another context"
            spans.append(span)
        key[id_] = tuple(spans), label
        attributes += [(key[id_], n, v) for n, v in values]
        notes += [(key[id_], note)] if note else []
    return golden.seen(text, key.values(), [(k, key[a], key[b]) for k, a, b in relations], attributes, notes)


def many(value):
    return value if isinstance(value, list) else [value]


def selectors(target):
    by_type = {s["type"]: s for s in many(target["selector"])}
    return by_type["TextQuoteSelector"], by_type["TextPositionSelector"]


def content(file, in_browsers_units):
    pairs = list(records(file, in_browsers_units))
    return f"{len(pairs)} records, {sum(len(a) for _, a in pairs)} annotations"


def in_the_dom(file, in_browsers_units):
    tasks = [{"text": record["text"], "fragments": [f for _, fragments, _ in annotations for f in fragments]}
             for record, annotations in records(file, in_browsers_units)]
    script = golden.HERE / "check_w3c.mjs"
    done = subprocess.run([shutil.which("node") or "node", str(script), "browser" if in_browsers_units else "standard"],
                          input=json.dumps(tasks), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-600:]
    return done.stdout.strip()


for name, browser in (("w3c", False), ("w3c-browser", True)):
    file = run.folder / f"{name}.jsonl"
    label = "w3c --offsets browser" if browser else "w3c"
    run.check(label, "jsonschema", golden.version("jsonschema"), by_schema, file)
    run.check(label, "PyLD", golden.version("PyLD"), by_pyld, file)
    run.check(label, "python json", "3", content, file, browser)
    run.check(label, "dom-anchor-text" if browser else "apache-annotator", "5.0.0, 4.0.2" if browser else "0.2.0", in_the_dom, file, browser)
run.done()
