#!/bin/bash
# A whole session by touch alone.
way=touch by=finger
access='{}'
. "$(dirname "$0")/robot.bash"
