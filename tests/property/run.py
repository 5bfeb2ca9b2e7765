#!/usr/bin/env python3
"""Properties that hold for any input, tried on our examples. Prints TAP.

usage: run.py DRAGOMAN SOURCE_ROOT
"""
import json
import os
import subprocess
import sys

DRAGOMAN, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2]
EXAMPLES = os.path.join(ROOT, 'examples')
COPIES = 8  # of every example story, under ids of their own


def run(*args, stdin=b''):
    done = subprocess.run([DRAGOMAN, *args], input=stdin, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()[-500:]
    return done.stdout


def stories():
    with open(os.path.join(EXAMPLES, 'news.jsonl'), encoding='utf-8') as lines:
        return [json.loads(line) for line in lines]


def many():
    return ''.join(json.dumps({**story, 'id': '%s-%d' % (story['id'], copy)}) + '\n'
                   for copy in range(COPIES) for story in stories()).encode()


def texts():
    return [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES))
            if name.endswith('.txt')]


def code(data, *options):
    return run('code', '--input', 'jsonl', '--format', 'jsonl', *options, '-', stdin=data)


def words(conllu):
    """Sentences as lists of (id, form) of a CoNLL-U text."""
    sentences, tokens = [], []
    for line in conllu.decode().split('\n'):
        if line and line[0] != '#':
            tokens.append(tuple(line.split('\t')[:2]))
        elif not line and tokens:
            sentences.append(tokens)
            tokens = []
    return sentences


def threads_change_nothing():
    data = many()
    alone = code(data, '-j', '1')
    assert alone.count(b'\n') > COPIES
    for count in ('2', '3', '7'):
        assert code(data, '-j', count) == alone, '-j ' + count


def runs_are_alike():
    data = many()
    assert code(data, '-j', '2') == code(data, '-j', '2')


def neighbours_change_nothing():
    """A story's records do not depend on the stories read before it."""
    data = ''.join(json.dumps(story) + '\n' for story in stories()).encode()
    single = b''.join(code(json.dumps(story).encode() + b'\n') for story in stories())
    assert code(data, '-j', '1') == single


def trees_keep_their_tokens():
    """What annotate prints, it reads again: the same sentences of the same words."""
    for source in texts() + [os.path.join(EXAMPLES, 'news.jsonl')]:
        first = run('annotate', '--format', 'conllu', source)
        again = run('annotate', '--input', 'conllu', '--format', 'conllu', '-', stdin=first)
        assert words(first) and words(first) == words(again), source


def trees_are_trees():
    """Every word hangs on a word of its sentence or is the one root; no circles."""
    for source in texts():
        rows = [line.split('\t') for line in
                run('annotate', '--format', 'conllu', source).decode().split('\n')
                if line[:1].isdigit() or not line]
        heads = {}
        for row in rows:
            if row != ['']:
                if row[0].isdigit():
                    heads[int(row[0])] = int(row[6])
                continue
            assert not heads or list(heads.values()).count(0) == 1, heads
            for word in heads:
                for _ in heads:
                    word = heads.get(word, 0)
                assert word == 0, heads
            heads = {}


def records_quote_their_text():
    """Offsets count characters of the text; the words of a record stand there."""
    by_id = {story['id']: story['text'] for story in stories()}
    data = ''.join(json.dumps(story) + '\n' for story in stories()).encode()
    found = [json.loads(line) for line in code(data).splitlines()]
    for record in found:
        trigger = record['trigger']
        assert by_id[record['document']][trigger['begin']:trigger['end']] == trigger['text'], record


def main():
    tests = [threads_change_nothing, runs_are_alike, neighbours_change_nothing,
             trees_keep_their_tokens, trees_are_trees, records_quote_their_text]
    print('1..%d' % len(tests))
    failed = 0
    for number, test in enumerate(tests, 1):
        try:
            test()
            print('ok %d - %s' % (number, test.__name__))
        except Exception as error:  # every failure is a line of the report
            failed += 1
            print('not ok %d - %s' % (number, test.__name__))
            print('# ' + (str(error) or type(error).__name__)[:1500].replace('\n', '\n# '))
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
