#!/bin/bash
# A whole session by the keyboard alone.
way=keys by=switch
access='{}'
. "$(dirname "$0")/robot.bash"
