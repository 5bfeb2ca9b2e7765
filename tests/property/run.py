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


def rows_of(conllu):
    """Sentences of a CoNLL-U text: comments as a dict, rows of ten columns. Strict."""
    assert conllu.endswith('\n\n') and '\r' not in conllu and '\n\n\n' not in conllu
    for block in conllu[:-2].split('\n\n'):
        lines = block.split('\n')
        comments = [line for line in lines if line.startswith('#')]
        assert lines[:len(comments)] == comments, 'a comment inside a sentence'
        rows = [line.split('\t') for line in lines[len(comments):]]
        assert rows and all(len(row) == 10 and all(row) for row in rows), block
        yield dict(line[2:].split(' = ', 1) for line in comments if ' = ' in line), rows


def check_sentence(comments, rows):
    assert [row[0] for row in rows] == [str(i + 1) for i in range(len(rows))]
    heads = [int(row[6]) for row in rows]
    assert all(0 <= head <= len(rows) for head in heads) and heads.count(0) == 1, heads
    for row, head in zip(rows, heads):
        assert (row[7] == 'root') == (head == 0), row
        assert ' ' not in row[1] and row[3].isupper(), row
        feats = [feat.split('=') for feat in row[5].split('|')] if row[5] != '_' else []
        names = [name for name, _ in feats]
        assert names == sorted(set(names)), row
        at, steps = int(row[0]), 0
        while at:
            at, steps = heads[at - 1], steps + 1
            assert steps <= len(rows), 'a circle'
    text = ''.join(row[1] + ('' if 'SpaceAfter=No' in row[9].split('|') else ' ') for row in rows)
    assert text.strip() == comments['text'], (text, comments['text'])


def trees_are_valid_and_stay():
    """What annotate prints is valid CoNLL-U; it reads it again and prints the same words and trees,
    and from then on the same bytes."""
    for source in texts() + [os.path.join(EXAMPLES, 'news.jsonl')]:
        first = run('annotate', '--format', 'conllu', source)
        again = run('annotate', '--input', 'conllu', '--format', 'conllu', '-', stdin=first)
        third = run('annotate', '--input', 'conllu', '--format', 'conllu', '-', stdin=again)
        one, two = (list(rows_of(out.decode())) for out in (first, again))
        for comments, rows in one:
            check_sentence(comments, rows)
        assert one and [[row[:8] for row in rows] for _, rows in one] == \
            [[row[:8] for row in rows] for _, rows in two], source
        assert again == third, source


def given_tokens_are_kept():
    """A sentence a line: the same words come out, whatever the tokeniser would make of them."""
    lines = [['Iran-Iraq', 'war', '[8]', 'is', "don't", '.', 'No'], ['U.S.A', ')', '\u00e9t\u00e9']]
    data = '\n'.join('  '.join(tokens) for tokens in lines) + '\n\n\n' + 'Last \xff line'
    out = run('annotate', '--input', 'tokens', '-',
              stdin=data.encode('utf-8')).decode()
    found = [[row[1] for row in rows] for _, rows in rows_of(out)]
    assert found == lines + [['Last', '\xff', 'line']], found
    assert out.count('# newpar') == 2


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
             trees_are_valid_and_stay, given_tokens_are_kept, trees_are_trees, records_quote_their_text]
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
