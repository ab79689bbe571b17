"""The chain of sealed segments: it names the first change, gap, addition and break of order, and outlives retention."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from parties import audit
from parties.audit import Act, sealing
from parties.audit.hashing import digest_of_entry
from parties.audit.pruning import prune
from parties.audit.sealing import NotSealed, seal
from parties.audit.verifying import Broken, verify
from parties.models import AuditEntry, AuditSegment
from samverkan.lib import locks
from tests.support.at_once import People

pytestmark = pytest.mark.django_db


def write(count, huge):
    return [
        audit.record(Act.CHANGED, by=None, of=huge, changes=[("namn", "a", str(n))]) for n in range(count)
    ]


@pytest.fixture
def entries(huge, now):
    """Two segments with three entries each, and two entries that are not sealed."""
    made = write(3, huge)
    seal(at=now)
    made += write(3, huge)
    seal(at=now + timedelta(days=1))
    return made + write(2, huge)


def run(query, *parameters):
    """Changes the log as somebody who has lifted the locks."""
    locks.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)


def change(entries):
    run("UPDATE parties_auditentry SET act = 'removed' WHERE id = %s", entries[1].pk)


def change_with_its_digest(entries):
    entry = entries[4]
    entry.changes = ""
    entry.digest = digest_of_entry(entry)
    locks.lift(connection)
    entry.save()


def remove(entries):
    run("DELETE FROM parties_auditentry WHERE id = %s", entries[1].pk)


def move(entries):
    run("UPDATE parties_auditentry SET id = %s WHERE id = %s", entries[-1].pk + 100, entries[4].pk)


def change_what_is_not_sealed(entries):
    run("UPDATE parties_auditentry SET key = 0 WHERE id = %s", entries[6].pk)


def change_segment(entries):
    run("UPDATE parties_auditsegment SET entries = 4 WHERE number = 2")


def remove_segment(entries):
    run("DELETE FROM parties_auditsegment WHERE number = 1")


def swap_segments(entries):
    run("UPDATE parties_auditsegment SET number = number + 10")
    run("UPDATE parties_auditsegment SET number = 1 WHERE number = 12")
    run("UPDATE parties_auditsegment SET number = 2 WHERE number = 11")


def add_before_the_first(entries):
    entry = AuditEntry(pk=entries[0].pk - 1, at=entries[0].at, act=Act.CHANGED)
    entry.digest = digest_of_entry(entry)
    entry.save(force_insert=True)


def keep_what_is_pruned(entries):
    run("UPDATE parties_auditsegment SET removed_at = closed_at WHERE number = 1")


# What somebody does behind the locks; the segment, the place of the entry in the fixture, and part of the sentence.
FAULTS = {
    "a changed entry": (change, 1, 1, "ändrad"),
    "an entry changed together with its digest": (change_with_its_digest, 2, 4, "avtryck med den"),
    "a missing entry": (remove, 1, 1, "saknas"),
    "an entry moved to another key": (move, 2, 4, "saknas"),
    "a changed entry that is not sealed": (change_what_is_not_sealed, None, 6, "ändrad"),
    "a changed segment": (change_segment, 2, None, "ändrat"),
    "a missing segment": (remove_segment, 1, None, "saknas"),
    "segments in another order": (swap_segments, 1, None, "ordningen"),
    "an entry added in front": (add_before_the_first, 1, -1, "lagts till"),
    "an entry kept after its segment was removed": (keep_what_is_pruned, 1, 0, "finns kvar"),
}


@pytest.mark.parametrize(("do", "segment", "place", "sentence"), FAULTS.values(), ids=list(FAULTS))
def test_the_first_fault_is_named(do, segment, place, sentence, entries):
    do(entries)

    with pytest.raises(Broken, match=sentence) as broken:
        verify()

    place_of = {entry.pk: n for n, entry in enumerate(entries)} | {entries[0].pk - 1: -1}
    assert broken.value.segment == segment
    assert place_of.get(broken.value.entry) == place


def test_a_whole_chain_says_what_it_holds(entries):
    found = verify()

    assert (found.segments, found.removed, found.entries, found.unsealed) == (2, 0, 8, 2)
    assert found.chained == AuditSegment.objects.get(number=2).chained


def test_an_empty_log_is_whole(db):
    assert verify().entries == 0


def test_a_chain_that_is_written_anew_does_not_hold_the_digest_that_was_kept_elsewhere(entries, now):
    kept = verify().chained
    assert verify(known=kept)
    change_with_its_digest(entries)
    run("DELETE FROM parties_auditsegment")
    seal(at=now)

    assert verify().segments == 1
    with pytest.raises(Broken, match="omskriven"):
        verify(known=kept)


def test_a_long_log_becomes_several_segments(huge, now, monkeypatch):
    monkeypatch.setattr(sealing, "LARGEST", 2)
    write(5, huge)

    assert [segment.entries for segment in seal(at=now)] == [2, 2, 1]
    assert verify().segments == 3
    assert seal(at=now) == []


# --- Retention ---------------------------------------------------------------------------------------------
def test_retention_removes_whole_segments_keeps_their_digests_and_records_itself(entries, now):
    last = verify().chained

    assert [segment.number for segment in prune(at=now, before=now + timedelta(hours=1))] == [1]

    found = verify(known=last)
    assert (found.segments, found.removed, found.entries) == (2, 1, 6)
    assert not AuditEntry.objects.filter(pk__lte=entries[2].pk).exists()
    entry = AuditEntry.objects.latest("pk")
    assert (entry.act, entry.label, entry.changed[0]) == (Act.PRUNED, "Segment 1–1", ("poster", "3", "0"))


def test_nothing_is_old_enough(entries, now):
    assert prune(at=now, before=now - timedelta(days=1)) == []
    assert AuditEntry.objects.count() == len(entries)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("DELETE FROM parties_auditentry WHERE id > (SELECT MAX(last_id) FROM parties_auditsegment)", "Ändringsloggen"),
        ("DELETE FROM parties_auditentry", "Ändringsloggen"),
        ("UPDATE parties_auditentry SET label = 'annan'", "Ändringsloggen"),
        ("DELETE FROM parties_auditsegment", "segment"),
        ("UPDATE parties_auditsegment SET removed_at = NULL", "segment"),
    ],
)  # fmt: skip
def test_after_retention_the_rest_is_still_locked(query, sentence, entries, now):
    prune(at=now, before=now + timedelta(hours=1))

    with pytest.raises(DatabaseError, match=sentence), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query)


# --- At once -----------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_what_is_being_written_is_left_for_the_next_time(huge, now, tmp_path):
    """A writer that is not done holds an earlier key. On SQLite there is no such moment: it keeps the sealer waiting."""
    write(2, huge)
    people = People(tmp_path)
    with transaction.atomic():
        write(1, huge)
        if connection.vendor == "postgresql":
            (answer,) = people.do(lambda: seal(at=now, patience=0.2))
            assert isinstance(answer, NotSealed)
    assert [segment.entries for segment in seal(at=now)] == [3]


@pytest.mark.django_db(transaction=True)
def test_of_two_sealers_one_seals(huge, now, tmp_path):
    write(20, huge)
    people = People(tmp_path)

    answers = people.do(lambda: seal(at=now), lambda: seal(at=now))

    assert all(isinstance(answer, list | NotSealed) for answer in answers)
    assert people.see(lambda: verify().segments) == 1


# --- Commands ----------------------------------------------------------------------------------------------
def test_the_command_seals_verifies_and_prunes(entries, now, capsys):
    call_command("audit", "seal")
    call_command("audit", "verify")
    call_command("audit", "prune")
    call_command("audit", "seal")

    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("2 poster förseglade till och med segment 3. Kedjat avtryck: ")
    assert said[1].startswith(
        "Ändringsloggen är hel: 3 segment, varav 0 gallrade, och 8 poster, varav 0 ännu inte"
    )
    assert said[2:] == ["Inget förseglat segment är äldre än 5 år.", "Inget nytt att försegla."]


def test_the_command_names_the_fault_and_fails(entries):
    change(entries)
    with pytest.raises(CommandError, match=rf"bruten. segment 1, post {entries[1].pk}: posten är ändrad"):
        call_command("audit", "verify")


def test_the_command_prunes_what_is_old(entries, now):
    run("UPDATE parties_auditsegment SET closed_at = %s", now - timedelta(days=800))
    call_command("audit", "prune", older_than_years=2)
    assert AuditEntry.objects.count() == 3


@pytest.mark.parametrize("arguments", [[], ["slå"], ["prune", "--older-than-years", "0"]])
def test_a_command_that_cannot_be_read_says_how_to_write_it(arguments, db):
    with pytest.raises(CommandError, match="Skriv"):
        call_command("audit", *arguments)
