import sys

from sipa_data.cli import main

if __name__ == "__main__":
    sys.exit(main())
