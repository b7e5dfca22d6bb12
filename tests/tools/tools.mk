# Programs that tests work with, built like unit programs into $(BUILD)/tests.
TOOL_SOURCES := $(wildcard tests/tools/*.c)
TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/tests/%,$(TOOL_SOURCES))
$(eval $(call compiled_test,tools))
$(foreach t,$(TOOL_SOURCES),$(eval $(call linked_test,$(t))))
tests-build bench: $(TOOLS)

# What is preloaded into programs under test.
PRELOADS := $(patsubst tests/preload/%.c,$(BUILD)/tests/%.so,$(wildcard tests/preload/*.c))
$(BUILD)/tests/%.so: tests/preload/%.c | $(BUILD)/deps-testing
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(OPT) $(filter-out -Wpedantic,$(WARN)) -fPIC -shared -fvisibility=hidden $< -o $@ -ldl
tests-build: $(PRELOADS)

# What each brush does with a recorded hand, as one picture; and a stroke of each, which the
# window shows where brushes are chosen.
BRUSHES := pencil brush ink chalk wash rub-out soft-pencil charcoal pastel dip-pen broad-nib \
  felt-pen oil watercolour palette-knife airbrush splashes finger
strokes: $(BUILD)/tests/brush_sheet $(BUILD)/tests/brush_strokes
	$(Q)$< $(BUILD)/brushes.png $(BRUSHES:%=assets/brushes/%.myb)
	$(Q)convert $(BUILD)/brushes.png -colors 160 PNG8:docs/screens/brushes.png
	$(Q)$(BUILD)/tests/brush_strokes assets/brushes $(BRUSHES) fill
.PHONY: strokes
