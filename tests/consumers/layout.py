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
    "brat": "--format brat",  # ANNOTATOR/ID.txt, ANNOTATOR/ID.ann, annotation.conf
    "columns.conll": "--format conll",  # IOB2, a column a label
    "flat.conll": "--format conll --one-column",  # IOB2, one column
    "bilou.conll": "--format conll --tagging bilou",
    "docs.spacy": "--format spacy",
    "prodigy.jsonl": "--format prodigy",
    "label-studio": "--format label-studio",  # tasks.json, config.xml
    "doccano.jsonl": "--format doccano",
    "doccano-py.jsonl": "--format doccano-py",
    "w3c.jsonl": "--format w3c",
    "w3c-browser.jsonl": "--format w3c --offsets browser",
    "uima": "--format uima",  # ANNOTATOR/ID.xmi, ANNOTATOR/ID.json, TypeSystem.xml
    "webanno": "--format webanno-tsv",  # ANNOTATOR/ID.tsv
    "project.qdpx": "--format qdpx",
    "tei": "--format tei",  # ANNOTATOR/ID.xml
    "claimreview.jsonl": "--format claimreview",
    "triples.csv": "--format triples",
}

# One row a fragment: csv, xlsx and annotations.parquet.
DOCUMENT, ANNOTATOR, ANNOTATION, LABEL, FRAGMENT = "document", "annotator", "annotation", "label", "fragment"
START, END, TEXT, NOTE = "start", "end", "text", "note"
ATTRIBUTES = "attributes"  # JSON, in Parquet names with values
RELATIONS = "relations"  # in CSV only: a JSON list of id, kind and to, in the first row of the annotation they start from
RELATION = ("kind", "from", "to")  # the columns by which the relations' sheet is known

# One row an attribution.
TRIPLE = ("source_start", "source_end", "content_start", "content_end", "content_label")

ACCOUNT = "account.json"  # stands in every folder, beside the data

SPACY_KEY = "sc"  # doc.spans[…]

# Where a format has no fragments of its own, fragments after the first point back by a tie of this name.
FRAGMENT_TIE = "fragment_of"

LABEL_STUDIO_NOTE = "note"  # the text area of notes; those of attributes are named NAME, LABEL.NAME or LABEL-NAME

# UIMA
SPAN_TYPE, RELATION_TYPE, CONTINUATION_TYPE = "custom.Span", "custom.Relation", "custom.Continuation"
UIMA_LABEL, UIMA_NOTE, UIMA_KIND, UIMA_FROM, UIMA_TO = "label", "note", "label", "Governor", "Dependent"

# WebAnno TSV: the layers and features of the labels and of the relations' kinds
WEBANNO_LABEL = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "value"
WEBANNO_KIND = "custom.Relation", "label"

# TEI: notes of these types are the annotator's note and an attribute, whose name is in `n`; the text has this id
TEI_NOTE, TEI_ATTRIBUTE, TEI_TEXT = "comment", "attribute", "text"

# REFI-QDA: the code above the codes of attributes' names, which are above those of their values; the links that tie
# fragments together, from the first
QDPX_ATTRIBUTES, QDPX_FRAGMENT = "Attributes", "next fragment"


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


def w3c_records(annotations):
    """The annotations of each record: what follows on a line that describes a document by its whole text."""
    records = []
    for a in annotations:
        if a["motivation"] == "describing":
            records.append((a["body"]["value"], a["target"]["id"], []))
        else:
            records[-1][2].append(a)
    return records


def w3c_relation(annotation):
    """Kind, from and to of an annotation that is a relation; nothing for all others."""
    if annotation["motivation"] != "linking":
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


def tags(annotation_rows):
    """Rows of fragments, gathered into annotations: {(document, annotator): {annotation: [rows]}}.
    A document without annotations may have a row without one."""
    records = {}
    for row in annotation_rows:
        record = records.setdefault((row[DOCUMENT], row[ANNOTATOR]), {})
        if row[ANNOTATION]:
            record.setdefault(row[ANNOTATION], []).append(row)
    for record in records.values():
        for rows in record.values():
            rows.sort(key=lambda r: int(r[FRAGMENT]))
            assert len(Counter(int(r[FRAGMENT]) for r in rows)) == len(rows), f"fragment numbers repeat: {rows}"
    return records


if __name__ == "__main__":
    for name, options in EXPORTS.items():
        print(name, options)
