# Programs that tests work with, built like unit programs into $(BUILD)/tests.
TOOL_SOURCES := $(wildcard tests/tools/*.c)
TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/tests/%,$(TOOL_SOURCES))
$(eval $(call compiled_test,tools))
$(foreach t,$(TOOL_SOURCES),$(eval $(call linked_test,$(t))))
tests-build bench: $(TOOLS)
