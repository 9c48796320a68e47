"""Consumer: doccano's own importer, in this process, for the doccano and doccano-py exports.

The file for its window counts in UTF-16 units, as browsers do, the one for Python readers in code points; doccano
keeps offsets as they are. Texts, spans (one over all fragments or one a fragment), labels and relations must be
golden's. What the format cannot hold: attributes; notes, which its importer leaves aside."""
import logging
import os
import sys
import tempfile

import golden

run = golden.Checks()


def start():
    """doccano with a database of its own."""
    import backend
    sys.path.insert(0, backend.__path__[0])
    home = tempfile.mkdtemp()
    # two that start for the first time would both make it
    os.makedirs(os.path.join(backend.__path__[0], "filepond-temp-uploads"), exist_ok=True)
    os.chdir(home)
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings.development", DATABASE_URL=f"sqlite:///{home}/db.sqlite3",
                      SECRET_KEY="only in this process", DOCCANO_HOME=home)
    logging.disable(logging.CRITICAL)
    import django
    django.setup()
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    call_command("create_roles", verbosity=0)


def user():
    from django.contrib.auth import get_user_model
    return get_user_model().objects.get_or_create(username="checker")[0]


def imported(file, in_code_points):
    """What doccano has of a file after importing it, as records."""
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import create_file_format
    from data_import.pipeline.readers import FileName
    from labels.models import Relation, Span
    from projects.models import ProjectType, SequenceLabelingProject
    project = SequenceLabelingProject.objects.create(
        name=file.name, description="", created_by=user(), project_type=ProjectType.SEQUENCE_LABELING,
        use_relation=True, allow_overlapping=True)
    project.add_admin()
    loaded = load_dataset("RelationExtraction", create_file_format("JSONL"), [FileName(str(file), file.name, file.name)],
                          project, column_data="text", column_label="label", encoding="utf_8")
    loaded.save(user(), 1000)
    assert not loaded.errors, f"errors: {loaded.errors[:3]}"
    for example in project.examples.all():
        points = list(range(len(example.text) + 1)) if in_code_points else golden.from_utf16(example.text)
        key = lambda s: (((points[s.start_offset], points[s.end_offset]),), s.label.text)
        yield golden.seen(
            example.text, map(key, Span.objects.filter(example=example)),
            [(r.type.text, key(r.from_id), key(r.to_id)) for r in Relation.objects.filter(example=example)])


def compare(file, in_code_points):
    got = list(imported(file, in_code_points))
    plain = {"attributes": None, "notes": None}
    golden.same_one_way(got, *[[w | plain for w in way] for way in zip(*map(golden.in_one_piece, run.golden))])
    return f"{len(got)} examples, {sum(sum(r['spans'].values()) for r in got)} spans"


start()
run.check("doccano", "doccano", golden.version("doccano"), compare, (run.folder / "doccano.jsonl").resolve(), False)
run.check("doccano-py", "doccano", golden.version("doccano"), compare, (run.folder / "doccano-py.jsonl").resolve(), True)
run.done()
