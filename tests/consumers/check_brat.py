"""Consumers: brat's own rules, written down here, and bioc, for the brat export.

Text, fragments, labels, relations, attributes and notes must be golden's, fragments cut at line ends and tabs.
Notes and values are compared with their white space as single spaces, as they stand on one line. Remarks of other
types than AnnotatorNotes are passed over, as brat does.
bioc's validator is not asked: it wants fragments joined without a space, where brat wants one."""
import re
from collections import Counter

from bioc import brat

import golden

run = golden.Checks()
folder = run.folder / "brat"


def plain(note):
    return re.sub(r"(\s|\\n)+", " ", note).strip()


def expected():
    for record in run.golden:
        one = golden.reduced(record, golden.lines)
        one["notes"] = Counter((k, plain(n)) for k, n in one["notes"].elements())
        one["attributes"] = Counter((k, n, plain(v)) for k, n, v in one["attributes"].elements())
        yield one


def compare(records, value=lambda value: value):
    """Compares; `value` is what a consumer keeps of an attribute's value."""
    records, want = list(records), list(expected())
    for one in records + want:
        one["attributes"] = Counter((k, n, value(v)) for k, n, v in one["attributes"].elements())
    golden.same(records, want)
    return f"{len(records)} documents, {sum(sum(r['spans'].values()) for r in records)} annotations"


def pairs():
    files = sorted(folder.rglob("*.ann"))
    assert files, "no .ann file"
    for file in files:
        text = file.with_suffix(".txt").read_bytes().decode()
        assert not text.startswith("\ufeff"), f"{file.name} has a byte order mark"
        assert "\r" not in text, f"{file.name} has a carriage return"
        yield file, text, file.read_bytes().decode()


def by_rules():
    sections = configuration()
    for file, text, lines in pairs():
        where, spans, ties, attributes, notes, ids = file.name, {}, [], [], [], set()
        for line in lines.removesuffix("\n").split("\n") if lines else []:
            assert line.splitlines() == [line], f"{where}: a character that ends lines in {line!r}"
            id_, _, rest = line.partition("\t")
            assert re.fullmatch(r"[TRA#]\d+", id_), f"{where}: {line!r}"
            assert id_ not in ids, f"{where}: {id_} twice"
            ids.add(id_)
            if id_[0] == "T":
                match = re.fullmatch(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", rest)
                assert match, f"{where}: {line!r}"
                fragments = [tuple(map(int, f.split())) for f in match[2].split(";")]
                assert all(s < e <= len(text) for s, e in fragments), f"{where}: past the end: {line!r}"
                assert fragments == sorted(fragments), f"{where}: out of order: {line!r}"
                there = " ".join(text[s:e] for s, e in fragments)
                assert there == match[3], f"{where}: {id_} says {match[3]!r}, its offsets say {there!r}"
                assert match[1] in sections["entities"], f"annotation.conf has no entity {match[1]}"
                spans[id_] = tuple(fragments), match[1]
            elif id_[0] == "R":
                match = re.fullmatch(r"(\S+) Arg1:(T\d+) Arg2:(T\d+)\t?", rest)
                assert match, f"{where}: {line!r}"
                assert match[1] in sections["relations"], f"annotation.conf has no relation {match[1]}"
                ties.append(match.groups())
            elif id_[0] == "A":
                match = re.fullmatch(r"(\S+) (T\d+) (.+)", rest)
                assert match, f"{where}: {line!r}"
                assert match[1] in sections["attributes"], f"annotation.conf has no attribute {match[1]}"
                attributes.append(match.groups())
            else:
                match = re.fullmatch(r"(\S+) ([TRA]\d+)\t([^\t]*)", rest)
                assert match, f"{where}: {line!r}"
                notes += [match.groups()[1:]] if match[1] == "AnnotatorNotes" else []
        yield golden.seen(
            text, spans.values(), [(k, spans[a], spans[b]) for k, a, b in ties],
            [(spans[t], n, v) for n, t, v in attributes], [(spans[t], plain(n)) for t, n in notes])


def configuration():
    """The names that annotation.conf declares, by section."""
    sections, section = {}, None
    for line in (folder / "annotation.conf").read_text("utf-8").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]\s*", line):
            section = sections.setdefault(match[1], set())
        elif match := re.fullmatch(r"# (\S+) takes any text\.", line):
            # brat's configuration has no such attributes; its parser takes them.
            section.add(match[1])
        elif line.strip() and not line.startswith("#"):
            section.add(re.split(r"\s", line.strip())[0])
    missing = {"entities", "relations", "events", "attributes"} - set(sections)
    assert not missing, f"annotation.conf has no section {missing}"
    return sections


def words(value):
    """bioc keeps the words of a value as a set."""
    return " ".join(sorted(set(value.split(" "))))


def by_bioc():
    for file, text, lines in pairs():
        document = brat.loads(text, lines, docid=file.stem)
        spans = {e.id: (tuple(sorted((s.begin, s.end) for s in e.locations)), e.type) for e in document.entities}
        yield golden.seen(
            document.text, spans.values(),
            [(r.type, spans[r.arguments["Arg1"]], spans[r.arguments["Arg2"]]) for r in document.relations],
            [(spans[a.refid], a.type, " ".join(a.attributes)) for a in document.attributes],
            [(spans[n.refid], plain(n.text)) for n in document.notes if n.type == "AnnotatorNotes"])


run.check("brat", "brat's rules", "1.3", lambda: compare(by_rules()))
run.check("brat", "bioc", golden.version("bioc"), lambda: compare(by_bioc(), words))
run.done()
