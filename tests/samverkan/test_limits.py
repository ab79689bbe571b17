"""What is too large, or comes from a stranger, is refused before it costs anything; what is stored is the owner's only."""

import stat
import threading
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.test import Client

from samverkan.lib import pdf

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).resolve().parents[2]
IMPORT = "/administration/konton/importera/"


@pytest.fixture
def stored(monkeypatch):
    """The names of the files that reach a handler which keeps them."""
    kept = []
    for handler in (MemoryFileUploadHandler, TemporaryFileUploadHandler):

        def new_file(self, field, name, *args, begin=handler.new_file, **options):
            kept.append(name)
            return begin(self, field, name, *args, **options)

        monkeypatch.setattr(handler, "new_file", new_file)
    return kept


def test_a_strangers_file_is_not_stored(db, stored):
    file = SimpleUploadedFile("konton.csv", b"x" * 3_000_000)

    response = Client().post(IMPORT, {"file": file, "reason": "ett skäl med flera ord"})

    assert response.status_code == 403
    assert stored == []


def test_a_signed_in_persons_file_is_read(admin, client_for, stored):
    client_for(admin).post(IMPORT, {"file": SimpleUploadedFile("konton.csv", b"Namn\n")})

    assert set(stored) == {"konton.csv"}


def test_a_request_larger_than_any_form_is_refused_unread(db):
    response = Client().post("/logga-in/", {"login": "x"}, headers={"Content-Length": "30000000"})

    assert response.status_code == 413
    assert "för lång" in response.content.decode()
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("length", ["", "many", "-1"])
def test_a_length_that_is_none_breaks_nothing(length, db):
    assert Client().get("/logga-in/", headers={"Content-Length": length}).status_code == 200


def test_an_unknown_host_is_refused_with_the_headers_of_every_page(db):
    response = Client(headers={"Host": "other.example.com"}).get("/logga-in/")

    assert response.status_code == 400
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_what_is_stored_is_its_owners_only(tmp_path):
    name = FileSystemStorage(tmp_path).save("bilagor/2024/protokoll.pdf", ContentFile(b"%PDF-1.7"))

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / name, tmp_path / "bilagor")]
    assert modes == [0o600, 0o700]
    (tmp_path / "database").write_text("")
    assert stat.S_IMODE((tmp_path / "database").stat().st_mode) == 0o600


def test_reports_wait_for_each_other_and_give_up_with_a_sentence(
    agreement, samordnare, client_for, monkeypatch
):
    monkeypatch.setattr(pdf, "PATIENCE_SECONDS", 0.01)
    client, waits, done = client_for(samordnare), threading.Event(), threading.Event()

    def draw_for_long():
        with pdf._turn():
            waits.set()
            done.wait(10)

    drawing = threading.Thread(target=draw_for_long)
    drawing.start()
    waits.wait(10)
    response = client.get("/2023-2024/rapporter/uppfoljning.pdf?per=2024-08-31")
    done.set()
    drawing.join()

    assert response.status_code == 503
    assert "PDF-filen gick inte att göra just nu." in response.content.decode()
    assert client.get("/2023-2024/rapporter/uppfoljning.pdf?per=2024-08-31").status_code == 200


def test_no_more_reports_wait_than_leave_the_pages_their_threads(agreement, samordnare, client_for):
    client = client_for(samordnare)
    taken = [pdf._QUEUE.acquire(blocking=False) for _ in range(8)]
    response = client.get("/2023-2024/rapporter/uppfoljning.pdf?per=2024-08-31")
    for _ in taken:
        pdf._QUEUE.release()

    assert (all(taken), response.status_code) == (True, 503)


def test_the_server_reads_one_file_of_settings_wherever_it_starts():
    settings: dict[str, object] = {}
    exec((ROOT / "gunicorn.conf.py").read_text(), settings)  # noqa: S102 -- as gunicorn reads it

    # One thread in each process draws, so pages are left some even when twelve people ask for a report.
    assert settings["threads"] * settings["workers"] > 12 + settings["workers"]
    assert "--workers" not in (ROOT / "tools/serve.py").read_text()
