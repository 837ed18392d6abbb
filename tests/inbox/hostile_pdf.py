"""PDF files that nobody means well with, and what is needed to make them."""

from __future__ import annotations

import zlib

_FORM = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 6 0 R>>>>/Length 12>>stream\n"
    b"/X Do /X Do \nendstream"
)


def drawn(content: bytes, *, stream: bytes = b"", media: bytes = b"[0 0 600 800]") -> bytes:
    """One page with this content stream; form X draws itself twice. `stream` are more keys of the stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%b/Contents 4 0 R/Resources 7 0 R>>" % media,
        b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), stream, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        _FORM,
        b"<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>",
    ]
    out, offsets = bytearray(b"%PDF-1.5\n"), list[int]()
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def locked(content: bytes) -> bytes:
    """The file with a password nobody knows: its check values fit none."""
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%b>/U<%b>/P -4>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)
    return content.replace(b"trailer<<", b"trailer<<" + lock)


def bomb(megabytes: int) -> bytes:
    """Blanks, deflated a thousand to one."""
    packer = zlib.compressobj(9)
    blanks = b" " * (1 << 20)
    return b"".join(packer.compress(blanks) for _ in range(megabytes)) + packer.flush()


TEXT = b"BT /F1 9 Tf 1 0 0 1 20 700 Tm (words enough to be called the text of a page) Tj ET"
HOSTILE = {
    "nested arrays": b"%PDF-1.5\n1 0 obj\n" + b"[" * 500_000 + b"\nendobj\ntrailer<</Root 1 0 R>>",
    "nested dictionaries": drawn(b"/A " + b"<</B " * 200_000 + TEXT),
    "nested states": drawn(b"q " * 500_000 + TEXT),
    "form that draws itself": drawn(TEXT + b" /X Do"),
    "bomb": drawn(bomb(1500), stream=b"/Filter/FlateDecode"),
    "bomb in a bomb": drawn(zlib.compress(bomb(1500)), stream=b"/Filter[/FlateDecode/FlateDecode]"),
    "text beyond all places": drawn(TEXT.replace(b"1 0 0 1 20", b"1e38 0 0 1e38 1e38")),
}
