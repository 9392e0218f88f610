"""A workbook on the shop's page: one sheet is read, the others are offered."""

from pathlib import Path

import pytest

from nn_core.jobs import api
from tests.pages.test_shop import checked, metrics, opened, upload
from tests.recommender.data.test_workbook import HEADER, book, sales


def test_another_sheet_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GLASSNET_HOME", str(tmp_path))
    monkeypatch.setattr(api, "start", lambda: None)
    other = [["Kunde", "Artikel"], *([row[6], row[1]] for row in sales()[:90])]
    data = book(Year=[["Our shop"], HEADER, *sales()], Kasse=other)
    app = upload(opened(), data, "sales.xlsx")
    assert (metrics(app)["Rows kept"], metrics(app)["Products"]) == ("200", "40")
    said = "".join(text.value for text in app.markdown).replace("\\", "")
    assert "Of 2 sheets 'Year' is read; not read: 'Kasse'" in said
    assert "1 row stands above the line with the columns' names" in said
    sheet = next(box for box in app.selectbox if box.label == "Sheet")
    assert sheet.options == ["Year", "Kasse"]
    sheet.select("Kasse")
    checked(app.run())
    assert metrics(app)["Rows kept"] == "90"
    roles = {box.label: box.value for box in app.selectbox}
    assert (roles["Customer"], roles["Product"], roles["Sheet"]) == ("Kunde", "Artikel", "Kasse")
