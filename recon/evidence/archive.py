"""A ZIP becomes its files, in memory: no path is ever written, and size, number and ratio are capped."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from recon.core.errors import ReconError
from recon.core.source import Source

#: Files in one archive, bytes unpacked in all, and unpacked for packed bytes of a file; evidence stays far below.
FILES = 500
BYTES = 512 << 20
RATIO = 300


def _names(data: bytes) -> set[str] | None:
    """What a ZIP lists; None where its list cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None


def is_office(data: bytes) -> bool:
    """Whether a ZIP is a workbook (XLSX, XLSB, ODS) or another file of Office rather than an archive of evidence."""
    names = _names(data)
    if names is None:
        return b"xl/" in data[:4096]
    return any(n.startswith("xl/") for n in names) or "content.xml" in names or "[Content_Types].xml" in names


def holds(data: bytes, part: str) -> bool:
    """Whether a ZIP itself, and no archive within it, holds *part* (``OFD.xml``), in whatever folder.

    Of one whose list cannot be read the first bytes are asked.
    """
    names = _names(data)
    if names is None:
        return part.encode() in data[: 1 << 16]
    return any(name == part or name.endswith(f"/{part}") for name in names)


def members(data: bytes, name: str, password: str | None = None) -> list[tuple[str, bytes]]:
    """Files in the archive *data*, by name, hidden and system files left out.

    Raises:
        ReconError: ``locked`` without the right password, ``too_large`` past a cap, ``broken`` otherwise.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = [item for item in archive.infolist() if not item.is_dir() and not _system(item.filename)]
            _capped(wanted, name)
            return [(_named(item), _unpacked(archive, item, name, password)) for item in wanted]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError) as slip:
        raise ReconError("broken", Source(name)) from slip


def _system(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1].casefold() == "thumbs.db"


def _capped(wanted: list[zipfile.ZipInfo], name: str) -> None:
    large = any(item.file_size > max(1 << 20, RATIO * item.compress_size) for item in wanted)
    if len(wanted) > FILES or sum(item.file_size for item in wanted) > BYTES or large:
        raise ReconError("too_large", Source(name))


def _named(item: zipfile.ZipInfo) -> str:
    """The last part of the path, its Chinese letters repaired where an old packer wrote them as GBK."""
    path = item.filename
    if not item.flag_bits & 0x800:
        try:
            path = path.encode("cp437").decode("gb18030")
        except UnicodeError:
            path = item.filename
    return PurePosixPath(path.replace("\\", "/")).name


def _unpacked(archive: zipfile.ZipFile, item: zipfile.ZipInfo, name: str, password: str | None) -> bytes:
    try:
        with archive.open(item, pwd=password.encode() if password else None) as handle:
            data = handle.read(item.file_size + 1)
    except RuntimeError as slip:  # zipfile's way to say that a password is missing or wrong
        raise ReconError("locked", Source(name)) from slip
    if len(data) > item.file_size:
        raise ReconError("too_large", Source(name))
    return data
