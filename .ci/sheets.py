"""What `rasci matrix --format xlsx` writes, opened by another reader: the same fields as the CSV, every one of them text.

Usage: sheets.py RASCI, from the root of the project.
"""

import csv
import io
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

HOSTILE = """rasci: 1
id: hostile
parties: { a: { title: '=HYPERLINK("http://example.org")' }, b: { title: "+1" } }
tasks: { t: { title: "=1+1", assign: [{ A: a, R: b }] }, u: { title: "@SUM(A1)" }, v: { title: "12" }, w: { title: "<b> & ' 復旧" } }
"""


def rasci(rasci_path, *words):
    return subprocess.run([rasci_path, *words], stdout=subprocess.PIPE, check=True).stdout


def without_apostrophe(field):
    rest = field.lstrip("'")
    return field[1:] if field.startswith("'") and rest.startswith(("=", "+", "-", "@")) else field


def check(rasci_path, *question):
    book = openpyxl.load_workbook(io.BytesIO(rasci(rasci_path, "matrix", *question, "--format", "xlsx")))
    assert book.sheetnames == ["matrix"], book.sheetnames
    cells = [cell for row in book["matrix"].iter_rows() for cell in row]
    strange = [cell.coordinate for cell in cells if cell.value is not None and cell.data_type != "s"]
    assert not strange, f"{question}: not text: {strange}"
    rows = [[cell.value or "" for cell in row] for row in book["matrix"].iter_rows()]
    text = rasci(rasci_path, "matrix", *question, "--format", "csv").decode()
    expected = [[without_apostrophe(field) for field in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    assert rows == expected, f"{question}: the spreadsheet and the CSV differ"
    return len(rows)


def main(rasci_path):
    with tempfile.TemporaryDirectory() as folder:
        hostile = Path(folder) / "hostile.yaml"
        hostile.write_text(HOSTILE)
        models = [path for path in Path("policies").glob("[am]*/*.yaml") if not path.match("*.test.yaml")]
        questions = [(str(path), *how) for path in [hostile, *models] for how in ([], ["--every"], ["--letter", "R"])]
        rows = sum(check(rasci_path, *question) for question in questions)
    print(f"{len(questions)} spreadsheets, {rows} rows")


main(*sys.argv[1:])
