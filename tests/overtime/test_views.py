import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from overtime.models import Worksheet
from tests.overtime.lumps import NAMES, drafted, kept, rows_of, upload


@pytest.fixture
def carl(world, client):
    client.force_login(world.users["carl"])
    return client


def posted(batch, text, **values):
    file = SimpleUploadedFile("overtime.csv", text.encode())
    return {"source": f"batch-{batch.number}", "method": "weeks", "file": file} | values


def test_a_clerk_uploads_looks_and_keeps(world, batch, carl):
    answer = carl.post("/overtime/new/", posted(batch, NAMES + rows_of("10482")))
    page = carl.get(answer.url).content.decode()
    assert "Additional overtime pay" in page
    assert "$1.61" in page

    carl.post(f"{answer.url}keep/")
    file = carl.get(f"{answer.url}payroll.csv").content.decode()
    assert "Sum of FLSA,1.61" in file
    weeks = carl.get(f"{answer.url}weeks.csv").getvalue().decode()
    assert "Worked out,1125.00,2025-09-06,7,47.00,7.00,0.00,21.64,1.61\r\n" in weeks


def test_a_file_that_is_no_table_is_refused_and_the_form_kept(batch, carl):
    answer = carl.post("/overtime/new/", posted(batch, "%PDF-1.7"))

    assert answer.status_code == 422
    assert "the file is a PDF" in answer.content.decode()
    assert not Worksheet.objects.exists()


def test_a_percent_of_earnings_is_refused_at_the_method(batch, carl):
    answer = carl.post("/overtime/new/", posted(batch, NAMES + rows_of("10482"), method="earnings"))

    assert answer.status_code == 422
    assert "778.210" in str(answer.context["form"].errors["method"])


def test_refused_rows_are_on_the_page_and_hold_the_worksheet(world, batch, carl):
    worksheet = upload(world, batch, rows_of("10482") + "=1+1,09/13/2025,40,0\n")
    address = f"/overtime/{worksheet.pk}/"

    assert "is the number of nobody on the roster" in carl.get(address).content.decode()
    refused = carl.post(f"{address}keep/")
    assert (refused.status_code, Worksheet.objects.get().state) == (422, "draft")
    carl.post(f"{address}keep/", {"without_refused": "on"})
    assert Worksheet.objects.get().state == "kept"


def test_one_column_cannot_be_two_things(world, carl):
    worksheet = drafted(world)
    answer = carl.post(
        f"/overtime/{worksheet.pk}/columns/",
        {
            "column_0": "number",
            "column_1": "week_ending",
            "column_2": "hours",
            "column_3": "hours",
            "method": "weeks",
        },
    )

    assert answer.status_code == 422
    assert "is chosen for two columns" in answer.content.decode()


def test_the_rows_to_fill_in_are_read_again_once_they_are_filled(world, batch, carl, settings):
    assert (
        b"Marisol Trevi\xc3\xb1o,2025-09-06,7,,,\r\n"
        in carl.get(f"/overtime/rows/batch-{batch.number}.csv").getvalue()
    )

    settings.DEMO = True
    filled = carl.get(f"/overtime/rows/batch-{batch.number}.csv").getvalue().decode("utf-8-sig")
    answer = carl.post("/overtime/new/", posted(batch, filled))

    worksheet = Worksheet.objects.get()
    assert answer.url == f"/overtime/{worksheet.pk}/"
    assert (worksheet.refused_rows, worksheet.people.filter(standing="computed").count()) == (0, 2)


def test_people_are_found_by_name_and_result(world, batch, carl):
    worksheet = kept(world, batch, rows_of("10482"))

    def names(query):
        return [each.number for each in carl.get(f"/overtime/{worksheet.pk}/{query}").context["page"]]

    assert (names("?words=trevi"), names("?standing=exempt")) == (["10482"], ["1010"])
    assert names("?words=nobody") == []
