from collections.abc import Iterable

class Relaxed:
    @staticmethod
    def canonicalize_headers(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]: ...
    @staticmethod
    def canonicalize_body(body: bytes) -> bytes: ...
