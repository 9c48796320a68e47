"""Where each export lies and how its parts are named: the one place to change when an exporter's layout changes.

`python3 layout.py` prints the exports to make, one a line: path below the output folder, then export's options."""
import json
import re
from collections import Counter

# name in the folder -> the options of `ascribe-cli export PROJECT … -o FOLDER/NAME`
EXPORTS = {
    "records.jsonl": "--format jsonl",
    "records.parquet": "--format parquet",
    "parquet/": "--format parquet",  # a folder: records.parquet, and annotations.parquet with one row a fragment
    "table.csv": "--format csv",
    "sheet.csv": "--format csv --spreadsheet",
    "table.xlsx": "--format xlsx",
    "brat": "--format brat",  # ID.txt, ID.ann, annotation.conf; a subfolder an annotator where there are several
    "columns.conll": "--format conll",  # IOB2, a column a label
    "flat.conll": "--format conll --flat",  # IOB2, one column
    "bilou.conll": "--format conll --scheme bilou",
    "docs.spacy": "--format spacy",
    "prodigy.jsonl": "--format prodigy",
    "label-studio": "--format label-studio",  # tasks.json, config.xml
    "doccano.jsonl": "--format doccano",
    "doccano-py.jsonl": "--format doccano-py",
    "w3c.jsonl": "--format w3c",
    "w3c-browser.jsonl": "--format w3c --offsets browser",
    "uima": "--format uima",  # ID.xmi, ID.json, TypeSystem.xml
    "webanno": "--format webanno-tsv",  # ID.tsv
    "project.qdpx": "--format qdpx",
    "tei": "--format tei",  # ID.xml
    "claimreview.jsonl": "--format claimreview",
    "triples.csv": "--format triples",
}

# One row a fragment: csv, xlsx and annotations.parquet.
DOCUMENT, ANNOTATOR, ANNOTATION, LABEL, FRAGMENT = "document", "annotator", "annotation", "label", "fragment"
START, END, TEXT, NOTE = "start", "end", "text", "note"
ATTRIBUTES = "attributes"  # one column of JSON; or a column an attribute, named NAME, LABEL.NAME or attribute.NAME
RELATION = ("kind", "from", "to")  # the columns by which the relations' sheet is known

# One row an attribution.
TRIPLE = {"source": ("source_start", "source_end", "source_text"),
          "content": ("content_start", "content_end", "content_text")}

SPACY_KEY = "sc"  # doc.spans[…]

# Where a format has no fragments of its own, fragments after the first point back by a tie of this name.
FRAGMENT_TIE = "fragment_of"

LABEL_STUDIO_NOTE = "note"  # the text area of notes; those of attributes are named NAME, LABEL.NAME or LABEL-NAME

# UIMA
SPAN_TYPE, RELATION_TYPE = "ascribe.Span", "ascribe.Relation"
UIMA_LABEL, UIMA_NOTE, UIMA_FIRST, UIMA_KIND = "label", "note", "continuationOf", "kind"
UIMA_FROM, UIMA_TO = "Governor", "Dependent"

# WebAnno TSV: the feature that is the label, among a layer's features; the feature that is a relation's kind
WEBANNO_LABEL, WEBANNO_KIND = ("label", "value"), ("kind", "label", "value", "DependencyType")

# TEI: a note of this type is the annotator's note, one of another type an attribute with that name
TEI_NOTE = "comment"


def tei_label(ana):
    """The label that an annotation's `ana` points at."""
    return ana.removeprefix("#").removeprefix("label.")


def attributes(value):
    """Attributes as a dictionary, from whatever a table can hold: a map, pairs, structs, JSON."""
    if isinstance(value, str):
        value = json.loads(value or "{}")
    if isinstance(value, dict):
        return {n: v for n, v in value.items() if v is not None}
    pairs = [(p["name"], p["value"]) if "name" in p else (p["key"], p["value"]) if isinstance(p, dict) else p
             for p in value or []]
    return dict(pairs)


def label_studio_attribute(control):
    """The attribute that a control is for."""
    return re.split(r"[.\-]|__", control)[-1]


def w3c_relation(annotation):
    """Kind, from and to of an annotation that is a relation; nothing for all others."""
    if annotation.get("motivation") != "linking":
        return None
    from_, to = annotation["target"]
    body = annotation["body"]
    return (body[0] if isinstance(body, list) else body)["value"], from_, to


def w3c_bodies(bodies):
    """The label, the attributes and the note of an annotation."""
    by_purpose = {}
    for body in bodies:
        by_purpose.setdefault(body["purpose"], []).append(body["value"])
    (label,) = by_purpose["tagging"]
    return label, [v.split("=", 1) for v in by_purpose.get("classifying", ())], "\n".join(by_purpose.get("commenting", ()))


def spans(value):
    """Fragments as pairs, from pairs or from structs."""
    return [(s["start"], s["end"]) if isinstance(s, dict) else tuple(s) for s in value]


def row_attributes(row, known):
    """The attributes of a row of fragments."""
    if ATTRIBUTES in row:
        return attributes(row[ATTRIBUTES])
    found = {}
    for column, value in row.items():
        name = column.rsplit(".", 1)[-1]
        if name in known and value not in ("", None):
            found[name] = value
    return found


def tags(annotation_rows):
    """Rows of fragments, gathered into annotations: {(document, annotator): {annotation: [rows]}}."""
    records = {}
    for row in annotation_rows:
        record = records.setdefault((row[DOCUMENT], row[ANNOTATOR]), {})
        record.setdefault(row[ANNOTATION], []).append(row)
    for record in records.values():
        for rows in record.values():
            rows.sort(key=lambda r: int(r[FRAGMENT]))
            assert len(Counter(int(r[FRAGMENT]) for r in rows)) == len(rows), f"fragment numbers repeat: {rows}"
    return records


if __name__ == "__main__":
    for name, options in EXPORTS.items():
        print(name, options)
