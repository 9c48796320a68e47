#!/usr/bin/python3
"""What a screen reader or a script does with the window, over AT-SPI as any other program would: reads the
article, moves the caret, selects, lists the tags, goes to one, uses a menu.

    tests/access.py PROJECT DOCUMENT ANNOTATOR   with the program open on PROJECT, showing DOCUMENT
"""

import pathlib
import re
import sys
import time
from typing import NamedTuple

import pyatspi
from gi.repository import Atspi, GLib

PATIENCE = 60  # seconds
WINDOW = pyatspi.WINDOW_COORDS


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
            found = None  # A node has just gone.
        if found:
            ok(what)
            return found
        time.sleep(0.1)
    fail(f"waited in vain: {what}")


def equal(what, found, expected):
    if found != expected:
        fail(f"{what}: {found!r} instead of {expected!r}")
    ok(what)


def nodes(node):
    yield node
    for child in node:
        if child is not None:
            yield from nodes(child)


def all_of(root, role):
    return [node for node in nodes(root) if node.getRoleName() == role]


def find(root, role, name):
    return next((node for node in all_of(root, role) if node.name.startswith(name)), None)


def act(node):
    node.queryAction().doAction(0)


def program():
    return next((app for app in pyatspi.Registry.getDesktop(0) if app is not None and app.name == "ascribe"), None)


class Events:
    """What the program tells of its own accord."""

    def __init__(self, kind, take):
        self.seen = []
        pyatspi.Registry.registerEventListener(lambda event: self.seen.append(take(event)), kind)

    def have(self, what):
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass
        return what in self.seen


class Tag(NamedTuple):
    id: str
    label: str
    start: int
    name: str
    attributes: dict


TAG = re.compile(
    r'\s+\(id: "(\w+)", label: "(\w+)", spans: \[\((\d+),.*?\], text: \[(.*?)\], (?:attributes|note|origin)'
)


def shortened(text, most=80):
    """As the window shortens what it shows."""
    return text if len(text) <= most else text[:most].rstrip() + "…"


def plain(string):
    """What a string of the file stands for."""
    return re.sub(r"\\u\{(\w+)\}", lambda code: chr(int(code[1], 16)), string).replace('\\"', '"')


def tags_of(file):
    """The tags of a set, in the order of the text, and how many ties there are."""
    tags, text = [], file.read_text(encoding="utf-8")
    for line in text.splitlines():
        if match := TAG.match(line):
            id, label, start, words = match.groups()
            words = " … ".join(plain(word) for word in re.findall(r'"((?:[^"\\]|\\.)*)"', words))
            attributes = dict(re.findall(r'"(\w+)": "(\w+)"', line))
            tags.append(Tag(id, label, int(start), f"{label}: {shortened(words)}", attributes))
    return tags, len(re.findall(r'^\s+\(id: .* kind: "', text, re.MULTILINE))


def check_text(article, text):
    print("-- the article")
    reading = article.queryText()
    wait("there is as much text as in the file", lambda: reading.characterCount == len(text))
    equal("it is the document's file, character for character", reading.getText(0, -1), text)
    paragraphs = [node.name for node in all_of(article, "paragraph")]
    lines = [line for line in text.split("\n") if line]
    equal("each line of the file that is not empty is a paragraph", paragraphs, lines)
    told = dict(pair.split(":") for pair in reading.getDefaultAttributes().split(";") if ":" in pair)
    equal("its language is told", told.get("language"), "en")
    wait("it has the keyboard", lambda: article.getState().contains(pyatspi.STATE_FOCUSED))


def check_caret(article, text):
    print("-- the caret")
    reading = article.queryText()
    moves = Events("object:text-caret-moved", lambda event: event.detail1)
    emoji = next(at for at, char in enumerate(text) if ord(char) > 0xFFFF)
    word = text.index("Haddar")
    places = [
        (3, "near the start"),
        (word, "at a word"),
        (emoji, "before an emoji"),
        (emoji + 1, "behind an emoji"),
        (len(text), "at the end"),
        (0, "back at the start"),
    ]
    for place, what in places:
        reading.setCaretOffset(place)
        wait(f"it goes {what}: {place}", lambda: reading.caretOffset == place)
    wait("its moves are told", lambda: moves.have(emoji + 1))
    equal("an emoji is one character", reading.getText(emoji, emoji + 1), text[emoji])
    found = Atspi.Text.get_string_at_offset(article, word + 2, Atspi.TextGranularity.WORD)
    equal("a word is found, with its place", (found.content.strip(" ,"), found.start_offset), ("Haddar", word))


def check_selection(app, article, text):
    print("-- the selection")
    reading = article.queryText()
    start = text.index("“The bridge")
    end = start + len("“The bridge does not sl")
    reading.setSelection(0, start, end)
    wait("it is exactly as asked", lambda: reading.getNSelections() == 1 and reading.getSelection(0) == (start, end))
    wait("it can be tagged", lambda: find(app, "push button", "Tag as quote"))
    x, y, width, height = reading.getRangeExtents(start, start + 1, WINDOW)
    frame = article.queryComponent().getExtents(WINDOW)
    inside = frame.x <= x and x + width <= frame.x + frame.width and frame.y <= y <= frame.y + frame.height
    equal("a character has its place on screen", (inside, 2 <= width <= 40, 8 <= height <= 60), (True, True, True))
    equal("and is found there", reading.getOffsetAtPoint(x + width // 2, y + height // 2, WINDOW), start)


def tagged(article):
    """The marks of tags: what is only suggested says so, and is none."""
    return [mark for mark in all_of(article, "static") if not mark.name.startswith("suggested ")]


def check_tags(article, tags, ties):
    print("-- the tags")
    marks = tagged(article)
    names = [mark.name for mark in marks]
    equal(f"all {len(tags)}, by label and words, in the order of the text", names, [tag.name for tag in tags])
    ids = [Atspi.Accessible.get_accessible_id(mark) for mark in marks]
    equal("each by the id that it has in the file", ids, [tag.id for tag in tags])
    for mark, tag in zip(marks, tags):
        for key, value in tag.attributes.items():
            words = f"{key}: {value.replace('_', ' ')}"
            if words not in mark.description:
                fail(f"{tag.name} does not tell {words}: {mark.description}")
    ok("with their attributes")
    kinds = ["attributed to", "denies", "expresses", "relayed by", "same as"]
    told = sum(mark.description.count(f"{kind}: ") for mark in marks for kind in kinds)
    equal("and what they are tied to", told, ties)


def check_going(app, article, tags):
    print("-- going to a tag")
    number, tag = next(pair for pair in enumerate(tags) if pair[1].label == "denial" and pair[1].attributes)
    mark = tagged(article)[number]
    equal("the inspector shows something else", find(app, "label", "Denial"), None)
    equal("it has an action", mark.queryAction().getName(0), "click")
    act(mark)
    wait("the inspector shows it", lambda: find(app, "label", "Denial"))
    key, value = next(iter(tag.attributes.items()))
    name = f"{key.capitalize()} {value.replace('_', ' ')}"
    chosen = wait("with the value of its attribute", lambda: find(app, "radio button", name))
    equal("which is the chosen one", chosen.getState().contains(pyatspi.STATE_CHECKED), True)
    wait("the caret goes to its start", lambda: article.queryText().caretOffset == tag.start)
    now = tagged(article)[number]
    equal("it is told as the one in focus", now.getState().contains(pyatspi.STATE_SELECTED), True)


def check_menu(app):
    print("-- a command in a menu")
    news = Events("object:announcement", lambda event: event.any_data)
    act(find(app, "push button", "View"))
    act(wait("the menu opens", lambda: find(app, "push button", "Motion on or off")))
    wait("what it did is read out", lambda: news.have("Nothing moves by itself"))


def main(project, document, annotator):
    project = pathlib.Path(project)
    text = (project / "documents" / f"{document}.txt").read_text(encoding="utf-8")
    tags, ties = tags_of(project / "annotations" / annotator / f"{document}.ron")
    app = wait("the program is there", program)
    article = wait("the article is there", lambda: find(app, "document frame", "Article: "))
    check_text(article, text)
    check_caret(article, text)
    check_selection(app, article, text)
    check_tags(article, tags, ties)
    check_going(app, article, tags)
    check_menu(app)


if __name__ == "__main__":
    main(*sys.argv[1:])
