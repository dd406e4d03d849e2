"""Files that are small on disk and burst when they are read, for the tests and the fuzzer."""

import io
import struct
import zipfile
import zlib

FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
SAID = b"BT /F1 9 Tf (Rebels took the town of Kell on Monday and 12 people were killed.) Tj ET\n"


def write_objects(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its root."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % place for place in places
    )
    return (
        out
        + table
        + b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, len(out))
    )


def write_stream(data: bytes, entries: bytes = b"", filters: bytes = b"/FlateDecode") -> bytes:
    return b"<<%s /Filter %s /Length %d>>\nstream\n%s\nendstream" % (
        entries,
        filters,
        len(data),
        data,
    )


def deflate(chunk: bytes, times: int) -> bytes:
    """`chunk`, so many times over, compressed, without ever standing in memory."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(chunk) for _ in range(times)) + packer.flush()


def make_pdf(
    content: bytes = b"",
    pages: int = 1,
    further: tuple[bytes, ...] = (),
    resources: bytes = b"/Font <</F1 4 0 R>>",
) -> bytes:
    """A PDF whose pages all show the stream `content`; `further` objects are numbered from 6."""
    kids = [6 + len(further) + number for number in range(pages)]
    tree = b"<</Type /Pages /Kids [%s] /Count %d>>" % (
        b" ".join(b"%d 0 R" % kid for kid in kids),
        pages,
    )
    page = (
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources <<%s>>>>"
        % resources
    )
    return write_objects(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            tree,
            b"<<>>",
            FONT,
            content or write_stream(zlib.compress(SAID)),
            *further,
            *[page] * pages,
        ]
    )


def make_laughing_pdf(depth: int = 8, width: int = 10) -> bytes:
    """A page whose parts each show the next ten times: 10 to the eighth of one sentence."""
    names = b" ".join(b"/X%d %d 0 R" % (number, 6 + number) for number in range(depth))
    entries = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</Font <</F1 4 0 R>> "
        b"/XObject <<%s>>>>"
    ) % names
    parts = [
        write_stream(
            zlib.compress(b"/X%d Do " % (number + 1) * width if number < depth - 1 else SAID),
            entries,
        )
        for number in range(depth)
    ]
    return make_pdf(
        write_stream(zlib.compress(b"/X0 Do")),
        1,
        tuple(parts),
        b"/Font <</F1 4 0 R>> /XObject <</X0 6 0 R>>",
    )


def make_parquet(column, **options) -> bytes:
    """A Parquet file of one column, text."""
    import pyarrow
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": column}), file, store_schema=False, **options)
    return file.getvalue()


def make_shared_parquet(rows: int, length: int) -> bytes:
    """Many rows that share one long value: it stands in the file once."""
    import pyarrow

    column = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * rows), pyarrow.array(["x" * length])
    )
    return make_parquet(column, compression="zstd", dictionary_pagesize_limit=2**30)


def make_dense_parquet(rows: int, length: int, groups: int = 1) -> bytes:
    """Pages of one letter, one a row group, a thousand times smaller in the file than in memory."""
    return make_parquet(
        ["x" * length] * rows * groups,
        compression="zstd",
        use_dictionary=False,
        data_page_size=2**30,
        row_group_size=rows,
    )


def make_lying_parquet(rows: int, length: int, groups: int = 1) -> bytes:
    """The same, with a summary that says it is small."""
    from pyarrow import parquet

    data = make_dense_parquet(rows, length, groups)
    summary = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    size = parquet.ParquetFile(io.BytesIO(data)).metadata.row_group(0).total_byte_size
    true = write_varint(size)
    assert data[summary:].count(true) > 0
    return data[:summary] + data[summary:].replace(true, write_varint(1_000, len(true)))


def make_renamed_parquet(rows: int, length: int) -> bytes:
    """The same, with another name beside its pages than in the table: readers go by the place of a
    column."""
    data = make_dense_parquet(rows, length)
    at = data.rindex(b"\x04text")
    return data[:at] + b"\x04tex1" + data[at + 5 :]


def make_archive(megabytes: int, part: str = "word/document.xml", parts: int = 0) -> bytes:
    """A ZIP of so many megabytes of spaces, and of so many further parts without a letter."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(part, "w") as file:
            for _ in range(megabytes):
                file.write(b" " * 1_000_000)
        for number in range(parts):
            archive.writestr(f"{number}", b"")
    return buffer.getvalue()


def make_lying_archive(megabytes: int) -> bytes:
    """The same, with a list that says it is small."""
    data = make_archive(megabytes)
    size = struct.pack("<I", megabytes * 1_000_000)
    assert data.count(size) > 0
    return data.replace(size, struct.pack("<I", 1_000))


def make_laughing_docx(depth: int = 9, width: int = 10) -> bytes:
    """Entities that each hold the next ten times: 10 to the ninth of one word."""
    words = "".join(
        f'<!ENTITY e{level} "{f"&e{level + 1};" * width if level < depth - 1 else "ten"}">'
        for level in range(depth)
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE a [{words}]><w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>Kell &e0;'
            "</w:t></w:r></w:p></w:body></w:document>",
        )
    return buffer.getvalue()


def write_varint(number: int, width: int = 0) -> bytes:
    """A number as Thrift's compact protocol writes it, padded to `width` bytes."""
    number, out = number << 1, []
    while number > 127 or len(out) + 1 < width:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
