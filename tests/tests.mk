# Tests: unit programs (cmocka, one per module) and end-to-end scripts, counted by tests/run.
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
LIB_FOLDERS := base record media studio
$(BUILD)/tests/%: tests/unit/%.c $(foreach f,$(LIB_FOLDERS),$(call objects,$(f)))
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(call flags,$(PKGS)) $^ -o $@ $(LDFLAGS) $(call libs,$(PKGS)) -lm -ldl
tests-build: all $(UNIT)
test: tests-build
	@tests/run $(BUILD)
.PHONY: tests-build test
