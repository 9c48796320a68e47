"""Consumer: pyrefiqda, whose classes were made from REFI-QDA's schema, for the qdpx export.

What it reads and writes again must be the same XML, in the schema's order and with nothing left over; ids must be
GUIDs, unique, and refer to something. Texts, selections (one a fragment, with the exact text as name), codes, notes
and links must be golden's. An end may be exclusive or inclusive, as tools differ, but the same throughout.
The schema file itself is in no registry. What the format cannot hold: which fragments belong together."""
import re
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from pyrefiqda import RefiProject
from xsdata.formats.dataclass.serializers.config import SerializerConfig
from xsdata_pydantic.bindings import XmlSerializer

import golden

run = golden.Checks()
file = run.folder / "project.qdpx"
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def tree(element):
    """An element as plain data, without what the namespaces' machinery adds."""
    attributes = {k: v for k, v in element.attrib.items() if "XMLSchema-instance" not in k}
    return element.tag, attributes, (element.text or "").strip(), [tree(child) for child in element]


def schema():
    with zipfile.ZipFile(file) as z:
        names = z.namelist()
        source = z.read("project.qde")
    strange = [n for n in names if n != "project.qde" and not re.fullmatch(r"[sS]ources/[^/]+", n)]
    assert not strange, f"unexpected in the archive: {strange}"
    with tempfile.TemporaryDirectory() as folder:
        project = RefiProject.load(file, folder)
    again = XmlSerializer(config=SerializerConfig(encoding="UTF-8")).render(project, ns_map={None: "urn:QDA-XML:project:1.0"})
    was, now = tree(ElementTree.fromstring(source)), tree(ElementTree.fromstring(again.encode()))
    assert was == now, f"written again it differs at {where(was, now)}"
    root = ElementTree.fromstring(source)
    guids = [e.get("guid") for e in root.iter() if e.get("guid")]
    twice = [g for g, n in Counter(guids).items() if n > 1]
    assert not twice, f"guids that repeat: {twice[:3]}"
    for e in root.iter():
        for name, value in e.attrib.items():
            if name in ("creatingUserGUID", "targetGUID", "originGUID", "creatingUser", "modifyingUser"):
                assert value in guids, f"{name} refers to nothing: {value}"
    wrong = [g for g in guids if not GUID.fullmatch(g)]
    assert not wrong, f"no guids: {wrong[:3]}"
    return f"{len(guids)} guids"


def where(a, b):
    if a[:3] != b[:3] or len(a[3]) != len(b[3]):
        return f"{str(a[:3])[:300]} and {str(b[:3])[:300]}, {[c[0] for c in a[3]][:6]} and {[c[0] for c in b[3]][:6]}"
    return next((where(x, y) for x, y in zip(a[3], b[3]) if x != y), "the end")


def content():
    with tempfile.TemporaryDirectory() as folder:
        project = RefiProject.load(file, folder)
        codes = {c.guid: c.name for c in project.code_book.codes.code}
        labels = {a["label"] for r in run.golden for a in r["annotations"]}
        assert labels <= set(codes.values()), f"codes: {sorted(codes.values())}"
        sources = [(s, Path(RefiProject.resolve_source_path(s.plain_text_path, folder)).read_bytes().decode())
                   for s in project.sources.text_source]
    more = end_offset(sources)
    records, ends = [], {}
    for source, text in sources:
        spans, notes = [], []
        for s in source.plain_text_selection:
            (coding,) = s.coding
            key = ((s.start_position, s.end_position + more),), codes[coding.code_ref.target_guid]
            spans.append(key)
            ends[s.guid] = ends[coding.guid] = len(records), key
            if s.description:
                notes.append((key, s.description))
        records.append(dict(text=text, spans=spans, notes=notes, relations=[]))
    for link in project.links.link if project.links else ():
        (record, from_), (_, to) = ends[link.origin_guid], ends[link.target_guid]
        assert link.direction and link.direction.value == "OneWay", f"a link without a way: {link.name}"
        records[record]["relations"].append((link.name, from_, to))
    want = [with_notes(golden.single(r), r) for r in run.golden]
    golden.same([golden.seen(**r) for r in records], want)
    return f"{len(records)} sources, {sum(len(r['spans']) for r in records)} selections, ends {'in' if more else 'ex'}clusive"


def with_notes(one, record):
    """Notes stand at the first fragment."""
    first = lambda k: ((k[0][0],), k[1])
    one["notes"] = Counter((first(k), n) for k, n in golden.whole(record)["notes"].elements())
    return one


def end_offset(sources):
    """What to add to an end: 0 if all are exclusive, 1 if all are inclusive."""
    selections = [(s, text) for source, text in sources for s in source.plain_text_selection]
    for more in (0, 1):
        wrong = [s for s, text in selections if text[s.start_position:s.end_position + more] != s.name]
        if not wrong:
            return more
    raise AssertionError(f"{wrong[0].name!r} is not what stands at {wrong[0].start_position}")


run.check("qdpx", "pyrefiqda's schema", golden.version("pyrefiqda"), schema)
run.check("qdpx", "pyrefiqda", golden.version("pyrefiqda"), content)
run.done()
