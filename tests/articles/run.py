#!/usr/bin/env python3
"""The whole program on texts with gold records (README.md beside this file). Prints TAP, the figures as
comments: found, found with the right actors, false; for the texts of either half and for all.

usage: run.py DRAGOMAN SOURCE_ROOT [--table]

--table prints the figures of every text, and nothing else. No way of calling prints a record of a
held-out text. The floors are a little under what was measured when they were set; raise them with the program.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

DRAGOMAN, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
HERE = os.path.join(ROOT, 'tests', 'articles')
FLOOR = {'with actors': 96, 'false': 11}
COLUMNS = ('required', 'found', 'with actors', 'false')
ONTOLOGY = os.path.join(ROOT, 'data', 'ontology', 'plover.tsv')
GAZETTEER = [os.path.join(ROOT, 'data', 'gazetteer', name) for name in ('states.tsv', 'actors.tsv')]


def rows(path):
    with open(path, encoding='utf-8') as lines:
        return [line.rstrip('\n').split('\t') for line in lines if line.strip() and line[0] != '#']


def records(path):
    with open(path, encoding='utf-8') as lines:
        return [json.loads(line) for line in lines]


def texts():
    return sorted(glob.glob(os.path.join(HERE, '*.txt')))


def is_held_out(text):
    """Texts of odd number are for reporting only."""
    return int(os.path.basename(text)[:2]) % 2 == 1


def figures(text, folder):
    """What the program finds of one text, by the score command."""
    coded = subprocess.run([DRAGOMAN, 'code', '--format', 'jsonl', text], capture_output=True, timeout=120, check=True)
    predicted = os.path.join(folder, 'predicted.jsonl')
    with open(predicted, 'wb') as out:
        out.write(coded.stdout)
    scored = subprocess.run([DRAGOMAN, 'score', text.replace('.txt', '.gold.jsonl'), predicted, '--json'],
                            capture_output=True, timeout=120, check=True)
    result = json.loads(scored.stdout)
    detection, actors = result['levels']['a'], result['levels']['b']
    return dict(zip(COLUMNS, (result['gold_required'], detection['tp'], actors['tp'], detection['fp'])))


def add(many):
    return {column: sum(one[column] for one in many) for column in COLUMNS}


def line(name, result):
    return '%-28s' % name + ''.join('%13d' % result[column] for column in COLUMNS)


def measure():
    """Lines of the table by text, and the figures of each half and of all."""
    with tempfile.TemporaryDirectory(prefix='dgm-articles-') as folder:
        result = {text: figures(text, folder) for text in texts()}
    sums = {'open (even numbers)': add([r for t, r in result.items() if not is_held_out(t)]),
            'held out (odd numbers)': add([r for t, r in result.items() if is_held_out(t)]),
            'all': add(result.values())}
    return [line(os.path.basename(t)[:-4], r) for t, r in result.items()], sums


def labels_wrong(record, ontology, codes):
    """What of a gold record no table knows, or ''."""
    types = {row[1]: row[2] for row in ontology if row[0] == 'type'}
    modes = {(row[2], row[1]) for row in ontology if row[0] == 'mode'}
    known = {kind: {row[1] for row in ontology if row[0] == kind} for kind in ('context', 'sector', 'modality')}
    sides = record['actors'] + record['recipients'] + record['about']
    named = {a['code'] for a in sides} | {c for k in ('accept_actors', 'accept_recipients') for x in record.get(k, [])
                                          for c in x}
    wrong = {record['type'], *record.get('accept_types', [])} - set(types)
    wrong |= named - codes
    wrong |= set(record['contexts']) - known['context']
    wrong |= {s for a in sides for s in a['sectors']} - known['sector']
    wrong |= {record['modality'], *record.get('accept_modality', [])} - known['modality']
    if types.get(record['type']) != record['kind'] or \
            record['mode'] and (record['type'], record['mode']) not in modes:
        wrong.add('%s of %s' % (record['mode'], record['kind']))
    return ', '.join(sorted(wrong))


def gold_holds():
    """Every gold record stands on its text: words at their offsets, labels of our tables, days in order."""
    ontology, wrong = rows(ONTOLOGY), []
    codes = {row[0] for path in GAZETTEER for row in rows(path)}
    for text in texts():
        with open(text, encoding='utf-8') as source:
            content = source.read()
        for number, record in enumerate(records(text.replace('.txt', '.gold.jsonl')), 1):
            trigger, sentence, when = record['trigger'], record['sentence'], record['when'] or {}
            problem = labels_wrong(record, ontology, codes)
            if content[trigger['begin']:trigger['end']] != trigger['text']:
                problem += ' trigger'
            if not sentence['begin'] <= trigger['begin'] < trigger['end'] <= sentence['end'] or \
                    re.search(r'\n', content[sentence['begin']:sentence['end']]):
                problem += ' sentence'
            if when.get('earliest') and when.get('latest') and when['earliest'] > when['latest']:
                problem += ' when'
            if problem:
                wrong.append('%s:%d: %s' % (os.path.basename(text), number, problem))
    return '\n'.join(wrong)


def tap(number, name, wrong):
    print('%s %d - %s' % ('not ok' if wrong else 'ok', number, name), flush=True)
    print(''.join('# %s\n' % text for text in wrong.splitlines()[:40]), end='')
    return bool(wrong)


def main():
    heading = '%-28s' % '' + ''.join('%13s' % column for column in COLUMNS)
    table, sums = measure()
    totals = [line(name, result) for name, result in sums.items()]
    if '--table' in sys.argv:
        print('\n'.join([heading] + table + totals))
        return 0
    print('1..3\n' + ''.join('# %s\n' % text for text in [heading] + totals), end='')
    found, false = sums['all']['with actors'], sums['all']['false']
    failed = tap(1, 'gold stands on its texts', gold_holds())
    failed |= tap(2, 'at least %d found with the right actors' % FLOOR['with actors'],
                  '' if found >= FLOOR['with actors'] else 'only %d' % found)
    failed |= tap(3, 'at most %d false' % FLOOR['false'], '' if false <= FLOOR['false'] else '%d are' % false)
    return failed


if __name__ == '__main__':
    sys.exit(main())
