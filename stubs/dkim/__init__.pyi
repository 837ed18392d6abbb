from collections.abc import Callable

def verify(
    message: bytes, logger: object = None, dnsfunc: Callable[..., bytes | None] = ..., minkey: int = 1024
) -> bool: ...
