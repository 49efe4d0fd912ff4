from datetime import timedelta

import pytest
from django.utils import timezone

from payroll import services, tasks
from payroll.letters import files as letter_files
from payroll.letters.letter import find_lines, frame_of, write_letter
from payroll.models import BatchLine, LetterFile
from tests import pay_year
from tests.world import AT


@pytest.fixture
def batch(world):
    return pay_year.released(world)


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(letter_files, "AT_ONCE", 0)


def test_each_person_has_one_letter_by_department_and_name_as_read_alone(batch):
    letters = letter_files.letters_of(batch)

    assert len(letters) == batch.people_count
    assert [each.department for each in letters] == sorted(each.department for each in letters)
    mine = BatchLine.objects.filter(batch=batch, line__number="10482")
    assert write_letter(list(find_lines(mine)), frame_of(batch)) in letters


def test_more_letters_ask_no_more_of_the_database(batch, django_assert_num_queries):
    once = letter_files.letters_of(batch)
    assert len(once) > 5

    with django_assert_num_queries(6):  # the county, the levels, the order, and three for a chunk
        letter_files.letters_of(batch)


def test_the_letters_of_a_small_batch_come_at_once(world, batch, client):
    client.force_login(world.users["carl"])

    answer = client.get(f"/payroll/batches/{batch.number}/letters/", follow=True)

    assert answer.redirect_chain[-1][0].endswith("/letters.pdf")
    assert answer.content.startswith(b"%PDF-")


def test_the_letters_of_a_large_batch_are_made_by_workers_in_parts_and_once(
    world, batch, client, large, monkeypatch
):
    monkeypatch.setattr(letter_files, "PART", 5)
    client.force_login(world.users["carl"])
    page = f"/payroll/batches/{batch.number}/letters/"
    assert "kept for 30 days" in client.get(page).content.decode()

    assert "Being written" in client.post(page, follow=True).content.decode()
    services.ask_for_letters(batch, by=world.person("carl"), at=AT)  # in another tab
    first, *others = LetterFile.objects.all()
    letter_files.make(first.pk)
    first.refresh_from_db()
    letter_files.make(first.pk)  # delivered twice

    parts = [first, *others]
    assert [part.letters for part in parts] == [5] * (len(parts) - 1) + [batch.people_count % 5 or 5]
    assert (first.first, first.done) == ("County Clerk: Kucera, Stephen", 5)
    assert LetterFile.objects.first().moved_at == first.moved_at
    assert "Part 1, PDF" in client.get(page).content.decode()
    for part in others:
        letter_files.make(part.pk)
    assert client.get(page + "progress/").headers["HX-Refresh"] == "true"
    assert "The letters are ready" in client.get(page).content.decode()
    answer = client.get(f"/payroll/batches/{batch.number}/letters-1.pdf")
    assert answer.content == bytes(first.content)


def test_each_letter_is_in_one_part(batch, large, monkeypatch):
    monkeypatch.setattr(letter_files, "PART", 5)
    parts, written = letter_files.plan_parts(batch), []
    monkeypatch.setattr(letter_files, "pdf_of", lambda letters, title: written.extend(letters) or b"%PDF-")
    LetterFile.objects.bulk_create(parts)

    for part in parts:
        letter_files.make(part.pk)

    assert written == letter_files.letters_of(batch)


def test_old_files_are_removed_and_can_be_made_again(world, batch, large):
    services.ask_for_letters(batch, by=world.person("carl"), at=AT)
    tasks.remove_old_letters()
    assert LetterFile.objects.exists()
    LetterFile.objects.update(queued_at=timezone.now() - letter_files.KEPT - timedelta(hours=1))

    tasks.remove_old_letters()

    assert not LetterFile.objects.exists()
    services.ask_for_letters(batch, by=world.person("carl"), at=AT)
    assert LetterFile.objects.exists()


def test_a_file_whose_worker_died_is_taken_up_again(world, batch, large, django_capture_on_commit_callbacks):
    ask = {"by": world.person("carl"), "at": AT}
    with django_capture_on_commit_callbacks() as queued:
        services.ask_for_letters(batch, **ask)
        services.ask_for_letters(batch, **ask)
    assert len(queued) == 1
    died = LetterFile.objects.get().queued_at - 2 * letter_files.STILL
    LetterFile.objects.update(queued_at=died, moved_at=died)

    with django_capture_on_commit_callbacks() as queued:
        services.ask_for_letters(batch, **ask)
    assert len(queued) == 1
    letter_files.make(LetterFile.objects.get().pk)
    assert LetterFile.objects.get().content
