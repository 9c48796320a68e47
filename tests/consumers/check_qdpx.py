"""Consumer: pyrefiqda, whose classes were made from REFI-QDA's schema, for the qdpx export.

What it reads and writes again must be the same XML, in the schema's order and with nothing left over; ids must be
GUIDs, unique, and refer to something. Texts, selections (one a fragment, with the exact text as name), codes, notes
and links must be golden's: fragments are tied by links, attributes are codes. An end may be exclusive or inclusive, as
tools differ, but the same throughout. The schema file itself is in no registry."""
import re
import tempfile
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from xml.etree import ElementTree

from pyrefiqda import RefiProject
from xsdata.formats.dataclass.serializers.config import SerializerConfig
from xsdata_pydantic.bindings import XmlSerializer

import golden
import layout

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
        sources = [(s, Path(RefiProject.resolve_source_path(s.plain_text_path, folder)).read_bytes().decode())
                   for s in project.sources.text_source]
    codes = {}

    def name_codes(many, above=()):
        for code in many:
            codes[code.guid] = (*above, code.name)
            name_codes(code.code, (*above, code.name))

    name_codes(project.code_book.codes.code)
    more = end_offset(sources)
    links = project.links.link if project.links else []
    assert all(link.direction and link.direction.value == "OneWay" for link in links), "a link without a way"
    first = {link.target_guid: link.origin_guid for link in links if link.name == layout.QDPX_FRAGMENT}
    people, records, key = {}, {}, {}
    for number, (source, text) in enumerate(sources):
        fragments = defaultdict(list)
        for s in source.plain_text_selection:
            fragments[first.get(s.guid, s.guid)].append(s)
        for guid, selections in fragments.items():
            head = next(s for s in selections if s.guid == guid)
            named = [codes[c.code_ref.target_guid] for c in head.coding]
            (label,) = [path[0] for path in named if path[0] != layout.QDPX_ATTRIBUTES]
            spans = tuple(sorted((s.start_position, s.end_position + more) for s in selections))
            record = records.setdefault((number, head.creating_user), dict(text=text, spans=[], relations=[], attributes=[], notes=[]))
            key[guid], people[guid] = (spans, label), record
            record["spans"].append(key[guid])
            record["attributes"] += [(key[guid], path[1], path[2]) for path in named if path[0] == layout.QDPX_ATTRIBUTES]
            record["notes"] += [(key[guid], head.description)] if head.description else []
    for link in links:
        if link.name != layout.QDPX_FRAGMENT:
            people[link.origin_guid]["relations"].append((link.name, key[link.origin_guid], key[link.target_guid]))
    golden.same([golden.seen(**r) for r in records.values()], map(golden.whole, run.golden))
    return f"{len(sources)} sources, {len(key)} annotations, ends {'in' if more else 'ex'}clusive"


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
