"""CSV files as they come: encodings, separators, quotes, and what is no CSV file at all."""

import codecs
import tracemalloc
from pathlib import Path

import pytest

from resolvers.imports.files import open_table
from resolvers.imports.refusals import FileRefused, RowRefused

ROWS = [["Größe", "Notiz"], ["1", "a; b, c"], ["2", 'zwei\nZeilen "hier"']]


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_encoding_and_separator_are_found_out(
    tmp_path: Path, encoding: str, found: str, separator: str
) -> None:
    lines = (separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS)
    path = written(tmp_path / "a.csv", "\r\n".join(lines).encode(encoding))
    table = open_table(path)
    assert table.encoding == found
    assert table.headings == ("Größe", "Notiz")
    assert [cells for _, cells in table.rows()] == ROWS[1:]


def test_the_separator_a_spreadsheet_declares_is_taken_at_its_word(tmp_path: Path) -> None:
    table = open_table(written(tmp_path / "a.csv", "sep=;\r\na,b;c\r\n1,5;2\r\n"))
    assert table.headings == ("a,b", "c")
    assert list(table.rows()) == [(2, ["1,5", "2"])]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    table = open_table(written(tmp_path / "a.csv", 'a,b\n"1\n1",x\n\n,\n4,y\n'))
    assert [number for number, _ in table.rows()] == [2, 5]


def test_a_cut_off_row_is_no_row(tmp_path: Path) -> None:
    table = open_table(written(tmp_path / "a.csv", "a,b,c\n1,2,3\n4,5"))
    cells = [cells for _, cells in table.rows()]
    assert table.fit(cells[0]) == ["1", "2", "3"]
    with pytest.raises(RowRefused, match="2 cells and the headings are 3"):
        table.fit(cells[1])


def test_a_row_with_a_cell_too_many_is_no_row_unless_it_is_empty(tmp_path: Path) -> None:
    table = open_table(written(tmp_path / "a.csv", "a,b\n1,2, \n1,2,3\n"))
    cells = [cells for _, cells in table.rows()]
    assert table.fit(cells[0]) == ["1", "2"]
    with pytest.raises(RowRefused, match="3 cells and the headings are 2"):
        table.fit(cells[1])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"  \n \n", "is empty"),
        (b"PK\x03\x04rest", "Excel or OpenDocument workbook"),
        (b"%PDF-1.7", "PDF document"),
        (b",,,\n1,2,3,4\n", "no headings"),
    ],
)
def test_what_is_no_csv_file_is_said_in_one_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(FileRefused, match=sentence):
        open_table(written(tmp_path / "a.csv", content))


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read: No such file"):
        open_table(tmp_path / "none.csv")
    with pytest.raises(FileRefused, match="is a folder"):
        open_table(tmp_path)
    with pytest.raises(FileRefused, match="/dev/zero is no file"):
        open_table(Path("/dev/zero"))


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("nonsense", "There is no text encoding called nonsense"),
        ("base64", "There is no text encoding called base64"),
        ("ascii", "a.csv is not text in the encoding ascii"),
    ],
)
def test_an_encoding_that_does_not_fit_is_said_in_one_sentence(
    tmp_path: Path, encoding: str, told: str
) -> None:
    with pytest.raises(FileRefused, match=told):
        open_table(written(tmp_path / "a.csv", "Größe,Notiz\n1,2\n"), encoding=encoding)


def test_an_unclosed_quotation_mark_does_not_swallow_the_rest(tmp_path: Path) -> None:
    table = open_table(written(tmp_path / "a.csv", 'a,b\n1,"2\n3,4\n5,6\n'))
    with pytest.raises(FileRefused, match="not valid CSV"):
        list(table.rows())


def test_an_encoding_that_is_named_counts_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "a,b\nПривет,1\n".encode("cp1251"))
    assert next(iter(open_table(path, encoding="cp1251").rows())) == (2, ["Привет", "1"])
    with pytest.raises(FileRefused, match="not text in the encoding"):
        open_table(path, encoding="utf-8")
    with pytest.raises(FileRefused, match="no text encoding called klingon"):
        open_table(path, encoding="klingon")


def test_bytes_that_are_no_text_are_told_by_their_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", b"a,b\n" + b"1,2\n" * 400_000 + b"\x81,\xff\n")
    with pytest.raises(FileRefused, match=r"[Pp]ast line|not text"):
        list(open_table(path).rows())


def test_reading_tells_how_far_it_is_and_ends_at_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", codecs.BOM_UTF8 + b"a,b\n" + b"1,2\n" * 20_000)
    told: list[int] = []
    assert sum(1 for _ in open_table(path).rows(told.append)) == 20_000
    assert told == sorted(told)
    assert told[-1] == path.stat().st_size
    assert len(told) > 10


def test_a_large_file_is_never_held_in_memory(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", b"a,b\n" + b"1,%s\n" % (b"x" * 200) * 50_000)
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_table(path).rows()) == 50_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < path.stat().st_size / 2
