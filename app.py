"""The WSGI application: ``flask --app app run``, any WSGI server on ``app:app``; ``python app.py`` serves as
``qa serve`` does.
"""

import os
import sys

if __name__ == "__main__":
    from qa.cli import main

    sys.exit(main(["serve", *sys.argv[1:]]))

from qa.settings import Settings
from qa.web.serving.application import application

app = application(Settings.load({}, os.environ))
