# What one asks of make beside building and testing.
help:
	@echo "make run              set up, build, open Gesto"
	@echo "make test             set up, build, test all (ONLY=word: some)"
	@echo "make demo             play a recorded session into ARCHIVE= (default: a fresh folder)"
	@echo "make bench            measure, each figure with its goal (ONLY=word: some)"
	@echo "make lint             layout, clang-tidy, cppcheck, floors;  make format lays out anew"
	@echo "make check            lint, test, and the tests under sanitizers"
	@echo "make fuzz             each fuzz target for SECONDS= (default 60)"
	@echo "make install          into PREFIX= (default /usr/local), below DESTDIR=;  make uninstall"
	@echo "make screens          a picture of every screen in build/screens (WITH=\"language=ar words=150\")"
	@echo "make strokes          each brush with a recorded hand, as docs/screens/brushes.png"
	@echo "make words            gather the words of the screens for translation into assets/words"
	@echo "make new-exercise     ID=org.example.name: a new folder under plugins/"

run: all
	@.ci/open $(BUILD)
demo: all
	@.ci/demo $(BUILD) $(ARCHIVE)

C_FILES = $(shell find core plugins tests -name '*.[ch]' | sort)
lint: | $(BUILD)/deps-examining
	@.ci/lint $(BUILD)
format: | $(BUILD)/deps-examining
	clang-format -i $(C_FILES)

check: lint test sanitize
# Memory and arithmetic in all unit programs and the script tests named in .ci/sanitize; races
# in those programs that have threads.
sanitize: | $(BUILD)/deps-examining
	@.ci/sanitize

fuzz: | $(BUILD)/deps-examining
	@.ci/fuzz $(or $(SECONDS),60) $(ONLY)

PREFIX ?= /usr/local
install: all
	@.ci/install $(BUILD) "$(DESTDIR)" "$(PREFIX)"
uninstall:
	@.ci/install --remove "$(DESTDIR)" "$(PREFIX)"

screens: all $(BUILD)/tests/render_screens
	@mkdir -p $(BUILD)/screens && $(BUILD)/tests/render_screens $(BUILD)/screens $(WITH)
	@echo "The pictures are in $(BUILD)/screens"
words: all | $(BUILD)/deps-testing
	@.ci/words $(BUILD)

new-exercise:
	@.ci/new-exercise "$(ID)"

.PHONY: help run demo lint format check sanitize fuzz install uninstall screens words new-exercise
