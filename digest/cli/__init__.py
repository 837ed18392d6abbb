"""The command `digest`; it parses words, calls a use case and shows what came of it.

Nothing heavy is imported before a command needs it, so `--help` answers at once.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from digest.errors import ConfigError, DigestError

EXIT_FAILED = 1
EXIT_CONFIG = 3
EXIT_MAIL = 4
EXIT_FAULT = 70

EXIT_CODES = (
    "Exit codes: 0 done (files that were refused are shown by `digest status`); 1 failed, the message says "
    "what to do; 2 the command line is wrong; 3 the configuration is wrong; 4 done, but some mail could not "
    "be delivered; 70 a fault in Digest itself; 130 interrupted."
)


def main() -> NoReturn:
    """Runs the command line and ends the program with a documented exit code; shows no traceback."""
    from digest.cli.commands import app  # an error there is told like any other

    try:
        app()
    except ConfigError as error:
        _fail(str(error), EXIT_CONFIG)
    except DigestError as error:
        _fail(str(error), EXIT_FAILED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        _fail("interrupted; what was done is kept, run again to go on", 130)
    except Exception as error:  # noqa: BLE001  # the last border: a fault is reported, not shown raw
        from digest.cli.fault import report_fault

        _fail(report_fault(error), EXIT_FAULT)
    sys.exit(0)


def _fail(message: str, code: int) -> NoReturn:
    sys.stderr.write(f"digest: {message}\n")
    sys.exit(code)
