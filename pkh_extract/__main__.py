"""``python -m pkh_extract`` is ``pkh-extract``."""

from __future__ import annotations

import sys

from pkh_extract.cli import main

if __name__ == "__main__":
    sys.exit(main())
