"""The golden records that exports are held against, and what each kind of format can hold of them.

Golden is either a JSONL file (torture.jsonl) or a project's own folder, whose RON files are read here without any
code of Ascribe. Every check turns what its consumer read into records made by `seen` and gives both to `same`.
Records are matched by text and content and never by id, so that a format may name its documents as it likes.
All offsets are Unicode code points."""
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARATEXT = "paratext"
# What the program works out by itself may stand in an export without being golden.
COMPUTED = {"marks"}


# -- reading ---------------------------------------------------------------------------------------------------------

def load(path=HERE / "torture.jsonl"):
    """The records of a JSONL file or of a project folder: dictionaries in the form of the `jsonl` export."""
    path = Path(path)
    records = project(path) if path.is_dir() else [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    for record in records:
        record.setdefault("annotations", [])
        record.setdefault("relations", [])
        kept = [a for a in record["annotations"] if a["label"] != PARATEXT]
        for a in kept:
            a.setdefault("attributes", {})
            a.setdefault("note", "")
            there = [record["text"][s:e] for s, e in a["spans"]]
            assert there == a["text"], f"golden {record['id']} {a['id']}: {there} is not {a['text']}"
        ids = {a["id"] for a in kept}
        record["annotations"] = kept
        record["relations"] = [r for r in record["relations"] if {r["from"], r["to"]} <= ids]
    return records


def project(folder):
    """Every set of a project of Ascribe, with the text it belongs to."""
    records = []
    for file in sorted(folder.glob("annotations/*/*.ron")):
        about = ron((folder / "documents" / file.name).read_text("utf-8"))
        newest = len(about["revisions"])
        text = folder / "documents" / (file.stem + (f".r{newest}" if newest > 1 else "") + ".txt")
        record = ron(file.read_text("utf-8"))
        record.update(id=file.stem, text=text.read_bytes().decode(), meta=about)
        record["annotations"] = [a for a in record.get("annotations", []) if not a.get("text_sha256")]
        records.append(record)
    return records


def ron(source):
    """A RON value as Python data: structs and maps become dictionaries, tuples lists, names strings."""
    pattern = r'"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|-?\d+|[()\[\]{}:,]'
    tokens = re.findall(pattern, re.sub(r"^#!\[.*\]\n", "", source))
    escapes = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "\\": "\\", "'": "'"}

    def string(token):
        one = lambda m: chr(int(m[1], 16)) if m[1] else escapes[m[2]]
        return re.sub(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))", one, token[1:-1])

    def value(i):
        token = tokens[i]
        if token[0] == '"':
            return string(token), i + 1
        if token.lstrip("-").isdigit():
            return int(token), i + 1
        if token not in "([{":
            if i + 1 < len(tokens) and tokens[i + 1] == "(":
                return value(i + 1)
            return token, i + 1
        close, items, pairs, i = ")]}"["([{".index(token)], [], {}, i + 1
        while tokens[i] != close:
            item, i = value(i)
            if tokens[i] == ":":
                pairs[item], i = value(i + 1)
            else:
                items.append(item)
            i += tokens[i] == ","
        return pairs or items, i + 1

    return value(0)[0]


# -- what a format can hold of it ------------------------------------------------------------------------------------

def key(annotation):
    """What an annotation is, whatever its id: its fragments and its label."""
    return tuple(map(tuple, annotation["spans"])), annotation["label"]


def whole(record):
    """Everything: fragments, relations, attributes, notes."""
    by_id = {a["id"]: key(a) for a in record["annotations"]}
    return seen(
        record["text"], by_id.values(),
        relations=[(r["kind"], by_id[r["from"]], by_id[r["to"]]) for r in record["relations"]],
        attributes=[(key(a), n, v) for a in record["annotations"] for n, v in a["attributes"].items()],
        notes=[(key(a), a["note"]) for a in record["annotations"] if a["note"]])


def reduced(record, change):
    """As `whole`, with `change(spans)` in the place of every annotation's fragments."""
    changed = [dict(a, spans=change(a["spans"], record["text"])) for a in record["annotations"]]
    return whole(dict(record, annotations=changed))


def hull(spans, _text):
    """One span over all fragments, for formats whose spans are all in one piece."""
    return [(spans[0][0], spans[-1][1])]


def lines(spans, text):
    """Fragments cut at line ends and tabs, for brat, whose lines they would break. Some of its readers also take
    for a line's end whatever Python's `splitlines` does."""
    inside = r"[^\n\t\r\v\f\x1c-\x1e\x85\u2028\u2029]+"
    return [(s + m.start(), s + m.end()) for s, e in spans for m in re.finditer(inside, text[s:e])]


def single(record):
    """Each fragment as an annotation of its own, and relations between first fragments."""
    one = whole(record)
    first = lambda k: ((k[0][0],), k[1])
    one["spans"] = Counter(((f,), label) for fragments, label in one["spans"].elements() for f in fragments)
    one["relations"] = Counter((kind, first(a), first(b)) for kind, a, b in one["relations"].elements())
    one["attributes"] = one["notes"] = None
    return one


def in_one_piece(record):
    """The two ways of writing fragments where a format has none: a span over all of them, or a span each."""
    return [reduced(record, hull), single(record)]


def widened(record, tokens):
    """The record with all its spans widened to whole tokens, given as pairs of offsets."""
    starts, ends = sorted(s for s, _ in tokens), sorted(e for _, e in tokens)

    def widen(s, e):
        return [max((x for x in starts if x <= s), default=s), min((x for x in ends if x >= e), default=e)]

    return dict(record, annotations=[dict(a, spans=[widen(s, e) for s, e in a["spans"]]) for a in record["annotations"]])


def pieces(record):
    """Each fragment as an annotation of its own: start, end, label."""
    return Counter((s, e, a["label"]) for a in record["annotations"] for s, e in a["spans"])


def seen(text, spans, relations=None, attributes=None, notes=None):
    """What a consumer read of one record; None for what its format or the consumer does not hold."""
    count = lambda things: None if things is None else Counter(things)
    return {"text": text, "spans": Counter(spans), "relations": count(relations),
            "attributes": count(attributes), "notes": count(notes)}


# -- units -----------------------------------------------------------------------------------------------------------

def utf16(text, offset):
    """A code point offset, counted in UTF-16 code units."""
    return len(text[:offset].encode("utf-16-le")) // 2


def from_utf16(text):
    """A list that gives for each UTF-16 offset its code point offset; None inside a surrogate pair."""
    points = []
    for i, c in enumerate(text):
        points += [i] if ord(c) < 0x10000 else [i, None]
    return [*points, len(text)]


def is_solid(character):
    """Whether tokens must hold it: no white space, nor an invisible sign of format, which may stand between tokens."""
    return not character.isspace() and unicodedata.category(character) != "Cf"


def solid(text):
    return "".join(filter(is_solid, text))


# -- comparing -------------------------------------------------------------------------------------------------------

def same(got, want):
    """Fails unless the records are the same, in any order. A record without annotations may be missing from `got`;
    whatever is None on either side is not compared, and values that the program computes may come on top."""
    got, open_ = list(got), list(want)
    for one in got:
        candidates = [w for w in open_ if one["text"] is None or one["text"] == w["text"]]
        assert candidates, f"a text that golden does not have: {short(one['text'])}"
        differences = [(difference(one, w), w) for w in candidates]
        best, match = min(differences, key=lambda d: len(d[0]))
        assert not best, f"in {short(match['text'])}\n" + "\n".join(best[:12])
        open_.remove(match)
    missing = [short(w["text"]) for w in open_ if w["spans"]]
    assert not missing, f"records that were not exported: {missing}"
    assert got, "no record at all"


def same_one_way(got, *wants):
    """Fails unless the records are all the same as in one of `wants`."""
    problems = []
    for want in wants:
        try:
            return same(got, want)
        except AssertionError as error:
            problems.append(str(error))
    raise AssertionError(min(problems, key=len))


def difference(one, other):
    lines_ = []
    for field in ("spans", "relations", "attributes", "notes"):
        if one[field] is None or other[field] is None:
            continue
        lost, added = other[field] - one[field], one[field] - other[field]
        if field == "attributes":
            added = Counter(a for a in added.elements() if a[1] not in COMPUTED)
        lines_ += [f"  {field}: golden has {x}" for x in lost.elements()]
        lines_ += [f"  {field}: exported was {x}" for x in added.elements()]
    return lines_


def equal(what, got, want):
    """Fails with what is lost and what was added, unless the two are equal as bags."""
    got, want = Counter(got), Counter(want)
    lost, added = list((want - got).elements())[:8], list((got - want).elements())[:8]
    assert not lost and not added, f"{what}: golden has {lost}, exported was {added}"


def short(text):
    return repr(text if text is None or len(text) < 50 else text[:50] + "…")


# -- running ---------------------------------------------------------------------------------------------------------

class Checks:
    """Runs a script's checks and prints a line for each: OK or FAILED, format, consumer, version, and what was
    compared or what is wrong, with a tab between them. Further lines of what is wrong are indented."""

    def __init__(self):
        self.folder = Path(sys.argv[1]).resolve()
        self.golden = load(*sys.argv[2:3])
        self.failed = 0

    def check(self, format_, consumer, version, function, *arguments):
        try:
            result, words = "OK", function(*arguments) or ""
        except Exception as error:  # whatever a consumer throws at our data is a finding
            self.failed += 1
            result, words = "FAILED", str(error) if isinstance(error, AssertionError) else f"{type(error).__name__}: {error}"
        print(result, format_, consumer, version, words.replace("\n", "\n    "), sep="\t", flush=True)

    def done(self):
        sys.exit(1 if self.failed else 0)


def version(package):
    from importlib.metadata import version as of
    return of(package)
