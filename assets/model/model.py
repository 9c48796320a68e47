#!/usr/bin/env python3
"""A model for Ascribe, to start your own from: proposes every "according to X" as a source.

Reads one JSON object a line, {"id": "…", "text": "…", "language": "en"}, and writes one a line in the same order, with
what it proposes. Offsets are positions in Python strings. Needs nothing but Python 3.8.
"""
import json
import re
import sys

# "according to", then a name or a noun phrase that begins with an article.
CUE = re.compile(r"\b[Aa]ccording to ((?:(?:the|a|an) (?:[\w’'-]+ )?)?[\w’'-]+(?: (?:of |for |the )*[A-Z][\w’'-]*)*)")


def annotations(text):
    """What is proposed for a text."""
    for number, found in enumerate(CUE.finditer(text), 1):
        start, end = found.span(1)
        yield {
            "id": f"a{number}",
            "label": "source",
            "spans": [[start, end]],
            "text": [text[start:end]],
            "score": 0.6,
            "rule": "according.to",
            "because": [[found.start(), start - 1]],
        }


def main():
    sys.stdin.reconfigure(encoding="utf-8")
    for number, line in enumerate(sys.stdin, 1):
        try:
            asked = json.loads(line)
            answer = {"id": asked["id"], "annotations": list(annotations(asked["text"])), "relations": []}
        except (ValueError, KeyError, TypeError) as error:
            answer = {"line": number, "error": str(error)}
        # Flushed at once, because each document has its own time.
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
