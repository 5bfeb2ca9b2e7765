#!/usr/bin/env python3
"""Scoring: our fixtures give the figures that stand beside them; where another scorer of the same
definition is at hand, both give the same bytes on its seed and on generated cases. Prints TAP.

usage: run.py DRAGOMAN SOURCE_ROOT [--refresh]

The other scorer is score.py in the folder that DGM_SHARED names or in ../shared; without it the
comparison is skipped.
"""
import glob
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import generate

DRAGOMAN, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
HERE = os.path.join(ROOT, 'tests', 'score')
OPTIONS = ([], ['--strict-optional'], ['--no-notes'])
CASES = 60


def output(command):
    done = subprocess.run(command, capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def ours(*args):
    return output([DRAGOMAN, 'score', *args])


def fixture():
    """Every option of the fixtures against the kept figures."""
    wrong = []
    gold, predicted = os.path.join(HERE, 'gold.jsonl'), os.path.join(HERE, 'predicted.jsonl')
    for name, options in (('plain', ['--json']), ('strict', ['--json', '--strict-optional']),
                          ('text', ['--verbose', '--no-notes', '--docs', os.path.join(HERE, 'documents.jsonl'),
                                    '--sentences', os.path.join(HERE, 'sentences.jsonl')])):
        code, text, _ = ours(gold, predicted, *options)
        path = os.path.join(HERE, 'expected-%s.txt' % name)
        if '--refresh' in sys.argv:
            with open(path, 'w', encoding='utf-8') as out:
                out.write(text)
        with open(path, encoding='utf-8') as kept:
            if code != 0 or kept.read() != text:
                wrong.append(name + '\n' + text)
    return '\n'.join(wrong)


def refusals():
    """Lines that cannot be scored end the comparison with their number."""
    wrong = ''
    good = '{"type": "AID", "sentence": {"begin": 0, "end": 9}}\n'
    for text, words in ((good + '{"type": \n', 'gold.jsonl: line 2:'), ('[1]\n', 'line 1: not an object'),
                        ('\n', 'no gold records'), (good + '\n{"type": "LOVE"}\n', 'line 3: unknown type "LOVE"')):
        with open('gold.jsonl', 'w', encoding='utf-8') as out:
            out.write(text)
        with open('predicted.jsonl', 'w', encoding='utf-8') as out:
            out.write(good)
        code, _, err = ours('gold.jsonl', 'predicted.jsonl')
        if code != 2 or words not in err:
            wrong += '%r: %s %s' % (text, code, err)
    code, _, err = ours('nowhere.jsonl', 'predicted.jsonl')
    if code != 3 or 'nowhere.jsonl' not in err:
        wrong += 'a file that is not there: %s %s' % (code, err)
    return wrong


def perfect():
    """Gold against itself is right in everything."""
    gold = os.path.join(HERE, 'gold.jsonl')
    code, text, _ = ours(gold, gold)
    return '' if code == 0 and text.count('P 1.000  R 1.000  F1 1.000') >= 12 else text


def other_scorer():
    for folder in (os.environ.get('DGM_SHARED'), os.path.join(ROOT, '..', 'shared')):
        if folder and os.path.exists(os.path.join(folder, 'score.py')):
            return os.path.abspath(folder)
    return None


def differ(shared, *args):
    """The difference between both on the same files, or ''."""
    theirs = output([sys.executable, os.path.join(shared, 'score.py'), *args, '--json'])
    own = ours(*args, '--json')
    return '' if theirs[:2] == own[:2] else '%s\n%s\n%s' % (args, theirs, own)


def seed(shared):
    for gold in glob.glob(os.path.join(shared, 'seed', '*.gold.jsonl')):
        text = gold.replace('.gold.jsonl', '.txt')
        with open('seed.pred.jsonl', 'w', encoding='utf-8') as out:
            out.write(output([DRAGOMAN, 'code', text])[1])
        for options in OPTIONS:
            wrong = differ(shared, gold, 'seed.pred.jsonl', *options)
            if wrong:
                return wrong
    return ''


def generated(shared):
    for number in range(CASES):
        for name, text in zip(('g.jsonl', 'p.jsonl', 's.jsonl'), generate.case(number)):
            with open(name, 'w', encoding='utf-8') as out:
                out.write(text)
        options = OPTIONS[number % 3] + (['--sentences', 's.jsonl'] if number % 2 else [])
        wrong = differ(shared, 'g.jsonl', 'p.jsonl', *options)
        if wrong:
            return 'case %d: %s' % (number, wrong)
    return ''


def main():
    shared = other_scorer()
    tests = [(fixture, ()), (refusals, ()), (perfect, ()), (seed, (shared,)), (generated, (shared,))]
    print('1..%d' % len(tests))
    failed = 0
    for number, (test, args) in enumerate(tests, 1):
        if args and not shared:
            print('ok %d - %s # SKIP no score.py at hand (DGM_SHARED)' % (number, test.__name__))
            continue
        with tempfile.TemporaryDirectory(prefix='dgm-score-') as folder:
            os.chdir(folder)
            wrong = test(*args)
            os.chdir(ROOT)
        failed += bool(wrong)
        print('%s %d - %s' % ('not ok' if wrong else 'ok', number, test.__name__), flush=True)
        print(''.join('# %s\n' % line for line in wrong.splitlines()[:60]), end='')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
