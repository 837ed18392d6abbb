class Tokenizer:
    initialized: bool
    tmp_dir: str | None
    def initialize(self) -> None: ...

dt: Tokenizer

def setLogLevel(log_level: int) -> None: ...
