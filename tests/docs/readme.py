#!/usr/bin/env python3
"""Runs the commands that README.md shows and compares what it says they print. Prints TAP.

usage: readme.py DRAGOMAN SOURCE_ROOT

In a ```console block a line that starts with "$ " is a command, the lines after it are its output up
to the next command or the end of the block; a line "..." stands for any lines. A README without
such a block fails.
"""
import os
import re
import shlex
import subprocess
import sys

DRAGOMAN, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2]
BLOCK = re.compile(r'^```console\n(.*?)^```$', re.M | re.S)
WILD = '...'


def examples(text):
    """(command, expected lines) of every console block."""
    for block in BLOCK.findall(text):
        for part in re.split(r'^\$ ', block, flags=re.M)[1:]:
            command, *wanted = part.splitlines()
            while wanted and not wanted[-1]:
                wanted.pop()
            yield command, wanted


def output(command):
    words = shlex.split(command)
    if words[0] != 'build/dragoman':
        return ['not a command that this test runs: ' + words[0]]
    environment = {**os.environ, 'COLUMNS': '80', 'NO_COLOR': '1'}
    done = subprocess.run([DRAGOMAN, *words[1:]], cwd=ROOT, env=environment, timeout=300,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = done.stdout.decode().splitlines()
    while lines and not lines[-1]:
        lines.pop()
    return lines


def matches(wanted, got):
    """Whether the lines are the wanted ones, where WILD takes any number of lines."""
    pattern = ''.join('(?:.*\n)*?' if line == WILD else re.escape(line) + '\n' for line in wanted)
    return re.fullmatch(pattern, ''.join(line + '\n' for line in got)) is not None


def main():
    try:
        with open(os.path.join(ROOT, 'README.md'), encoding='utf-8') as text:
            found = list(examples(text.read()))
    except OSError as error:
        print('1..1\nnot ok 1 - %s' % error)
        return 1
    if not found:
        print('1..1\nnot ok 1 - README.md shows no command')
        return 1
    print('1..%d' % len(found))
    failed = 0
    for number, (command, wanted) in enumerate(found, 1):
        got = output(command)
        good = matches(wanted, got)
        failed += not good
        print('%s %d - %s' % ('ok' if good else 'not ok', number, command))
        if not good:
            print(''.join('# prints: %s\n' % line for line in got), end='')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
