"""Exit 0 once the address answers: python .ci/first_page.py URL"""

import sys
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

try:
    build_opener(ProxyHandler({})).open(sys.argv[1], timeout=60).read()
except HTTPError as error:
    print(f"The site runs, but its first page answers {error.code}.", file=sys.stderr)
except (URLError, ConnectionError):
    sys.exit(1)
