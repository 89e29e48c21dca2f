"""The Word report as PDF, where LibreOffice is present; Chinese prints even where the machine has no font for it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from recon.core.errors import ReconError
from recon.core.knowledge import folder
from recon.core.source import Source

_NAMES = ("soffice", "libreoffice")
#: Where the program stands when it is not on the path.
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_SECONDS = 180
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def convert(document: Path) -> Path:
    """The PDF beside the Word file *document*.

    Raises:
        ReconError: LibreOffice is not there, or did not make a PDF.
    """
    program = _program()
    if not program:
        raise ReconError("report_no_office", Source(str(document)))
    with tempfile.TemporaryDirectory() as home:
        command = [
            program, f"-env:UserInstallation={(Path(home) / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
            "--outdir", home, str(document.resolve()),
        ]
        try:
            subprocess.run(  # noqa: S603 - a program of the system with a file of ours
                command, env=_with_fonts(Path(home)), capture_output=True, timeout=_SECONDS, check=True,
            )
            made = Path(home) / f"{document.stem}.pdf"
            return Path(shutil.copyfile(made, document.with_suffix(".pdf")))
        except (subprocess.SubprocessError, OSError) as slip:
            raise ReconError("report_office_failed", Source(str(document))) from slip


def _program() -> str:
    found = next((path for name in _NAMES if (path := shutil.which(name))), "")
    return found or next((place for place in _PLACES if Path(place).is_file()), "")


def _with_fonts(home: Path) -> dict[str, str]:
    """The environment, with the font that travels with the package beside the machine's own."""
    if os.environ.get("FONTCONFIG_FILE"):
        return dict(os.environ)
    config = home / "fonts.conf"
    config.write_text(_FONTS.format(fonts=folder("templates") / "fonts", cache=home / "cache"), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(config)}
