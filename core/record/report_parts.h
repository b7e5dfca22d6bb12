// SPDX-License-Identifier: GPL-3.0-or-later
// What the files behind report.h share. Private to core/record.
#ifndef GESTO_RECORD_REPORT_PARTS_H
#define GESTO_RECORD_REPORT_PARTS_H

#include "core/record/text.h"

#include <jansson.h>

// Words as HTML text, safe inside of elements and quoted attributes.
void report_escape(text *page, const char *words);
// "2 minutes 5 seconds".
void report_put_length(text *page, double seconds);
// "check_in_words" as "Check in words".
void report_put_name(text *page, const char *key);
// Any JSON value as lists that a person reads.
void report_put_facts(text *page, const json_t *facts);

#endif
