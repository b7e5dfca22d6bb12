#!/bin/bash
# A whole session by a mouse that never moves while its button is down.
way=clicks by=mouse
access='{"click_move_click":true}'
. "$(dirname "$0")/robot.bash"
