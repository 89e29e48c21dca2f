"""recon: a folder of evidence becomes three statements that reconcile, and the loan figure that follows.

``recon.read(path)`` reads one file, ``recon.open_case(folder)`` opens a case, ``recon.rebuild(case)`` gives its books,
``recon.sample()`` is a noodle shop to try them on. In a notebook all of them show themselves.

>>> import recon
>>> [name for name in recon.__all__ if name.islower()]
['open_case', 'read', 'rebuild', 'sample']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recon.case.api import FileRead, OpenCase, open_case, read, rebuild, sample

__all__ = ["FileRead", "OpenCase", "open_case", "read", "rebuild", "sample"]


def __getattr__(name: str) -> Any:
    """The public names, imported when first used: reading a file must not pay for pandas."""
    if name in __all__:
        return getattr(import_module("recon.case.api"), name)
    raise AttributeError(name)
