#!/usr/bin/env python3
"""The public headers each alone, as strict C99 and as C++11; what the library exports. Prints TAP.

usage: headers.py SOURCE_ROOT GENERATED_INCLUDE LIBRARY COMPILER...
GENERATED_INCLUDE holds dragoman/ontology.h. The library exports what the headers declare with
DGM_API: nothing less, nothing more.
"""
import glob
import os
import re
import shutil
import subprocess
import sys

ROOT, GENERATED, LIBRARY, COMPILER = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
STRICT = ['-Wall', '-Wextra', '-pedantic', '-Werror', '-fsyntax-only', '-']
DECLARED = re.compile(r'^DGM_API\b[^;(]*?\b(dgm_\w+)\s*\(', re.M)


def headers():
    return sorted(glob.glob(ROOT + '/include/dragoman/*.h') + glob.glob(GENERATED + '/dragoman/ontology.h'))


def compiles(header, *command):
    text = '#include <dragoman/%s>\nint main(void) { return 0; }\n' % os.path.basename(header)
    done = subprocess.run([*command, '-I', ROOT + '/include', '-I', GENERATED, *STRICT],
                          input=text, capture_output=True, text=True)
    return done.stderr


def declared():
    """Names that the headers declare, comments taken out."""
    names = set()
    for header in headers():
        with open(header, encoding='utf-8') as text:
            names.update(DECLARED.findall(re.sub(r'/\*.*?\*/', '', text.read(), flags=re.S)))
    return names


def exported():
    listing = subprocess.run(['nm', '-D', '--defined-only', LIBRARY], capture_output=True,
                             text=True, check=True).stdout
    names = {line.split()[-1].split('@')[0] for line in listing.splitlines()}
    return {name for name in names if not name.startswith('__')}  # what sanitizers add


def exports():
    has, wants = exported(), declared()
    return ''.join(['exported, not declared: %s\n' % name for name in sorted(has - wants)] +
                   ['declared, not exported: %s\n' % name for name in sorted(wants - has)])


def main():
    tests = [('%s is C99' % os.path.basename(h), compiles, h, *COMPILER, '-std=c99', '-xc')
             for h in headers()]
    for name in ('c++', 'clang++'):
        if shutil.which(name):
            tests += [('%s is C++11' % os.path.basename(h), compiles, h, name, '-std=c++11', '-xc++')
                      for h in headers()]
            break
    tests.append(('exports are what the headers declare', exports))
    print('1..%d' % len(tests))
    failed = 0
    for number, (name, check, *arguments) in enumerate(tests, 1):
        complaint = check(*arguments)
        failed += bool(complaint)
        print('%s %d - %s' % ('not ok' if complaint else 'ok', number, name))
        print(re.sub(r'(?m)^', '# ', complaint) if complaint else '', end='\n' if complaint else '')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
