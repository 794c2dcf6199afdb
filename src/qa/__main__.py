"""``python -m qa`` does what the command ``qa`` does."""

import sys

from qa.cli import main

if __name__ == "__main__":
    sys.exit(main())
