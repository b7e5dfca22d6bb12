#!/bin/bash
# A whole session by one switch alone: a ring that moves by itself and one key.
way=switch by=switch
access='{"scanning":"one","pace":"auto","item_ms":1000,"groups_first":true,"cancel_by_long":true,"switches":["key:44",""]}'
. "$(dirname "$0")/robot.bash"
