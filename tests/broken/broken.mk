# Exercises for tests: well-behaved ones in tests/exercises, the shelf of broken ones here.
SHELF := $(patsubst tests/broken/%.c,$(BUILD)/broken/%.so,$(wildcard tests/broken/*.c)) \
  $(patsubst tests/exercises/%.c,$(BUILD)/exercises/%.so,$(wildcard tests/exercises/*.c))
SHELF_FLAGS = -std=c11 -D_GNU_SOURCE -Icore/api -Itests/broken $(OPT) $(WARN) -fPIC -shared \
  -fvisibility=hidden -ffp-contract=off $(if $(SAN),-fsanitize=$(SAN)) $(call flags,cairo)
SHELF_LINK = -Wl,--version-script=core/api/exercise.map -Wl,--as-needed $(call libs,cairo) -lm

define shelf_rule
$(BUILD)/$(notdir $(1))/%.so: $(1)/%.c $(wildcard $(1)/*.h) core/api/gesto.h | $(BUILD)/deps-ok
	@mkdir -p $$(@D) && echo "  $$@"
	$$(Q)$$(CC) $$(SHELF_FLAGS) $$< -o $$@.new $$(SHELF_LINK) && mv $$@.new $$@
endef
$(eval $(call shelf_rule,tests/broken))
$(eval $(call shelf_rule,tests/exercises))

tests-build: $(SHELF)
