#!/bin/bash
# The panel of Draw by keys alone.
way=keys
access='{}'
. "$(dirname "$0")/reach.bash"
