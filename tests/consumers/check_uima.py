"""Consumers: dkpro-cassis, and Apache UIMA for Java (CheckXmi.java), for the uima export (XMI and JSON CAS).

Text, fragments, labels, relations, attributes and notes must be golden's; offsets in the files count UTF-16 units."""
import base64
import glob
import json
import subprocess
from collections import defaultdict

import cassis

import golden
import layout

run = golden.Checks()
folder = run.folder / "uima"
known = {n for r in run.golden for a in r["annotations"] for n in a["attributes"]}


def record(cas):
    """A CAS as a record; cassis has made code points of its offsets."""
    spans = {s.xmiID: s for s in cas.select(layout.SPAN_TYPE)}
    first = {}
    if cas.typesystem.contains_type(layout.CONTINUATION_TYPE):
        for tie in cas.select(layout.CONTINUATION_TYPE):
            first[getattr(tie, layout.UIMA_TO).xmiID] = getattr(tie, layout.UIMA_FROM).xmiID
    fragments, key, attributes, notes = defaultdict(list), {}, [], []
    for id_, s in spans.items():
        head = first.get(id_, id_)
        fragments[head].append((s.begin, s.end))
        assert getattr(s, layout.UIMA_LABEL) == getattr(spans[head], layout.UIMA_LABEL), f"fragments with two labels at {s.begin}"
    for id_, places in fragments.items():
        s = spans[id_]
        key[id_] = one = tuple(sorted(places)), getattr(s, layout.UIMA_LABEL)
        attributes += [(one, n, value) for n in known if (value := getattr(s, n, None))]
        notes += [(one, note)] if (note := getattr(s, layout.UIMA_NOTE)) else []
    relations = [(getattr(r, layout.UIMA_KIND), *(key[getattr(r, end).xmiID] for end in (layout.UIMA_FROM, layout.UIMA_TO)))
                 for r in cas.select(layout.RELATION_TYPE)]
    return golden.seen(cas.sofa_string, key.values(), relations, attributes, notes)


def compare(got):
    golden.same(got, [golden.whole(r) for r in run.golden])
    return f"{len(got)} files, {sum(sum(r['spans'].values()) for r in got)} annotations"


def type_system():
    (file,) = folder.rglob("TypeSystem.xml")
    return file


def xmi():
    with open(type_system(), "rb") as f:
        types = cassis.load_typesystem(f)
    got = []
    for file in sorted(folder.rglob("*.xmi")):
        with open(file, "rb") as f:
            got.append(record(cassis.load_cas_from_xmi(f, typesystem=types)))
    return compare(got)


def json_cas():
    got = []
    for file in sorted(f for f in folder.rglob("*.json") if f.name != layout.ACCOUNT):
        with open(file, "rb") as f:
            got.append(record(cassis.load_cas_from_json(f)))
        disk = json.loads(file.read_text("utf-8"))["%FEATURE_STRUCTURES"]
        want = [w for w in run.golden if w["text"] == got[-1]["text"]]
        offsets = sorted((x["begin"], x["end"]) for x in disk if x["%TYPE"] == layout.SPAN_TYPE)
        assert any(offsets == in_utf16(w) for w in want), f"{file.name}: offsets on disk are not UTF-16"
    return compare(got)


def in_utf16(record):
    return sorted((golden.utf16(record["text"], s), golden.utf16(record["text"], e)) for s, e, _ in golden.pieces(record).elements())


def java():
    files = sorted(map(str, folder.rglob("*.xmi")))
    done = subprocess.run(
        ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", jar, str(golden.HERE / "CheckXmi.java"), str(type_system()),
         layout.SPAN_TYPE, layout.UIMA_LABEL, *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-800:]
    by_file = defaultdict(list)
    for line in done.stdout.splitlines():
        if line.startswith("span\t"):
            _, file, begin, end, label, covered = line.split("\t")
            by_file[file].append((int(begin), int(end), label, base64.b64decode(covered).decode()))
    open_ = [sorted((*(golden.utf16(r["text"], x) for x in (s, e)), label, r["text"][s:e])
                    for s, e, label in golden.pieces(r).elements()) for r in run.golden if r["annotations"]]
    for file in by_file:
        got = sorted(by_file[file])
        assert got in open_, f"{file}: {got[:3]}… is no record of golden"
        open_.remove(got)
    assert not open_, f"not exported: {[o[:2] for o in open_]}"
    return f"{len(files)} files, {sum(map(len, by_file.values()))} fragments"


jar = next(iter(sorted(glob.glob("/usr/share/java/uimaj-core-*.jar"))), "")
version = jar.rpartition("-")[2].removesuffix(".jar")
run.check("uima XMI", "dkpro-cassis", golden.version("dkpro-cassis"), xmi)
run.check("uima JSON", "dkpro-cassis", golden.version("dkpro-cassis"), json_cas)
run.check("uima XMI", "Apache UIMA", version or "missing", java)
run.done()
