"""Consumer: the Label Studio server, in this process and without network, for the label-studio export.

A project is made of config.xml, tasks.json imported and everything exported again by the server: text, regions,
relations, choices and text areas must be golden's, with the fragments of one annotation tied to its first; what is
said of an annotation may be said of each of its fragments.
Its SDK must find the configuration valid and every label in it."""
import json
import logging
import os
import socket
import sys
import tempfile
from pathlib import Path

import golden
import layout

run = golden.Checks()
folder = run.folder / "label-studio"


def server():
    """A test client of the server, signed in."""
    os.environ.update(
        DJANGO_DB="sqlite", LABEL_STUDIO_BASE_DATA_DIR=tempfile.mkdtemp(), DJANGO_SETTINGS_MODULE="core.settings.label_studio",
        COLLECT_ANALYTICS="0", collect_analytics="0", FRONTEND_SENTRY_DSN="", SENTRY_DSN="", LATEST_VERSION_CHECK="0",
        LABEL_STUDIO_HOST="")
    import label_studio
    sys.path.insert(0, str(Path(label_studio.__file__).parent))

    def refuse(_socket, address):
        raise OSError(f"no network in this check: {address}")

    socket.socket.connect = refuse
    import django
    django.setup()
    logging.disable(logging.CRITICAL)
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    from organizations.models import Organization
    from rest_framework.test import APIClient
    from users.models import User
    user = User.objects.create_user(email="checker@example.org", password="only in this process")
    user.active_organization = Organization.create_organization(created_by=user, title="checks")
    user.save()
    client = APIClient()
    client.force_authenticate(user)
    client.force_login(user)
    return client


def through_the_server():
    client = server()
    made = client.post("/api/projects/", dict(title="check", label_config=(folder / "config.xml").read_text("utf-8")), format="json")
    assert made.status_code == 201, f"it refuses the configuration: {made.content[:300]}"
    project = f"/api/projects/{made.json()['id']}"
    sent = client.post(f"{project}/import", json.loads((folder / "tasks.json").read_text("utf-8")), format="json")
    assert sent.status_code == 201, f"it refuses the tasks: {sent.content[:300]}"
    answer = client.get(f"{project}/export?exportType=JSON&download_all_tasks=true")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    got = [record(task["data"]["text"], a["result"]) for task in json.loads(body) for a in task["annotations"]]
    golden.same(got, [golden.whole(r) for r in run.golden])
    return f"{len(got)} annotated tasks, {sum(sum(r['spans'].values()) for r in got)} annotations"


def record(text, results):
    regions, ties, values = {}, [], []
    for r in results:
        if r["type"] == "relation":
            assert r.get("direction", "right") == "right", f"a tie the wrong way: {r}"
            ties.append(((r.get("labels") or [None])[0], r["from_id"], r["to_id"]))
            continue
        value = r["value"]
        where = value["start"], value["end"]
        assert text[slice(*where)] == value.get("text", text[slice(*where)]) or r["type"] == "textarea", f"other words at {where}: {r}"
        if r["type"] == "labels":
            assert r["id"] not in regions, f"two regions {r['id']}"
            regions[r["id"]] = where, value["labels"][0]
        else:
            said = value[r["type"] if r["type"] == "choices" else "text"]
            values.append((r["id"], r["from_name"], said if isinstance(said, str) else "\n".join(said)))
    first = {a: b for kind, a, b in ties if kind == layout.FRAGMENT_TIE}

    def head(id_):
        return head(first[id_]) if id_ in first else id_

    fragments = {}
    for id_, (where, label) in regions.items():
        assert regions[head(id_)][1] == label, f"fragments with two labels: {id_}"
        fragments.setdefault(head(id_), []).append(where)
    key = {id_: (tuple(sorted(f)), regions[id_][1]) for id_, f in fragments.items()}
    note = layout.LABEL_STUDIO_NOTE
    return golden.seen(
        text, key.values(), [(k, key[head(a)], key[head(b)]) for k, a, b in ties if k != layout.FRAGMENT_TIE],
        {(key[head(i)], layout.label_studio_attribute(n), v) for i, n, v in values if n != note},
        {(key[head(i)], v) for i, n, v in values if n == note})


def by_the_sdk():
    from label_studio_sdk.label_interface import LabelInterface
    interface = LabelInterface((folder / "config.xml").read_text("utf-8"))
    interface.validate()
    labels = {label for control in interface.controls if control.tag == "Labels" for label in control.labels}
    unknown = {a["label"] for r in run.golden for a in r["annotations"]} - labels
    assert not unknown, f"config.xml has no label {unknown}"
    names = {control.name for control in interface.controls}
    for task in json.loads((folder / "tasks.json").read_text("utf-8")):
        for a in task.get("annotations", []):
            strange = {r["from_name"] for r in a["result"] if r["type"] != "relation"} - names
            assert not strange, f"config.xml has no control {strange}"
    return f"{len(labels)} labels, {len(names)} controls"


run.check("label-studio", "label-studio-sdk", golden.version("label-studio-sdk"), by_the_sdk)
run.check("label-studio", "label-studio server", golden.version("label-studio"), through_the_server)
run.done()
