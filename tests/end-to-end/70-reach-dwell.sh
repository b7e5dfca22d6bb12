#!/bin/bash
# The panel of Draw by a pointer that only rests.
way=dwell
access='{"dwell_ms":600}'
. "$(dirname "$0")/reach.bash"
