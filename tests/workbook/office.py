"""LibreOffice, where it is installed: recalculating, saving again, and changing a workbook as a person would."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is no Python package and is not installed here")
_SECONDS = 600
#: Recalculate every formula on loading; by default cached values of files made elsewhere are believed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{code}
</script:module>"""
_MACRO = """
Sub Main(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  For n = 0 To book.Sheets.Count - 1
    book.Sheets.getByIndex(n).unprotect("")
  Next n
  Edit(book)
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(target, kind())
  book.close(True)
End Sub
"""


def _profile(folder: Path, code: str = "") -> str:
    """A profile of its own: settings first; a macro after the first start, which would overwrite it."""
    user, place = folder / "profile" / "user", f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    if not user.exists():
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        _run([place, "--terminate_after_init"])
    if code:
        basic = user / "basic" / "Standard"
        basic.mkdir(parents=True, exist_ok=True)
        (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
        (basic / "Module1.xba").write_text(_MODULE.format(code=escape(code)), encoding="utf-8")
    return place


def saved_again(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Each workbook recalculated and saved by LibreOffice, in *folder*/again."""
    _run([_profile(folder), "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "again"),
          *map(str, paths)])
    return [folder / "again" / path.name for path in paths]


def edited(path: Path, code: str, folder: Path) -> Path:
    """The workbook after a Basic ``Sub Edit(book)`` changed it in LibreOffice, unprotected."""
    target = folder / f"edited-{path.name}"
    profile = _profile(folder, _MACRO + code)
    _run([profile, f'macro:///Standard.Module1.Main("{path.as_uri()}","{target.as_uri()}")'])
    assert target.exists(), "the macro did not run"
    return target


def _run(arguments: list[str]) -> None:
    assert SOFFICE is not None
    command = [SOFFICE, arguments[0], "--headless", "--norestore", *arguments[1:]]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
