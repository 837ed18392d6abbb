from collections.abc import Callable
from datetime import datetime

class BackgroundScheduler:
    def __init__(self, *, timezone: str) -> None: ...
    def add_job(
        self,
        func: Callable[[], object],
        trigger: str,
        *,
        id: str,
        seconds: int,
        next_run_time: datetime,
        max_instances: int,
        coalesce: bool,
        misfire_grace_time: int | None,
    ) -> object: ...
    def modify_job(self, job_id: str, *, next_run_time: datetime) -> object: ...
    def start(self) -> None: ...
    def shutdown(self, *, wait: bool) -> None: ...
