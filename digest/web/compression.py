"""Whether a reader takes gzip; it compresses nothing."""

from __future__ import annotations

import re

_CODING = re.compile(
    r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?\Z", re.IGNORECASE
)


def takes_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding allows gzip (RFC 9110 §12.5.3).

    >>> takes_gzip("deflate, gzip;q=0.5"), takes_gzip("gzip;q=0, *"), takes_gzip("*"), takes_gzip("")
    (True, False, True, False)
    """
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        if found := _CODING.match(part):
            weights[found[1].lower().removeprefix("x-")] = float(found[2] or 1)
    return weights.get("gzip", weights.get("*", 0.0)) > 0
