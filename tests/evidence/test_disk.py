"""Bytes on loan to libraries that want a file."""

from recon.evidence.disk import on_disk


def test_bytes_stand_in_a_file_of_their_own_that_is_gone_afterwards(tmp_path):
    with on_disk(b"%PDF", ".pdf") as place:
        assert (place.suffix, place.read_bytes()) == (".pdf", b"%PDF")
        place.open("r+b").close()
    assert not place.parent.exists()
    own = tmp_path / "own.pdf"
    own.write_bytes(b"x")
    with on_disk(own, ".pdf") as place:
        assert place == own
    assert own.exists()
