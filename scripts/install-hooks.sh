#!/bin/sh
# Has git run the project's hooks. A copy without git (an archive, an image) needs none.
if [ -d .git ]; then git config core.hooksPath .githooks; fi
