# Unit programs, end-to-end scripts and benches.

# A unit program is linked with floors 0 and 1. A line "// needs: player ui" near its top
# adds those folders without their main_*; one that names base ("// needs: base") is all
# that it gets.
UNIT_SOURCES := $(wildcard tests/unit/test_*.c)
BENCH_SOURCES := $(wildcard tests/bench/bench_*.c)
FUZZ_SOURCES := $(wildcard tests/fuzz/fuzz_*.c)
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(UNIT_SOURCES))
BENCH := $(patsubst tests/bench/%.c,$(BUILD)/tests/%,$(BENCH_SOURCES))
FUZZ := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/%,$(FUZZ_SOURCES))

# Of an archive only what is asked for is linked.
define folder_library
$(BUILD)/obj/core/$(1).a: $(filter-out $(BUILD)/obj/core/$(1)/main_%,$(call objects,$(1)))
	@ar rcsT $$@.$$$$$$$$ $$^ && mv $$@.$$$$$$$$ $$@
endef
$(foreach f,$(FOLDERS),$(eval $(call folder_library,$(f))))
needs = $(shell sed -n '1,8s|^// needs: *||p' $(1))
folders = $(if $(filter base,$(needs)),,base record media studio) $(needs)

define compiled_test
$(BUILD)/tests/%.o: tests/$(1)/%.c | $(BUILD)/deps-testing
	$$(say) $$<
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(CFLAGS) $$(call flags,$$(PKGS)) -c $$< -o $$@
endef
$(foreach k,unit bench fuzz,$(eval $(call compiled_test,$(k))))
program_of = $(BUILD)/tests/$(basename $(notdir $(1)))
define linked_test
$(call program_of,$(1)): $(call program_of,$(1)).o $(foreach f,$(call folders,$(1)),$(BUILD)/obj/core/$(f).a)
	$$(Q)$$(CC) $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	  -o $$@ $$(LDFLAGS) $(if $(findstring /fuzz_,$(1)),-fsanitize=fuzzer) \
	  $$(call libs,$(if $(findstring /fuzz_,$(1)),$(foreach f,$(call folders,$(1)),$(USE_$(f))),$$(PKGS))) -lm -ldl
endef
$(foreach t,$(UNIT_SOURCES) $(BENCH_SOURCES) $(FUZZ_SOURCES),$(eval $(call linked_test,$(t))))

# A language in which every text of ours stands in brackets: what has none was forgotten.
BRACKETS := $(BUILD)/tests/words/xx/LC_MESSAGES/gesto.mo
$(BRACKETS): assets/words/gesto.pot | $(BUILD)/deps-testing
	@mkdir -p $(@D)
	$(Q)msgen $< | msgfilter --keep-header sed -z 's/^/⟦/; s/$$/⟧/' 2>/dev/null | \
	  sed 's/nplurals=INTEGER; plural=EXPRESSION/nplurals=2; plural=(n != 1)/' | msgfmt -o $@ -

tests-build: all $(UNIT) $(BRACKETS)
# ONLY="word word": those tests whose name holds one of them.
test: tests-build
	@tests/run $(BUILD) $(ONLY)
# A row for each figure, with its goal. ONLY="word word": those programs whose name holds one.
bench: all $(BENCH) $(BUILD)/exercises/steady.so
	@tests/bench/run $(BUILD) $(ONLY)
fuzz-build: $(FUZZ)
.PHONY: tests-build test bench fuzz-build

include tests/broken/broken.mk
include tests/tools/tools.mk
