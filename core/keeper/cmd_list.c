// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/commands.h"
#include "core/keeper/options.h"
#include "core/keeper/plain_text.h"
#include "core/record/catalogue.h"
#include "core/record/client.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_at(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text : "";
}

// What a person typed may hold anything; a terminal gets one plain line.
static void print_typed(const char *text) {
  putchar('"');
  plain_print(stdout, text);
  putchar('"');
}

static void print_creation(const char *sitting, const json_t *creation) {
  size_t i;
  json_t *work;
  printf("    %s/%s  %s  %s", sitting, text_at(creation, "name"),
    text_at(creation, "exercise"), text_at(creation, "consent"));
  if (text_at(creation, "title")[0]) {
    fputs("  ", stdout);
    print_typed(text_at(creation, "title"));
  }
  json_array_foreach(json_object_get(creation, "works"), i, work)
    printf("%s %s", i ? "," : " ", text_at(work, "file"));
  putchar('\n');
}

static void print_session(const json_t *sitting) {
  size_t i;
  json_t *creation;
  const char *name = text_at(sitting, "name");
  const double seconds = json_number_value(json_object_get(sitting, "seconds"));
  printf("  %s  began %s  %.0f min%s\n", name, text_at(sitting, "began"), seconds / 60,
    json_is_true(json_object_get(sitting, "interrupted")) ? "  interrupted" : "");
  json_array_foreach(json_object_get(sitting, "creations"), i, creation)
    print_creation(name, creation);
}

static void print_clients(const json_t *all) {
  size_t i, j;
  json_t *client, *sitting;
  json_array_foreach(json_object_get(all, "clients"), i, client) {
    printf("%s  ", text_at(client, "id"));
    if (text_at(client, "alias")[0])
      print_typed(text_at(client, "alias"));
    else
      fputs("guest", stdout);
    putchar('\n');
    json_array_foreach(json_object_get(client, "sessions"), j, sitting)
      print_session(sitting);
  }
}

static int list(archive *a, const char *alias, bool with_private, bool as_json) {
  char *text = NULL, why[1024];
  const result r = catalogue_list_json(a, alias, with_private, &text);
  json_t *all = r ? NULL : json_loads(text, 0, NULL);
  int code = all ? EXIT_HELD : EXIT_NOT_SO;
  if (!all)
    fprintf(stderr,
      "gesto list: %s cannot be listed (%s); try \"gesto catalogue --rebuild\".\n",
      archive_path(a), result_text(r));
  else if (alias && !json_array_size(json_object_get(all, "clients"))) {
    if (client_say_unread(a, alias, why, sizeof why))
      fprintf(stderr, "gesto list: %s\n", why);
    else
      fprintf(stderr, "gesto list: nobody is called \"%s\" here.\n", alias);
    code = EXIT_NOT_SO;
  } else if (!as_json)
    print_clients(all);
  else if (json_dumpf(all, stdout, JSON_INDENT(2)) == 0)
    putchar('\n');
  json_decref(all);
  free(text);
  return code;
}

int list_command(int argc, char **argv, const char *archive_at) {
  bool as_json = false, with_client = false;
  const char *alias = NULL;
  char why[1024];
  archive *a = NULL;
  const option_rule rules[] = {{"--client", &alias, NULL}, {"--json", NULL, &as_json},
    {"--with-client", NULL, &with_client}, {0}};
  if (options_take(argc, argv, rules, NULL, 0, 0) < 0) return EXIT_USAGE;
  if (archive_open(&a, archive_at, false, why, sizeof(why))) {
    fprintf(stderr, "gesto list: %s\n", why);
    return EXIT_NOT_SO;
  }
  const int code = list(a, alias, with_client, as_json);
  archive_close(a);
  return code;
}
