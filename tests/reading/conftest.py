"""A mistake of our own in a reader fails the test that met it, though in use it only refuses the file."""

import pytest

from recon.reading import read


@pytest.fixture(autouse=True)
def _mistakes_are_raised(monkeypatch):
    told = read.failure

    def raised(slip):
        error = told(slip)
        if error.code == "internal":
            raise slip
        return error

    monkeypatch.setattr(read, "failure", raised)
