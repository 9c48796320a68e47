//! A script of a few lines of Python that checks a dataset without this program.

use crate::dataset::Format;

/// Reads the hashes and begins to count.
const BEGIN: &str = r##"import LIBRARIES, hashlib, pathlib, sys
here = pathlib.Path(__file__).resolve().parent
hashes = dict(reversed(line.rstrip("\n").split("  ", 1)) for line in open(here / "texts.sha256", encoding="utf-8"))
count, wrong, seen = 0, [], set()
"##;

/// Says what was found.
const END: &str = r##"wrong += [f"{name}: its text is missing" for name in hashes.keys() - seen]
print(f"{len(seen)} texts, {count} annotations, {len(wrong)} wrong", *wrong[:20], sep="\n")
sys.exit(bool(wrong))
"##;

const JSONL: &str = r##"for path in sorted(here.rglob("*.jsonl")):
    for record in map(json.loads, open(path, encoding="utf-8", newline="\n")):
"##;

const PARQUET: &str = r##"for path in sorted(here.rglob("records.parquet")):
    for record in (row for batch in pq.ParquetFile(path).iter_batches(1000) for row in batch.to_pylist()):
"##;

const RECORD: &str = r##"        name, text = record["id"], record["text"]
        seen.add(name)
        if hashlib.sha256(text.encode()).hexdigest() != hashes.get(name):
            wrong.append(f"{name}: its text is another")
        for tag in record.get("annotations", []):
            count += 1
            if [text[start:end] for start, end in SPANS] != tag["text"]:
                wrong.append(f"{name}: {tag['id']}")
"##;

const CSV: &str = r##"csv.field_size_limit(2**31 - 1)
rows = lambda path: csv.DictReader(open(path, encoding="utf-8-sig", newline=""))
for path in sorted(here.rglob("documents.csv")):
    texts = {row["document"]: row["text"] for row in rows(path)}
    for name, text in texts.items():
        seen.add(name)
        if hashes.get(name) not in [hashlib.sha256(t.encode()).hexdigest() for t in (text, text[1:])]:
            wrong.append(f"{name}: its text is another")
    for tag in rows(path.with_name("annotations.csv")):
        count += tag["fragment"] == "1"
        if texts[tag["document"]][int(tag["start"]):int(tag["end"])] not in (tag["text"], tag["text"][1:]):
            wrong.append(f"{tag['document']}: {tag['annotation']}")
"##;

const BRAT: &str = r##"for path in sorted(here.rglob("*.ann")):
    name, text = path.stem, open(path.with_suffix(".txt"), encoding="utf-8", newline="").read()
    seen.add(name)
    if hashlib.sha256(text.encode()).hexdigest() != hashes.get(name):
        wrong.append(f"{name}: its text is another")
    for line in (line for line in open(path, encoding="utf-8", newline="\n") if line.startswith("T")):
        count += 1
        tag, spans, words = line.rstrip("\n").split("\t")
        spans = [map(int, span.split()) for span in spans.split(" ", 1)[1].split(";")]
        if " ".join(text[start:end] for start, end in spans) != words:
            wrong.append(f"{name}: {tag}")
"##;

/// The script for a format; nothing for one that does not carry the annotated words.
pub(super) fn script(format: Format) -> Option<String> {
    let doc = |needs: &str| {
        format!("\"\"\"Checks every text by its hash and every annotation by its words. Needs {needs}.\"\"\"\n")
    };
    let begin = |libraries: &str| BEGIN.replace("LIBRARIES", libraries);
    let spans = |spans: &str| RECORD.replace("SPANS", spans);
    let nothing = "nothing but Python 3";
    let script = match format.name() {
        "jsonl" => doc(nothing) + &begin("json") + JSONL + &spans("tag[\"spans\"]") + END,
        "parquet" => {
            let fragments = spans("map(dict.values, tag[\"fragments\"])");
            doc("pyarrow") + &begin("pyarrow.parquet as pq") + PARQUET + &fragments + END
        }
        "csv" => doc(nothing) + &begin("csv") + CSV + END,
        "brat" => doc(nothing) + &begin("math").replace("math, ", "") + BRAT + END,
        _ => return None,
    };
    Some(script)
}
