"""Files under names that no text can hold, as an archive packed under Windows in Chinese leaves them elsewhere."""

import os
import sys
from pathlib import Path

import pytest

from recon.reading.guard import read_all
from recon.reading.read import read_file
from tests.reading.damaged import FORMATS
from tests.reading.statements_at_random import draw


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are always text")
def test_a_file_whose_name_is_no_text_is_read_like_any_other(tmp_path):
    """As an archive packed under Windows in Chinese leaves it."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc1\xf7\xcb\xae.pdf"))
    path.write_bytes(FORMATS["pdf"](draw(7)))
    found = read_file(path)
    assert (found.file, found.outcome) == ("流水.pdf", "proven")
    (again,) = read_all([path])
    assert (again.file, again.digest) == (found.file, found.digest)
