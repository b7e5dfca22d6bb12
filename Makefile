# Gesto. `make run`, `make test`, `make demo`, `make help`.
SHELL := /bin/bash
BUILD ?= build
SAN ?=
ifeq ($(origin CC),default)
CC := gcc
endif
Q := $(if $(V),,@)
say = @$(if $(findstring s,$(firstword -$(MAKEFLAGS))),true,echo) " "
PKGS := sdl2 x11 xi xtst cairo pango pangocairo fontconfig libmypaint portaudio-2.0 sndfile libpng libjpeg minizip expat sqlite3 libsodium libzstd inih jansson libebur128 espeak-ng cmocka
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes -Wconversion -Wno-sign-conversion -Werror
OPT ?= -O2 -g
CFLAGS += -std=c11 -D_GNU_SOURCE -I. $(OPT) $(WARN) -MMD -MP -fvisibility=hidden -fstack-protector-strong \
  -fno-strict-aliasing -ffp-contract=off -pthread $(if $(SAN),-fsanitize=$(SAN) \
  -fno-sanitize-recover=all -fno-omit-frame-pointer -DGESTO_SANITIZED) $(if $(findstring thread,$(SAN)),-Wno-tsan)
LDFLAGS += -pthread -Wl,-z,relro,-z,now -Wl,--as-needed $(if $(SAN),-fsanitize=$(SAN))
flags = $(if $(strip $(1)),$(shell pkg-config --cflags $(1) | sed 's/-I\//-isystem \//g'))
libs = $(if $(strip $(1)),$(filter-out -fopenmp -ljson-c,$(shell pkg-config --libs $(1))))

# What each folder may use of other people's libraries.
USE_base :=
USE_record := jansson libsodium sqlite3 libzstd
USE_media := libpng libjpeg sndfile minizip expat
USE_studio := libmypaint libzstd
USE_ui := cairo pango pangocairo fontconfig sdl2
USE_light := cairo sdl2 x11 xi
USE_player := cairo pango pangocairo fontconfig libmypaint libpng libjpeg sndfile minizip expat jansson
USE_stage := sdl2 cairo pango pangocairo jansson x11 xi
USE_desk := sdl2 cairo pango pangocairo jansson x11 xi
USE_sound := portaudio-2.0 libebur128 jansson
USE_voice := espeak-ng
USE_keeper := jansson libsodium sqlite3 libzstd inih
FLOORS_player := studio media base
FLOORS_stage := ui light base
FLOORS_desk := ui light base
FLOORS_sound := studio base
FLOORS_voice := base
FLOORS_keeper := record base
PROGRAM_stage := gesto-stage
PROGRAM_player := gesto-player
PROGRAM_sound := gesto-sound
PROGRAM_voice := gesto-voice
PROGRAM_desk := gesto-desk
PROGRAM_keeper := gesto
FOLDERS := base record media studio light ui player stage sound voice desk keeper
-include Makefile.local

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard core/$(1)/*.c))
PROGRAMS := $(foreach p,player stage sound voice desk keeper,$(if $(wildcard core/$(p)/main_*.c),$(BUILD)/$(PROGRAM_$(p))))
PLUGINS := $(patsubst plugins/%/,$(BUILD)/plugins/%.so,$(dir $(wildcard plugins/*/*.c)))
PLUGINS := $(sort $(PLUGINS))

WORDS := $(patsubst assets/words/%.po,$(BUILD)/words/%/LC_MESSAGES/gesto.mo,$(wildcard assets/words/*.po))

all: $(PROGRAMS) $(PLUGINS) $(WORDS) $(BUILD)/plugins.conf $(BUILD)/assets

define folder_rules
$(BUILD)/obj/core/$(1)/%.o: core/$(1)/%.c | $(BUILD)/deps-ok
	@mkdir -p $$(@D)
	$$(say) $$<
	$$(Q)$$(CC) $$(CFLAGS) $$(call flags,$$(USE_$(1))) -c $$< -o $$@
endef
$(foreach f,$(FOLDERS),$(eval $(call folder_rules,$(f))))
# What a brush does to pixels is compiled for several kinds of processor.
$(BUILD)/obj/core/studio/dab_kernel_%.o: CFLAGS += -O3
ifneq ($(filter x86_64% i%86%,$(shell $(CC) -dumpmachine)),)
$(BUILD)/obj/core/studio/dab_kernel_sse41.o: CFLAGS += -msse4.1
$(BUILD)/obj/core/studio/dab_kernel_avx2.o: CFLAGS += -mavx2
$(BUILD)/obj/core/studio/dab_kernel_avx512.o: CFLAGS += -mavx512f -mavx512bw -mavx512dq
endif

define program_rules
$(BUILD)/$(PROGRAM_$(1)): $(call objects,$(1)) $(foreach f,$(FLOORS_$(1)),$(call objects,$(f)))
	$$(say) $$@
	$$(Q)$$(CC) $$^ -o $$@ $$(LDFLAGS) $$(call libs,$$(USE_$(1)) $(foreach f,$(FLOORS_$(1)),$$(USE_$(f)))) -lm -ldl
endef
$(foreach p,player stage sound voice desk keeper,$(eval $(call program_rules,$(p))))

# An exercise sees core/api alone, exports one symbol, and is renamed into place so that a
# running player keeps its old copy.
define plugin_rules
$(BUILD)/plugins/$(1).so: $(wildcard plugins/$(1)/*.c) $(wildcard plugins/$(1)/*.h) core/api/gesto.h core/api/exercise.map | $(BUILD)/deps-ok
	@mkdir -p $$(@D)
	$$(say) $$@
	$$(Q)$$(CC) -std=c11 -D_GNU_SOURCE -Icore/api $(OPT) $(WARN) -fPIC -shared -fvisibility=hidden -ffp-contract=off \
	  $(if $(SAN),-fsanitize=$(SAN)) $$(call flags,cairo pangocairo) $$(filter %.c,$$^) -o $$@.new \
	  -Wl,--version-script=core/api/exercise.map -Wl,-z,relro,-z,now -Wl,--as-needed $$(call libs,cairo pangocairo) -lm
	@mv $$@.new $$@
endef
$(foreach p,$(PLUGINS),$(eval $(call plugin_rules,$(basename $(notdir $(p))))))

$(BUILD)/plugins.conf: plugins.conf
	@mkdir -p $(@D) && cp $< $@
$(BUILD)/assets:
	@mkdir -p $(@D) && ln -sfn $(CURDIR)/assets $@

# A catalogue is renamed into place: a program that reads it keeps its old copy.
$(BUILD)/words/%/LC_MESSAGES/gesto.mo: assets/words/%.po | $(BUILD)/deps-ok
	@mkdir -p $(@D)
	$(say) $@
	$(Q)msgfmt -c -o $@.new $< && mv $@.new $@

# Says which packages are missing and installs them; on a ready machine it costs nothing.
$(BUILD)/deps-ok: .ci/packages
	@.ci/setup running && mkdir -p $(@D) && touch $@
$(BUILD)/deps-testing $(BUILD)/deps-examining: $(BUILD)/deps-%: .ci/packages
	@.ci/setup $* && mkdir -p $(@D) && touch $@

include tests/tests.mk .ci/goals.mk

-include $(shell find $(BUILD)/obj $(BUILD)/tests -name '*.d' 2>/dev/null)
clean:
	rm -rf build
.PHONY: all clean
