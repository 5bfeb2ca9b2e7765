# dragoman: everything under these targets is Meson; this file only sets up and calls it.
#   make        build build/dragoman          make demo    build, then read our examples
#   make check  build, then run the tests     make bench   words and stories a second
#   make model  train the language model anew from texts that are not ours (TEXTS=FOLDER)
BUILD ?= build
TEXTS ?= ../shared

all: $(BUILD)/dragoman

$(BUILD)/build.ninja:
	@sh tools/setup.sh
	meson setup $(BUILD)

$(BUILD)/dragoman: $(BUILD)/build.ninja FORCE
	@ninja -C $(BUILD) --quiet || { sh tools/setup.sh && ninja -C $(BUILD); }

demo: all
	@sh examples/demo.sh $(BUILD)/dragoman

check: all
	meson test -C $(BUILD) --print-errorlogs

bench: all
	@sh bench/run.sh $(BUILD)

model: all
	@sh tools/model.sh $(BUILD) $(TEXTS)

release:
	@sh tools/setup.sh
	meson setup build-release --buildtype=release -Db_lto=true && ninja -C build-release

sanitize:
	@sh tools/setup.sh
	test -d build-sanitize || meson setup build-sanitize -Db_sanitize=address,undefined -Db_lundef=false
	meson test -C build-sanitize --print-errorlogs

fuzz:
	@sh tools/setup.sh clang
	test -d build-fuzz || CC=clang meson setup build-fuzz -Dfuzz=true -Db_lundef=false
	ninja -C build-fuzz fuzzers

install: all
	meson install -C $(BUILD)

clean:
	rm -rf build build-release build-sanitize build-fuzz build-threads

FORCE:
.PHONY: all demo check bench model release sanitize fuzz install clean FORCE
