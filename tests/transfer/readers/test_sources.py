import gzip
import hashlib
import io
import os

import pytest

from agentdesk.transfer.readers.sources import HEAD, open_source
from agentdesk.transfer.refusals import DecompressionRefusedError, FileChangedError, UnreadableFileError

TEXT = b"name,email\nAnn,ann@example.com\n"


def read_all(path) -> bytes:
    with open_source(path) as source:
        return b"".join(source.chunks())


def test_a_file_is_read_whole_and_hashed(tmp_path):
    data = TEXT * 60_000  # more than the head
    (tmp_path / "a.csv").write_bytes(data)
    with open_source(tmp_path / "a.csv") as source:
        assert len(source.head) == HEAD
        assert b"".join(source.chunks()) == data
        assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="no such file"):
        open_source(tmp_path / "none.csv")


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError, match="it is a directory"):
        open_source(tmp_path)


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UnreadableFileError, match="not a regular file"):
        open_source(tmp_path / "pipe.csv")


def test_a_loop_of_links_is_refused(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    with pytest.raises(UnreadableFileError, match="symbolic links"):
        open_source(tmp_path / "a.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(TEXT)
    (tmp_path / "a.csv").chmod(0)
    with pytest.raises(UnreadableFileError, match="permission denied"):
        open_source(tmp_path / "a.csv")


def test_a_path_with_a_nul_is_refused():
    with pytest.raises(UnreadableFileError, match="null"):
        open_source("a\0b.csv")


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT)
    with open_source(path) as source:
        path.write_bytes(TEXT * 2)
        with pytest.raises(FileChangedError, match="changed while it was read"):
            list(source.chunks())


def test_standard_input_is_read_to_its_end():
    source = open_source("-", io.BytesIO(TEXT))
    assert (source.label, source.path, b"".join(source.chunks())) == ("standard input", None, TEXT)


@pytest.mark.parametrize("parts", [1, 3])
def test_a_gzip_file_is_unpacked_all_its_members(tmp_path, parts):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(TEXT) * parts)
    assert read_all(tmp_path / "a.csv.gz") == TEXT * parts


def test_a_gzip_bomb_stops_at_a_hundred_times_its_size(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"a" * 50_000_000))
    with pytest.raises(DecompressionRefusedError, match="100 times its size"):
        read_all(path)


@pytest.mark.parametrize("cut", [5, 20, -1])
def test_a_broken_gzip_file_is_refused(tmp_path, cut):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(TEXT)[:cut])
    with pytest.raises(DecompressionRefusedError, match="broken"):
        read_all(tmp_path / "a.csv.gz")
