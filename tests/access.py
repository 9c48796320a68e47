#!/usr/bin/python3
"""What a screen reader or a script does with the window, over AT-SPI as any other program would: reads the
article, moves the caret, selects, lists the tags, goes to one.

    tests/access.py PROJECT DOCUMENT ANNOTATOR   with the program open on PROJECT, showing DOCUMENT
"""

import pathlib
import re
import sys
import time

import pyatspi
from gi.repository import Atspi, GLib

PATIENCE = 60  # seconds


def fail(what):
    sys.exit(f"FAILED: {what}")


def ok(what):
    print(f"ok: {what}", flush=True)


def wait(what, condition):
    """Waits until there is something, and returns it."""
    end = time.time() + PATIENCE
    while time.time() < end:
        try:
            found = condition()
        except GLib.Error:
            found = None  # The node has just gone.
        if found:
            return found
        time.sleep(0.1)
    fail(f"waited in vain until {what}")


def equal(what, found, expected):
    if found != expected:
        fail(f"{what}: {found!r} instead of {expected!r}")
    ok(what)


def nodes(node):
    yield node
    for child in node:
        if child is not None:
            yield from nodes(child)


def find(root, role, name):
    return next((node for node in nodes(root) if node.getRoleName() == role and node.name.startswith(name)), None)


def program():
    return next((app for app in pyatspi.Registry.getDesktop(0) if app is not None and app.name == "ascribe"), None)


def shortened(text, most=80):
    """As the window shortens what it shows."""
    return text if len(text) <= most else text[:most].rstrip() + "…"


def annotations(file):
    """The names that the tags of a set should have, in the order of the text, and how many ties there are."""
    found = []
    text = file.read_text(encoding="utf-8")
    for line in text.splitlines():
        match = re.match(r'\s+\(id: "\w+", label: "(\w+)", spans: \[([^]]*)\], text: \[(.*?)\], (?:attributes|note|origin)', line)
        if match:
            label, spans, words = match.groups()
            spans = [tuple(map(int, span)) for span in re.findall(r"\((\d+), (\d+)\)", spans)]
            words = re.findall(r'"((?:[^"\\]|\\.)*)"', words)
            words = [re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), word).replace('\\"', '"') for word in words]
            attributes = dict(re.findall(r'"(\w+)": "(\w+)"', line))
            found.append((label, spans, f"{label}: {shortened(' … '.join(words))}", attributes))
    return found, len(re.findall(r'^\s+\(id: .* kind: "', text, re.MULTILINE))


def main(project, document, annotator):
    project = pathlib.Path(project)
    text = (project / "documents" / f"{document}.txt").read_text(encoding="utf-8")
    tags, ties = annotations(project / "annotations" / annotator / f"{document}.ron")

    print("-- the article")
    app = wait("the program is there", program)
    article = wait("the article is there", lambda: find(app, "document frame", "Article: "))
    reading = article.queryText()
    wait("all of the text is there", lambda: reading.characterCount == len(text))
    equal("the text is the document's file, character for character", reading.getText(0, -1), text)
    paragraphs = [node.name for node in nodes(article) if node.getRoleName() == "paragraph"]
    equal("each line of the file that is not empty is a paragraph", paragraphs, [line for line in text.split("\n") if line])
    wait("the article has the keyboard", lambda: article.getState().contains(pyatspi.STATE_FOCUSED))
    ok("the article has the keyboard")

    print("-- the caret and the selection")
    moved = []
    pyatspi.Registry.registerEventListener(lambda event: moved.append(event.detail1), "object:text-caret-moved")
    beyond = next(at for at, char in enumerate(text) if ord(char) > 0xFFFF)
    for place, what in [(3, "near the start"), (text.index("Haddar"), "at a word"), (beyond, "before an emoji"), (beyond + 1, "behind an emoji"), (len(text), "at the end"), (0, "back at the start")]:
        if not reading.setCaretOffset(place):
            fail(f"the caret was not taken {what}")
        wait(f"the caret is {what}", lambda: reading.caretOffset == place)
        ok(f"the caret is {what}: {place}")
    context = GLib.MainContext.default()
    wait("the moves of the caret are told", lambda: [context.iteration(False) for _ in range(20)] and beyond + 1 in moved)
    ok("the moves of the caret are told")
    equal("an emoji is one character", reading.getText(beyond, beyond + 1), text[beyond])
    word = text.index("Haddar")
    found = Atspi.Text.get_string_at_offset(article, word + 2, Atspi.TextGranularity.WORD)
    equal("the word there, with its place", (found.content.strip(" ,"), found.start_offset), ("Haddar", word))
    start = text.index("“The bridge")
    end = start + len("“The bridge does not sleep")
    reading.setSelection(0, start, end)
    wait("the words are selected", lambda: reading.getNSelections() == 1 and reading.getSelection(0) == (start, end))
    equal("what is selected is as asked, inside words too", reading.getText(*reading.getSelection(0)), text[start:end])
    wait("the selection can be tagged", lambda: find(app, "push button", "Tag as quote"))
    ok("the selection can be tagged")
    box = wait("the selection is on screen", lambda: reading.getRangeExtents(start, start + 1, pyatspi.WINDOW_COORDS))
    frame = article.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    inside = frame.x <= box[0] and box[0] + box[2] <= frame.x + frame.width and frame.y <= box[1] <= frame.y + frame.height
    equal("a character has its place on screen", (inside, 2 <= box[2] <= 40, 8 <= box[3] <= 60), (True, True, True))
    there = reading.getOffsetAtPoint(box[0] + box[2] // 2, box[1] + box[3] // 2, pyatspi.WINDOW_COORDS)
    equal("and is found there", there, start)

    print("-- the tags")
    marks = [node for node in nodes(article) if node.getRoleName() == "static"]
    equal(f"all {len(tags)} tags, by label and words, in the order of the text", [mark.name for mark in marks], [tag[2] for tag in tags])
    for mark, (_, _, name, attributes) in zip(marks, tags):
        lacking = [f"{key}: {value}" for key, value in attributes.items() if f"{key}: {value.replace('_', ' ')}" not in mark.description]
        if lacking:
            fail(f"{name} does not tell {lacking}: {mark.description}")
    ok("with their attributes")
    told = sum(mark.description.count("attributed to: ") + mark.description.count("denies: ") for mark in marks)
    if not 0 < told <= ties:
        fail(f"{told} of {ties} ties are told")
    ok("and what they are tied to")
    number = next(at for at, (label, _, _, attributes) in enumerate(tags) if label == "denial" and attributes)
    mark, (label, spans, _, attributes) = marks[number], tags[number]
    if find(app, "label", "Denial"):
        fail("the inspector shows a denial before one was chosen")
    equal("a tag has an action", mark.queryAction().getName(0), "click")
    mark.queryAction().doAction(0)
    wait("the inspector shows it", lambda: find(app, "label", "Denial"))
    ok("its action shows it in the inspector")
    key, value = next(iter(attributes.items()))
    chosen = wait("the value is shown", lambda: find(app, "radio button", f"{key.capitalize()} {value.replace('_', ' ')}"))
    equal("with the value of its attribute", chosen.getState().contains(pyatspi.STATE_CHECKED), True)
    equal("and the caret goes to its start", wait("the caret is there", lambda: reading.caretOffset == spans[0][0]), True)
    now = [node for node in nodes(article) if node.getRoleName() == "static"][number]
    equal("it is told as the one in focus", now.getState().contains(pyatspi.STATE_SELECTED), True)


if __name__ == "__main__":
    main(*sys.argv[1:])
