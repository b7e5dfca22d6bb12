#!/bin/bash
# The panel of Draw by one switch that goes on by a short press and chooses by a long one.
way=switch
access='{"scanning":"one","pace":"step","groups_first":true,"switches":["key:44",""]}'
. "$(dirname "$0")/reach.bash"
