#!/bin/bash
# The panel of Draw by two switches: one goes on, the other chooses.
way=two
access='{"scanning":"two","groups_first":true,"switches":["key:44","key:40"]}'
. "$(dirname "$0")/reach.bash"
