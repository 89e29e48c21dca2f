"""recon: a folder of evidence becomes three statements that reconcile, and the loan figure that follows.

``recon.read(path)`` reads one file, ``recon.open_case(folder)`` opens a case, ``recon.rebuild(case)`` gives its books.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recon.case.api import OpenCase, open_case, read, rebuild

__all__ = ["OpenCase", "open_case", "read", "rebuild"]


def __getattr__(name: str) -> Any:
    """The public names, imported when first used: reading a file must not pay for pandas."""
    if name in __all__:
        return getattr(import_module("recon.case.api"), name)
    raise AttributeError(name)
