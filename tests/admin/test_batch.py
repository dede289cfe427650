"""From a file to published records at the officers' door: upload, preview, apply, publish, take back."""

import stat
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry.actions.batch import publish
from registry.actions.record import amend
from registry.admin.address import address_of
from registry.exchange import uploads
from registry.models import Act, ImportBatch, Project, RowProblem
from registry.vocabulary.batch import BatchState
from registry.vocabulary.publication import Publication
from registry.vocabulary.role import Role
from tests import build
from tests.admin.clerk import Form, words_of
from tests.exchange.officers_list import officers_list, row, sheet_of
from tests.unchanged import everything

pytestmark = pytest.mark.django_db

UPLOAD = reverse("admin:registry_importbatch_upload")
FAILED = reverse("admin:registry_importbatch_failed")


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def upload(clerk, data: bytes, *, name: str = "danh-muc.xlsx", table: str = "projects"):
    return clerk.client.post(UPLOAD, {"table": table, "file": SimpleUploadedFile(name, data)})


def preview(clerk, data: bytes, **more):
    answer = upload(clerk, data, **more)
    assert answer.status_code == 302, words_of(answer)
    return answer.url, clerk.client.get(answer.url)


def send(clerk, url: str, page, form: str, **changes):
    fields = Form(page.content.decode(), form).fields
    return clerk.client.post(url, fields | {name: [value] for name, value in changes.items()})


def applied(clerk) -> ImportBatch:
    url, page = preview(clerk, officers_list())
    send(clerk, url, page, "apply-form")
    return ImportBatch.objects.get()


def test_a_file_is_kept_privately_until_it_is_imported(clerk, var):
    url, page = preview(clerk, officers_list())
    kept = list((var / "uploads").iterdir())
    assert [stat.S_IMODE(each.stat().st_mode) for each in kept] == [0o600]
    assert clerk.client.get(f"/var/uploads/{kept[0].name}").status_code == 404
    send(clerk, url, page, "apply-form")
    assert list((var / "uploads").iterdir()) == []
    again = clerk.client.get(url)
    assert (again.status_code, again.url) == (302, UPLOAD)


def test_the_preview_shows_every_row_and_writes_nothing(clerk):
    answer = upload(clerk, officers_list())
    before = everything()
    words = words_of(clerk.client.get(answer.url))
    assert everything() == before
    assert "nhập mới: 3" in words
    assert "Nhà máy Một" in words and "Số tiền (USD): 1.234.567,89" in words


def test_errors_are_shown_with_cell_and_remedy_and_kept(clerk):
    _url, page = preview(clerk, sheet_of([row(), row(c7="abc", c4="2")]))
    words = words_of(page)
    assert "Sheet!H3" in words and "Không đọc được chắc chắn con số “abc”" in words
    assert 'id="apply-form"' not in page.content.decode()
    assert list(RowProblem.objects.values_list("cell", "by_name")) == [("H3", "lan")]


def test_the_desk_leads_to_a_file_that_failed_and_to_what_was_wrong_in_it(clerk):
    preview(clerk, sheet_of([row(), row(c7="abc", c4="2")]), name="hong.xlsx")
    words = words_of(clerk.client.get(FAILED))
    assert "hong.xlsx" in words and "Dự án" in words and "lan" in words
    url = f"{FAILED}?file={RowProblem.objects.get().pk}"
    assert url in clerk.client.get(FAILED).content.decode()
    words = words_of(clerk.client.get(url))
    assert "hong.xlsx" in words and "Sheet!H3" in words and "Không đọc được chắc chắn con số “abc”" in words

    preview(clerk, officers_list(), name="hong.xlsx")
    url, page = preview(clerk, officers_list(), name="hong.xlsx")
    send(clerk, url, page, "apply-form")
    assert "Không có tệp nào nhập không thành." in words_of(clerk.client.get(FAILED))


def test_a_file_that_failed_is_let_go(clerk, client):
    kept, gone = build.make_row_problem(file_name="a.xlsx"), build.make_row_problem(file_name="b.xlsx")
    build.make_row_problem(file_name="b.xlsx", cell="H4")
    url, acts = f"{FAILED}?file={gone.pk}", Act.objects.count()
    assert send(clerk, url, clerk.client.get(url), "let-go-form").url == FAILED
    assert list(RowProblem.objects.all()) == [kept]
    assert Act.objects.count() == acts
    for again in (url, f"{FAILED}?file=x", f"{FAILED}?file={'9' * 30}", f"{FAILED}?file=²"):
        assert clerk.client.get(again).url == clerk.client.post(again).url == FAILED

    client.force_login(build.make_officer("xem", Role.READER))
    url = f"{FAILED}?file={kept.pk}"
    assert 'id="let-go-form"' not in client.get(url).content.decode()
    assert client.post(url).status_code == 403
    assert RowProblem.objects.exists()


def test_a_later_try_is_not_let_go_by_who_saw_the_one_before(clerk):
    seen, later = (preview(clerk, sheet_of([row(c7="abc")]), name="hong.xlsx") and RowProblem.objects.get()
                   for _time in range(2))
    assert clerk.client.post(f"{FAILED}?file={seen.pk}").url == FAILED
    assert RowProblem.objects.get() == later != seen


def test_failed_files_take_as_many_queries_however_many(clerk):
    build.make_row_problem(file_name="a.xlsx")
    clerk.queries(FAILED)
    few = clerk.queries(FAILED)
    for number in range(120):
        build.make_row_problem(file_name=f"{number}.xlsx")
    assert clerk.queries(FAILED) == few
    assert f"{FAILED}?p=2" in clerk.client.get(FAILED).content.decode()


def test_a_file_that_cannot_be_read_is_told(clerk):
    _url, page = preview(clerk, b"PK\x03\x04", name="hong.xlsx")
    assert "cả tệp" in words_of(page) and "Tệp hỏng" in words_of(page)


def test_a_batch_is_applied_reviewed_and_published(clerk):
    made = applied(clerk)
    assert (made.state, made.acts.get().by) == (BatchState.IN_REVIEW, clerk.user)
    page = clerk.client.get(address_of(made))
    words = words_of(page)
    assert "Nhà máy Một" in words and "bút toán vốn: 1.000.000,5" in words
    assert address_of(made, "publish") in page.content.decode()

    url = address_of(made, "publish")
    answer = send(clerk, url, clerk.client.get(url), "work-form")
    assert (answer.status_code, answer.url) == (302, address_of(made))
    assert Project.objects.public().filter(irc_code="5421840814").exists()
    assert Act.objects.latest("pk").batch == made


def test_a_batch_behind_the_register_says_which_record_and_what_to_do(clerk):
    project = build.make_project(name="Cũ", investors=())
    url, page = preview(clerk, sheet_of([(project.code, "Cũ", 20)], heading=("code", "name", "planned_workers")))
    send(clerk, url, page, "apply-form")
    with build.act(by="hoa") as act:
        amend(act=act, record=project, address="Lô A")
    url = address_of(ImportBatch.objects.get(), "publish")
    before = everything()
    words = words_of(send(clerk, url, clerk.client.get(url), "work-form"))
    assert f"{project.code}: hoa" in words and "hoàn tác cả lô, xem trước lại tệp" in words
    assert "xem thay đổi bên dưới" not in words and everything() == before


def test_a_batch_is_taken_back_with_a_reason(clerk):
    made = applied(clerk)
    url = address_of(made, "take-back")
    page = clerk.client.get(url)
    assert send(clerk, url, page, "work-form").status_code == 200
    send(clerk, url, page, "work-form", reason="nhập nhầm tệp")
    made.refresh_from_db()
    assert made.state == BatchState.UNDONE
    assert not Project.objects.filter(irc_code="5421840814").exists()
    assert clerk.client.get("/admin/").status_code == 200
    assert clerk.client.get(address_of(made, "history")).status_code == 200


def test_what_rests_on_a_batch_is_told(clerk):
    made = applied(clerk)
    project = Project.objects.get(irc_code="5421840814")
    build.make_milestone(project)
    url = address_of(made, "take-back")
    answer = send(clerk, url, clerk.client.get(url), "work-form", reason="x")
    assert project.code in words_of(answer)
    assert project.publication == Publication.IN_REVIEW


def test_another_writer_between_preview_and_apply_is_told(clerk):
    url, page = preview(clerk, officers_list())
    build.make_source()
    answer = send(clerk, url, page, "apply-form")
    assert "Hãy xem trước lại" in words_of(answer)
    assert not ImportBatch.objects.exists()
    send(clerk, url, answer, "apply-form")
    assert ImportBatch.objects.exists()


def test_two_clicks_make_one_batch(clerk):
    url, page = preview(clerk, officers_list())
    for _click in range(2):
        send(clerk, url, page, "apply-form")
    assert ImportBatch.objects.count() == 1


def test_the_rows_of_one_fate(clerk):
    build.make_investor(name="ABC Electronics")
    build.make_investor(name="ABC ELECTRONICS")
    url, page = preview(clerk, officers_list())
    assert "cần chọn: 2" in words_of(page)
    shown = words_of(clerk.client.get(f"{url}&{urlencode({'fate': 'new'})}"))
    rows = shown.partition("Từng dòng của tệp")[2]
    assert "Nhà máy Hai" in rows and "Nhà máy Một" not in rows


def test_the_right_record_is_chosen_on_the_page(clerk, var):
    first, second = build.make_investor(name="ABC Electronics"), build.make_investor(name="ABC ELECTRONICS")
    url, page = preview(clerk, officers_list())
    assert 'id="apply-form"' not in page.content.decode() and f"{second.code} · ABC ELECTRONICS" in words_of(page)
    before = everything()
    one, three = "choice:2:investor ABC Electronics", "choice:4:investor ABC Electronics"
    answer = send(clerk, url, page, "choices-form", **{one: second.code})
    assert (answer.status_code, answer.url, everything()) == (302, url, before)

    page = clerk.client.get(url)
    assert "cần chọn: 1" in words_of(page) and Form(page.content.decode(), "choices-form").fields[one] == [second.code]
    send(clerk, url, page, "choices-form", **{three: "new"})
    page = clerk.client.get(url)
    assert {stat.S_IMODE(each.stat().st_mode) for each in (var / "uploads").iterdir()} == {0o600}
    send(clerk, url, page, "apply-form")
    project = Project.objects.get(irc_code="5421840814")
    assert second in [stake.investor for stake in project.current_stakes()]
    other = Project.objects.get(irc_code="0123456780").current_stakes()[0].investor
    assert other.name == "ABC Electronics" and other not in (first, second)
    assert list((var / "uploads").iterdir()) == []


def test_what_is_applied_is_what_was_shown(clerk):
    build.make_investor(name="ABC Electronics"), build.make_investor(name="ABC ELECTRONICS")
    url, page = preview(clerk, officers_list())
    both = {f"choice:{row}:investor ABC Electronics": "new" for row in (2, 4)}
    send(clerk, url, page, "choices-form", **both)
    shown = clerk.client.get(url)
    send(clerk, url, shown, "choices-form", **{"choice:2:investor ABC Electronics": "INV-000001"})
    assert "Hãy xem trước lại" in words_of(send(clerk, url, shown, "apply-form"))
    assert not ImportBatch.objects.exists()


def test_answers_are_each_officers_own(clerk):
    build.make_investor(name="ABC Electronics"), build.make_investor(name="ABC ELECTRONICS")
    url, page = preview(clerk, officers_list())
    send(clerk, url, page, "choices-form", **{"choice:2:investor ABC Electronics": "new"})
    assert uploads.answers_of(url.split("/")[-2], clerk.user.pk + 1) == {}
    assert uploads.answers_of("../../etc/passwd", clerk.user.pk) == {}


def test_a_doubtful_rate_is_shown_and_blocks_nothing(clerk):
    url, page = preview(clerk, sheet_of([row(c8=24_000)]))
    assert "có lưu ý: 1" in words_of(page) and "nhầm đơn vị" in words_of(clerk.client.get(f"{url}&fate=noted"))
    send(clerk, url, page, "apply-form")
    assert ImportBatch.objects.exists()


def test_long_work_is_announced(clerk, monkeypatch):
    assert "giây. Hãy để trang mở" not in words_of(preview(clerk, officers_list())[1])
    monkeypatch.setattr("registry.admin.imports.WORTH_TELLING", 0)
    assert "giây. Hãy để trang mở" in words_of(preview(clerk, officers_list())[1])


def test_long_files_are_paged(clerk):
    url, page = preview(clerk, sheet_of([row(c1=f"Dự án số {n}", c4=str(n)) for n in range(1, 251)]))
    assert "Dự án số 100 " in words_of(page) and "Dự án số 101 " not in words_of(page)
    assert "Dự án số 250 " in words_of(clerk.client.get(f"{url}&rows=3"))
    send(clerk, url, page, "apply-form")
    made = ImportBatch.objects.get()
    assert "Dự án số 250 " in words_of(clerk.client.get(f"{address_of(made)}?rows=3"))


@pytest.mark.parametrize("path", ["upload/", f"preview/{'0' * 64}/", "preview/..%2f..%2fetc/"])
def test_strangers_and_made_up_names(client, clerk, path):
    url = reverse("admin:registry_importbatch_changelist") + path
    answer = clerk.client.get(url)
    assert answer.status_code in (200, 302, 404)
    client.logout()
    assert client.get(url).status_code in (302, 404)


def test_the_list_of_batches(clerk):
    applied(clerk)
    words = words_of(clerk.client.get(reverse("admin:registry_importbatch_changelist"), {"q": "danh-muc"}))
    assert "IMP-000001" in words and "danh-muc.xlsx" in words and "chờ duyệt" in words


def test_templates_are_offered_and_taken(clerk):
    words = clerk.client.get(UPLOAD).content.decode()
    url = reverse("admin:registry_importbatch_template", args=["projects"])
    assert url in words
    answer = clerk.client.get(url)
    data = b"".join(answer.streaming_content)
    assert answer["Content-Length"] == str(len(data))
    _url, page = preview(clerk, data)
    assert "không có trang tính nào có dữ liệu" in words_of(page)
    assert clerk.client.get(url.replace("projects", "nonsense")).status_code == 404


def ledger_rows(project, count: int, *more) -> bytes:
    return sheet_of([(project.code, "increase", 100 + number, "1/5/2024") for number in range(count)] + list(more),
                    heading=("project.code", "kind", "amount_usd", "decided_on"))


@pytest.fixture
def corrected(clerk):
    """The preview of a ledger file of 120 rows that came before, and a new one."""
    project = build.make_project(capital_usd=5)
    build.make_batch(ledger_rows(project, 120), table="capital-entries")
    data = ledger_rows(project, 120, (project.code, "increase", 999, "2/5/2024"))
    return preview(clerk, data, table="capital-entries")


def test_rows_that_repeat_what_is_there_have_one_answer(clerk, corrected):
    url, page = corrected
    fields = Form(page.content.decode(), "choices-form").fields
    assert "Còn 1 chỗ chưa chọn" in words_of(page) and "2, 3, 4, 5, 6, 7, 8, 9, …" in words_of(page)
    assert len([name for name in fields if name.startswith("choice:")]) == 101

    assert send(clerk, url, page, "choices-form", **{"choice:0:repeats": "same"}).status_code == 302
    page = clerk.client.get(url)
    assert "không đổi: 120" in words_of(page) and "nhập mới: 1" in words_of(page)
    assert "Còn 0 chỗ chưa chọn" in words_of(page)

    send(clerk, url, page, "choices-form", **{"choice:0:repeats": "new"})
    page = clerk.client.get(url)
    assert "nhập mới: 121" in words_of(page)


def test_one_answer_for_all_is_changed_for_one_row(clerk, corrected):
    url, page = corrected
    send(clerk, url, page, "choices-form", **{"choice:0:repeats": "same"})
    last = f"{url}&own=2"
    page = clerk.client.get(last)
    fields = Form(page.content.decode(), "choices-form").fields
    assert "choice:121:same" in fields and "choice:101:same" not in fields
    assert "– theo lựa chọn chung –" in words_of(page)

    assert send(clerk, last, page, "choices-form", **{"choice:121:same": "new"}).url == last
    page = clerk.client.get(url)
    assert "không đổi: 119" in words_of(page) and "nhập mới: 2" in words_of(page)
    send(clerk, url, page, "apply-form")
    assert ImportBatch.objects.latest("pk").rows.filter(fate="new").count() == 2


def test_the_same_name_in_many_rows_is_asked_once(clerk):
    rows = [row(c1=f"Nhà máy {number}", c4=f"44218408{number}", c9="Yên Phong") for number in range(10, 50)]
    url, page = preview(clerk, sheet_of([*rows, row(c9="KCN Quế Võ")]))
    fields = Form(page.content.decode(), "choices-form").fields
    [zones] = [name for name in fields if name.startswith("choice:0:")]
    assert "Còn 2 chỗ chưa chọn" in words_of(page) and "40 dòng, một lựa chọn cho tất cả" in words_of(page)

    send(clerk, url, page, "choices-form", **{zones: "yen-phong-2a", "choice:5:zone": "yen-phong-2c",
                                              "choice:42:zone": "que-vo-1"})
    page = clerk.client.get(url)
    send(clerk, url, page, "apply-form")
    with build.act() as act:
        publish(act=act, batch=ImportBatch.objects.get())
    in_zone = {code: Project.objects.filter(zone__code=code).count() for code in (
        "yen-phong-2a", "yen-phong-2c", "que-vo-1")}
    assert in_zone == {"yen-phong-2a": 39, "yen-phong-2c": 1, "que-vo-1": 1}


def test_a_new_row_shows_its_values_folded(clerk, var):
    _url, page = preview(clerk, sheet_of([row()]))
    html = page.content.decode()
    assert html.count("<summary>Giá trị sẽ ghi</summary>") == 1
    assert "<li>Mã số dự án: 5421840814</li>" in html
