"""Consumers: WebAnno's rules for TSV 3.3, written down here, and web-anno-tsv, for the webanno-tsv export.

Tokens and sub-tokens must stand where their UTF-16 offsets say, sentences hold golden's text, and the spans be
golden's fragments, in one piece or cut where a sentence ends, and without white space at their ends, which the format
cannot hold.
As many relations of each kind must be there as golden has. web-anno-tsv knows one layer only and no escapes, so it is
given a copy with the label's column in that layer's place and the escapes undone.
What the format cannot hold: which fragments belong together, notes, white space between sentences."""
import re
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from web_anno_tsv import open_web_anno_tsv

import golden
import layout

run = golden.Checks()


class File:
    """A file of WebAnno TSV 3.3: its layers' columns, and its sentences as their text and their units."""

    def __init__(self, path):
        lines = path.read_bytes().decode().split("\n")
        assert lines[0] == "#FORMAT=WebAnno TSV 3.3", f"{path.name} begins with {lines[0]!r}"
        header = lines[1:lines.index("")]
        assert lines[len(header) + 1:len(header) + 3] == ["", ""], f"{path.name}: two empty lines must follow the header"
        self.features, self.path = [], path  # a feature a column, as (layer, name)
        for line in header:
            layer, *names = re.fullmatch(r"#(?:T_SP|T_CH|T_RL)=(.*)", line)[1].split("|")
            self.features += [(layer, name) for name in names or [""]]
        self.sentences, block = [], []
        for line in [*lines[len(header) + 3:], ""]:
            if line:
                block.append(line)
            elif block:
                text = [x.removeprefix("#Text=") for x in block if x.startswith("#Text=")]
                rows = [x.split("\t") for x in block if not x.startswith("#")]
                assert text and rows, f"{path.name}: a block without text or tokens: {block[:2]}"
                self.sentences.append((text, rows))
                block = []

    def column(self, feature):
        return 3 + self.features.index(feature) if feature in self.features else None

    def units(self):
        for number, (_, rows) in enumerate(self.sentences):
            for row in rows:
                begin, end = map(int, row[1].split("-"))
                yield number, row[0], begin, end, row


def unescape(text):
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), text)


def values(cell):
    """The values in a cell with their ids: `quote[3]|claim` is quote of the third and claim of this token alone."""
    for part in re.split(r"(?<!\\)\|", cell) if cell not in ("_", "") else ():
        match = re.fullmatch(r"(.*?)(?:\[(\d+)\])?", part, re.DOTALL)
        yield unescape(match[1]), match[2]


def spans(file, column):
    """Begin, end and label of each span, in UTF-16 units. A sub-token makes its token's own line redundant."""
    found, alone = defaultdict(list), []
    for number, id_, begin, end, row in file.units():
        for label, id_of_span in values(row[column]):
            if id_of_span is None:
                alone.append((begin, end, label))
            else:
                found[id_of_span, label].append((begin, end))
    return alone + [(min(b for b, _ in x), max(e for _, e in x), label) for (_, label), x in found.items()]


def record_of(file, open_):
    """The golden record whose text the tokens stand in, and which has these spans."""
    column = file.column(layout.WEBANNO_LABEL)
    assert column, f"no {layout.WEBANNO_LABEL} among {file.features}"
    problem = "its text is not golden's"
    for record in open_:
        text = record["text"]
        points = golden.from_utf16(text)
        units = list(file.units())
        if any(e >= len(points) or text[points[b]:points[e]] != unescape(row[2]) for _, _, b, e, row in units):
            continue
        last = 0
        for _, id_, begin, end, _ in units:
            if "." not in id_:
                assert not golden.solid(text[last:points[begin]]), f"{file.path.name}: {text[last:points[begin]]!r} is in no token"
                last = points[end]
        if golden.solid(text[last:]):
            continue
        got = Counter((points[b], points[e], label) for b, e, label in spans(file, column))
        want = expected(record, file, points)
        if got in (want, expected(record, file, points, cut=False)):
            return record, column
        problem = f"golden has {list((want - got).elements())[:5]}, exported was {list((got - want).elements())[:5]}"
    raise AssertionError(f"{file.path.name}: {problem}")


def expected(record, file, points, cut=True):
    """Golden's fragments without white space at their ends, cut or not at the ends of the file's sentences."""
    sentences = defaultdict(list)
    for number, _, begin, end, _ in file.units():
        sentences[number if cut else 0] += [points[begin], points[end]]
    want, text = Counter(), record["text"]
    for s, e, label in golden.pieces(record).elements():
        for places in sentences.values():
            begin, end = max(s, min(places)), min(e, max(places))
            if begin < end and (words := text[begin:end].strip()):
                begin += text[begin:end].index(words)
                want[begin, begin + len(words), label] += 1
    return want


def by_rules():
    open_, relations = list(run.golden), 0
    files = [File(p) for p in sorted((run.folder / "webanno").rglob("*.tsv"))]
    for file in files:
        record, _ = record_of(file, open_)
        open_.remove(record)
        for text, rows in file.sentences:
            assert golden.utf16(record["text"], len(record["text"])) >= int(rows[-1][1].split("-")[1])
            assert "".join(text).split(), f"{file.path.name}: a sentence without text"
        column = file.column(layout.WEBANNO_KIND)
        if column is not None:
            kinds = Counter(kind for *_, row in file.units() for kind, _ in values(row[column]))
            golden.equal("relations", kinds, Counter(r["kind"] for r in record["relations"]))
            relations += sum(kinds.values())
    missing = [r["id"] for r in open_ if r["annotations"]]
    assert not missing, f"not exported: {missing}"
    return f"{len(files)} files, {relations} relations"


def by_web_anno_tsv():
    open_, count = list(run.golden), 0
    for path in sorted((run.folder / "webanno").rglob("*.tsv")):
        file = File(path)
        record, column = record_of(file, open_)
        open_.remove(record)
        points, got = golden.from_utf16(record["text"]), Counter()
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "copy.tsv")
            copy.write_text(projected(file, column), "utf-8", newline="\n")
            starts = [points[int(rows[0][1].split("-")[0])] for _, rows in file.sentences]
            with open_web_anno_tsv(str(copy)) as sentences:
                for start, sentence in zip(starts, sentences):
                    for a in sentence.annotations:
                        got[start + a.start, start + a.stop, a.label] += 1
        golden.equal(path.name, got, expected(record, file, points))
        count += sum(got.values())
    return f"{count} spans"


def projected(file, column):
    lines = ["#FORMAT=WebAnno TSV 3.2", "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value", "", ""]
    for text, rows in file.sentences:
        lines += [f"#Text={line}" for t in text for line in unescape(t).split("\n")]
        lines += ["\t".join([*row[:2], unescape(row[2]), "_", row[column]]) for row in rows] + [""]
    return "\n".join(lines)


run.check("webanno-tsv", "WebAnno's rules", "3.3", by_rules)
run.check("webanno-tsv", "web-anno-tsv", golden.version("web-anno-tsv"), by_web_anno_tsv)
run.done()
