#!/usr/bin/env python3
"""Tests of the built command: bad input, exit codes, a failing world, same bytes. Prints TAP.

usage: run.py DRAGOMAN SOURCE_ROOT [NAME...]

Each test is a function below; the names given are run, or all.
"""
import json
import os
import pty
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

DRAGOMAN, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COMMANDS = ['code', 'annotate', 'classify', 'explain', 'lint', 'score', 'brief', 'timeline', 'completion']
DONE, SKIPPED, USAGE, FAILED = 0, 1, 2, 3

NEWS = 'Iran condemned Iraq on 3 March 1981. Iraq attacked Iran in September 1980.\n'


class Skip(Exception):
    pass


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def records(self):
        return [json.loads(line) for line in self.out.splitlines()]


def run(*args, stdin=b'', limit=None, env=None, stdout=subprocess.PIPE, user=None):
    environment = {k: v for k, v in os.environ.items() if k not in ('NO_COLOR', 'TERM')}
    environment.update(env or {})
    done = subprocess.run([DRAGOMAN, *map(str, args)], input=stdin, stdout=stdout,
                          stderr=subprocess.PIPE, preexec_fn=limit, env=environment, timeout=300,
                          user=user)
    return Result(done.returncode, (done.stdout or b'').decode(), done.stderr.decode())


def expect(result, code, *words):
    assert result.code == code, 'exit code %s, not %s: %s' % (result.code, code, result.err[-500:])
    for word in words:
        assert word in result.err, '%r is not in the words %r' % (word, result.err[-500:])
    if code == DONE:
        assert not result.err, 'unexpected words: ' + result.err[-500:]
    return result


def write(name, data):
    with open(name, 'wb') as out:
        out.write(data if isinstance(data, bytes) else data.encode())
    return name


def line(**fields):
    return json.dumps(fields) + '\n'


def types(result):
    return [r['type'] for r in result.records()]


# Help, version, wrong usage.

def help_and_version():
    assert re.match(r'dragoman \d+\.\d+\.\d+', expect(run('--version'), DONE).out)
    text = expect(run('--help'), DONE).out
    for command in COMMANDS:
        assert '\n  %s ' % command in text
        own = expect(run(command, '--help'), DONE).out
        assert own.startswith('usage: dragoman %s ' % command)
        assert own == run('help', command).out
        assert all(len(row) < 80 and row == row.rstrip() for row in own.splitlines())
    assert 'usage:' in expect(run(), USAGE).err


def wrong_usage():
    expect(run('cod'), USAGE, "did you mean 'code'?")
    expect(run('xyzzy'), USAGE, "unknown command 'xyzzy'")
    expect(run('code', '--fromat', 'csv'), USAGE, "did you mean '--format'?")
    expect(run('code', '--format', 'xml'), USAGE, 'jsonl|table|csv')
    expect(run('code', '-x'), USAGE, "unknown option '-x'")
    expect(run('code', '-o'), USAGE, '-o needs FILE')
    expect(run('code', '--why=1'), USAGE, 'takes no value')
    expect(run('code', '-j', 'two'), USAGE, 'takes a number')
    expect(run('code', '-j', '-1'), USAGE, 'takes a number')
    expect(run('score', 'gold.jsonl'), USAGE, 'two files')
    expect(run('brief', 'Iran'), USAGE, 'two actors')
    expect(run('timeline'), USAGE, 'an actor')
    expect(run('completion', 'tcsh'), USAGE, 'bash, zsh or fish')
    write('a.txt', NEWS)
    expect(run('brief', 'Iran', 'Atlantisia', 'a.txt'), USAGE, "unknown actor 'Atlantisia'")


def option_forms():
    write('a.txt', NEWS)
    wanted = expect(run('code', '--format', 'csv', 'a.txt'), DONE).out
    assert run('code', '--format=csv', '-j2', 'a.txt').out == wanted
    assert run('code', 'a.txt', '--threads', '1', '--format', 'csv').out == wanted
    write('-a.txt', NEWS)
    assert types(run('code', '--', '-a.txt')) == types(run('code', 'a.txt'))


# Classify.

def marked(text, source, target, **fields):
    def sides(words):
        return [[text.index(words), text.index(words) + len(words)]]
    return line(text=text, source=sides(source), target=sides(target), **fields)


def classified():
    write('m.jsonl',
          marked('Norwegian warplanes bombed Danish ports.', 'Norwegian warplanes', 'Danish ports',
                 id='a') +
          marked('Zoë’s government, in Malmö, condemned Peru.', 'Zoë’s government', 'Peru', id=7) +
          marked('Chile was attacked by Bolivia in March.', 'Bolivia', 'Chile'))
    found = expect(run('classify', '--force', 'm.jsonl'), DONE).records()
    assert [r['id'] for r in found] == ['a', 7, None]
    assert [r['type'] for r in found] == ['ASSAULT', 'ACCUSE', 'ASSAULT']
    assert found[0]['quad'] == 'material conflict' and found[0]['mode'] == 'explosives'
    assert found[1]['rule'] == 'accuse/condemn' and found[1]['modality'] == 'asserted'
    assert all(list(r) == ['id', 'type', 'mode', 'quad', 'modality', 'confidence', 'rule'] and
               0 <= r['confidence'] <= 1 for r in found)
    by_rules = expect(run('classify', '--force', '--rules-only', 'm.jsonl'), DONE).records()
    assert [r['type'] for r in by_rules] == ['ASSAULT', 'ACCUSE', 'ASSAULT']
    with open('m.jsonl', 'rb') as lines:
        assert run('classify', '--force', stdin=lines.read()).records() == found


def classify_abstains():
    nothing = marked('A tall man near the window is a cousin of the new baker.', 'A tall man',
                     'the new baker', id=1)
    found = expect(run('classify', stdin=nothing.encode()), DONE).records()[0]
    assert found['type'] is None and found['quad'] is None and found['rule'] is None
    assert found['confidence'] < 0.5
    forced = expect(run('classify', '--force', stdin=nothing.encode()), DONE).records()[0]
    assert forced['type'] and forced['quad'] and forced['confidence'] == found['confidence']


def classify_without_sides():
    text = line(id=1, text='Turkey invaded Cyprus in 1974.')
    assert types(expect(run('classify', '--force', stdin=text.encode()), DONE)) == ['ASSAULT']


def classify_two_sentences():
    text = marked('The rebels came down at dawn. They shelled Malta for an hour.', 'The rebels',
                  'Malta')
    assert types(expect(run('classify', '--force', stdin=text.encode()), DONE)) == ['ASSAULT']


def classify_bad_input():
    good = marked('Iran condemned Iraq.', 'Iran', 'Iraq', id='good')
    bad = ['{"id": 1, "te', '[]', '"text"', '{"id": 1}', '{"text": 5}', '{"text": " "}',
           '{"text": "Iran met Iraq.", "source": [[0, 400]]}',
           '{"text": "Iran met Iraq.", "source": [[4, 4]]}',
           '{"text": "Iran met Iraq.", "source": [[-1, 4]]}',
           '{"text": "Iran met Iraq.", "target": [[9, 2]]}',
           '{"text": "Iran met Iraq.", "target": [1, 2]}',
           '{"text": "Iran met Iraq.", "target": [["0", "4"]]}',
           '{"text": "Iran met Iraq.", "target": "Iraq"}']
    for text in bad:
        result = expect(run('classify', '--force', write('b.jsonl', text + '\n' + good)), SKIPPED,
                        'b.jsonl:1:', '1 input was skipped')
        assert [r['id'] for r in result.records()] == ['good'], text
    expect(run('classify', 'nowhere.jsonl'), SKIPPED, 'nowhere.jsonl', 'No such file')
    assert expect(run('classify', write('empty.jsonl', '')), DONE).out == ''
    expect(run('classify', '--forse'), USAGE, "did you mean '--force'?")
    many = expect(run('classify', write('many.jsonl', '{\n' * 30)), SKIPPED, '30 inputs were skipped')
    assert 'and 10 more of the kind' in many.err


# Input.

def plain_text():
    found = expect(run('code', write('a.txt', NEWS)), DONE).records()
    assert found and all(NEWS[r['trigger']['begin']:r['trigger']['end']] == r['trigger']['text']
                         for r in found)
    assert {'ACCUSE', 'ASSAULT'} <= {r['type'] for r in found}
    assert all(r['document'] == 'a' for r in found)


def standard_input():
    wanted = types(run('code', write('a.txt', NEWS)))
    assert types(expect(run('code', stdin=NEWS.encode()), DONE)) == wanted
    assert types(expect(run('code', '-', stdin=NEWS.encode()), DONE)) == wanted
    lines = line(id='x', text=NEWS).encode()
    assert run('code', stdin=lines).records()[0]['document'] == 'x'


def missing_file():
    write('a.txt', NEWS)
    result = expect(run('code', 'nowhere.txt', 'a.txt'), SKIPPED, 'nowhere.txt',
                    'No such file or directory', '1 input was skipped')
    assert result.out == run('code', 'a.txt').out
    expect(run('code', 'nowhere.txt'), SKIPPED, 'nowhere.txt')
    expect(run('brief', 'Iran', 'Iraq', 'nowhere.txt'), SKIPPED, 'nowhere.txt')
    expect(run('annotate', 'nowhere.txt'), SKIPPED, 'nowhere.txt')


def directory():
    os.mkdir('folder')
    expect(run('code', 'folder'), SKIPPED, 'folder', 'Is a directory')


def empty_file():
    assert run('code', write('empty.txt', '')).out == ''
    assert run('code', write('empty.txt', '')).code in (DONE, SKIPPED)
    assert run('code', write('blank.txt', ' \n\n\t\n')).out == ''
    assert run('code', write('empty.jsonl', '')).out == ''


def binary_junk():
    junk = bytes((i * i * 31 + i * 7 + 3) % 256 for i in range(100000))
    result = run('code', write('junk.bin', junk), write('a.txt', NEWS))
    assert result.code in (DONE, SKIPPED) and 'junk.bin' in result.err
    assert len(result.err.splitlines()) < 40, 'a message a byte'
    assert 'ACCUSE' in types(result)


def latin_1():
    text = 'Caf\xe9 talk: Iran condemned Iraq.\n'
    result = run('code', write('latin.txt', text.encode('latin-1')))
    assert result.code in (DONE, SKIPPED) and 'latin.txt' in result.err
    assert 'ACCUSE' in types(result)


def broken_line():
    write('b.jsonl', line(id='one', text=NEWS) + '{"id": "two", "te\n' +
          line(id='three', text=NEWS))
    result = expect(run('code', 'b.jsonl'), SKIPPED, 'b.jsonl:2:', '1 input was skipped')
    assert {r['document'] for r in result.records()} == {'one', 'three'}


def long_lines():
    write('long.jsonl', 'x' * 50_000_000 + '\n' + line(id='after', text=NEWS))
    result = expect(run('code', 'long.jsonl'), SKIPPED, 'long.jsonl:1:')
    assert {r['document'] for r in result.records()} == {'after'}
    write('word.txt', NEWS.strip() + ' ' + 'x' * 5_000_000 + '.\n')
    assert 'ACCUSE' in types(expect(run('code', 'word.txt'), DONE))


def kinds_of_input():
    write('lines', line(id='x', text=NEWS))
    assert run('code', '--input', 'jsonl', 'lines').records()[0]['document'] == 'x'
    conllu = expect(run('annotate', write('a.txt', NEWS)), DONE).out
    assert '\tIran\t' in conllu
    again = expect(run('annotate', '--input', 'conllu', write('a.conllu', conllu)), DONE).out
    forms = lambda text: re.findall(r'^\d+\t(\S+)', text, re.M)
    assert forms(again) == forms(conllu)
    assert all(json.loads(row) for row in
               expect(run('annotate', '--format', 'jsonl', 'a.txt'), DONE).out.splitlines())
    two = write('two.jsonl', line(id='x', text=NEWS) + line(id='y', text=NEWS))
    rows = expect(run('annotate', '--format', 'jsonl', two), DONE).out.splitlines()
    assert [json.loads(row)['document'] for row in rows] == ['x', 'y']


# Output.

def full_disk():
    if not os.path.exists('/dev/full'):
        raise Skip('no /dev/full')
    write('a.txt', NEWS)
    for args in (['code', 'a.txt'], ['brief', 'Iran', 'Iraq', 'a.txt'], ['--help'],
                 ['annotate', 'a.txt'], ['completion', 'bash']):
        with open('/dev/full', 'wb') as full:
            expect(run(*args, stdout=full), FAILED, 'No space left on device')


def full_disk_for_record_file():
    stories = ''.join(line(id=str(i), text=NEWS) for i in range(2000))
    write('many.jsonl', stories)

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    expect(run('code', '-o', 'r.db', 'many.jsonl', limit=limit), FAILED, 'r.db')
    kept = sqlite3.connect('r.db')
    assert kept.execute('PRAGMA integrity_check').fetchone() == ('ok',)
    before = kept.execute('SELECT count(*) FROM document').fetchone()[0]
    kept.close()
    assert before < 2000
    expect(run('code', '-o', 'r.db', 'many.jsonl'), DONE)
    assert sqlite3.connect('r.db').execute('SELECT count(*) FROM document').fetchone()[0] == 2000

    def tiny():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    expect(run('code', '-o', 'tiny.db', 'many.jsonl', limit=tiny), FAILED, 'tiny.db')
    assert not os.path.exists('tiny.db'), 'an empty file was left'


def read_only_folder():
    write('a.txt', NEWS)
    os.mkdir('shut')
    if os.getuid() == 0:
        for path in ('.', 'a.txt'):
            os.chmod(path, 0o755)
        os.chmod('shut', 0o755)
        try:
            result = run('code', '-o', 'shut/r.db', 'a.txt', user='nobody')
        except (PermissionError, LookupError):
            raise Skip('no user nobody')
        if result.code == 126 or 'a.txt: cannot' in result.err:
            raise Skip('the folder of the tests is closed to others')
    else:
        os.chmod('shut', 0o555)
        result = run('code', '-o', 'shut/r.db', 'a.txt')
        os.chmod('shut', 0o755)
    expect(result, FAILED, 'shut/r.db', 'ermission denied')
    expect(run('code', '-o', 'nowhere/r.db', 'a.txt'), FAILED, 'nowhere/r.db')


def read_only_record_file():
    write('a.txt', NEWS)
    expect(run('code', '-o', 'r.db', 'a.txt'), DONE)
    os.chmod('r.db', 0o444)
    os.chmod('.', 0o755)
    expect(run('brief', 'Iran', 'Iraq', 'r.db'), DONE)
    os.chmod('r.db', 0o644)


def reader_goes_away():
    write('many.jsonl', ''.join(line(id=str(i), text=NEWS) for i in range(3000)))
    child = subprocess.Popen([DRAGOMAN, 'code', 'many.jsonl'], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    child.stdout.readline()
    child.stdout.close()
    words = child.stderr.read()
    assert child.wait() in (-signal.SIGPIPE, FAILED) and not words, (child.returncode, words)


def closed_output():
    write('a.txt', NEWS)
    code = subprocess.run(['sh', '-c', '"$0" code a.txt >&-', DRAGOMAN],
                          stderr=subprocess.PIPE).returncode
    assert code == FAILED, code


# Record files.

def dump(path):
    connection = sqlite3.connect(path)
    text = '\n'.join(connection.iterdump())
    connection.close()
    return text


def record_file():
    write('a.txt', NEWS)
    write('b.jsonl', line(id='x', title='T', date='1981-03-04', source='S', text=NEWS))
    result = expect(run('code', '-o', 'r.db', 'a.txt', 'b.jsonl'), DONE)
    assert result.out == ''
    first = open('r.db', 'rb').read()
    expect(run('code', '-o', 'r.db', 'a.txt', 'b.jsonl'), DONE)
    assert open('r.db', 'rb').read() == first, 'coding again changed the file'
    expect(run('code', '-j', '2', '-o', 's.db', 'a.txt', 'b.jsonl'), DONE)
    assert open('s.db', 'rb').read() == first, 'the number of threads changed the file'
    rows = sqlite3.connect('r.db').execute(
        'SELECT json FROM record_json ORDER BY document, record').fetchall()
    printed = run('code', 'a.txt', 'b.jsonl').out.splitlines()
    assert [row[0] for row in rows] == printed


def changed_document():
    write('a.txt', NEWS)
    expect(run('code', '-o', 'r.db', 'a.txt'), DONE)
    write('a.txt', 'Iraq attacked Iran in September 1980.\n')
    expect(run('code', '-o', 'r.db', 'a.txt'), DONE)
    expect(run('code', '-o', 'fresh.db', 'a.txt'), DONE)
    assert dump('r.db') == dump('fresh.db')


def output_and_print():
    write('a.txt', NEWS)
    both = expect(run('code', '-o', 'r.db', '--format', 'jsonl', 'a.txt'), DONE)
    assert both.out == run('code', 'a.txt').out


def text_left_out():
    write('a.txt', NEWS)
    expect(run('code', '--omit-text', '-o', 'r.db', 'a.txt'), DONE)
    assert sqlite3.connect('r.db').execute(
        'SELECT count(*) FROM sentence WHERE text IS NOT NULL').fetchone() == (0,)
    assert '... condemned' in expect(run('brief', 'Iran', 'Iraq', 'r.db'), DONE).out


def other_files_as_record_file():
    write('a.txt', NEWS)
    write('text.db', 'no database, but text that is long enough to be one. ' * 20)
    expect(run('code', '-o', 'text.db', 'a.txt'), FAILED, 'text.db', 'no record file')
    connection = sqlite3.connect('other.db')
    connection.execute('CREATE TABLE t (x)')
    connection.commit()
    expect(run('code', '-o', 'other.db', 'a.txt'), FAILED, 'other.db', 'no record file')
    expect(run('brief', 'Iran', 'Iraq', 'other.db'), FAILED, 'other.db', 'no record file')
    expect(run('code', '-o', 'r.db', 'a.txt'), DONE)
    connection = sqlite3.connect('r.db')
    connection.execute('PRAGMA user_version = 99')
    connection.commit()
    expect(run('brief', 'Iran', 'Iraq', 'r.db'), FAILED, 'newer dragoman')
    expect(run('brief', 'Iran', 'Iraq', 'r.db', 'a.txt'), USAGE, 'alone')


# Answers.

def brief_of_texts_and_file():
    write('a.txt', NEWS)
    expect(run('code', '-o', 'r.db', 'a.txt'), DONE)
    wanted = expect(run('brief', 'IRN', 'IRQ', 'r.db'), DONE).out
    assert expect(run('brief', 'Iran', 'iraq', 'a.txt'), DONE).out == wanted
    assert expect(run('brief', 'iran', 'IRQ', stdin=NEWS.encode()), DONE).out.count('\n\n') \
        == wanted.count('\n\n')
    assert '3 March 1981' in wanted and 'Iran -> Iraq: accused' in wanted
    assert wanted.index('September 1980') < wanted.index('3 March 1981')
    assert 'a, line 1, characters 0-36' in wanted
    assert re.search(r'^2 records from 1980 to 1981: ', wanted, re.M), wanted
    assert all(len(row) <= 100 for row in wanted.splitlines()) and '\x1b' not in wanted


def formats_of_answers():
    write('a.txt', NEWS)
    printed = run('code', 'a.txt').out.splitlines()
    lines = expect(run('brief', 'Iran', 'Iraq', '--format', 'jsonl', 'a.txt'), DONE).out
    assert sorted(lines.splitlines()) == sorted(printed)
    table = expect(run('timeline', 'Iran', 'a.txt', '--format', 'csv'), DONE).out
    assert table.startswith('id,kind,type,') and table.count('\n') == 1 + len(printed)
    assert expect(run('code', '--format', 'csv', 'a.txt'), DONE).out.count('\n') \
        == 1 + len(printed)
    assert run('code', '--format', 'csv', write('none.txt', 'Nothing.\n')).out.startswith('id,')
    assert expect(run('code', '--format', 'table', 'a.txt'), DONE).out.count('\n') == len(printed)


def timeline_of_one_and_two():
    write('a.txt', NEWS)
    one = expect(run('timeline', 'Iraq', 'a.txt'), DONE).out
    assert one.index('\n1981\n') > one.index('1980\n')
    assert expect(run('timeline', 'Iraq', 'Iran', 'a.txt'), DONE).out == one
    assert 'no record of' in expect(run('timeline', 'France', 'a.txt'), DONE).out


def colours():
    write('a.txt', NEWS)
    ask = ['brief', 'Iran', 'Iraq', 'a.txt']
    plain = run(*ask).out
    assert '\x1b[' in expect(run(*ask, '--color', 'always'), DONE).out
    assert re.sub(r'\x1b\[[\d;]*m', '', run(*ask, '--color', 'always').out) == plain
    assert '\x1b' not in run(*ask, '--color', 'never').out
    assert max(map(len, run(*ask, '--width', '50').out.splitlines())) <= 50


def on_terminal(args, env):
    """What the command writes to a terminal of 60 columns."""
    parent, child = pty.openpty()
    import fcntl
    import struct
    import termios
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 60, 0, 0))
    environment = dict(os.environ, TERM='xterm', **env)
    if 'NO_COLOR' not in env:
        environment.pop('NO_COLOR', None)
    process = subprocess.Popen([DRAGOMAN, *args], stdin=subprocess.DEVNULL, stdout=child,
                               stderr=subprocess.PIPE, env=environment)
    os.close(child)
    out = b''
    while True:
        try:
            data = os.read(parent, 65536)
        except OSError:
            break
        if not data:
            break
        out += data
    os.close(parent)
    assert process.wait() == DONE, process.stderr.read()
    return out.decode().replace('\r\n', '\n')


def terminal():
    write('a.txt', NEWS)
    for args in (['brief', 'Iran', 'Iraq', 'a.txt'], ['code', 'a.txt'], ['timeline', 'Iran', 'a.txt']):
        shown = on_terminal(args, {})
        assert '\x1b[' in shown and '{' not in shown
        assert '\x1b' not in on_terminal(args, {'NO_COLOR': '1'})
        bare = re.sub(r'\x1b\[[\d;]*m', '', shown)
        assert max(map(len, bare.splitlines())) <= 60, bare


def explained():
    told = expect(run('explain', 'Iran', 'accused', 'Iraq.'), DONE).out
    assert 'ACCUSE' in told
    assert 'ACCUSE' in expect(run('explain', write('a.txt', NEWS)), DONE).out
    assert '1997' in expect(run('explain', '--date', '1997-12-02',
                                'Iran accused Iraq on Tuesday.'), DONE).out


def reasons():
    found = expect(run('code', '--why', write('a.txt', NEWS)), DONE).records()
    assert all(r['why']['rules'] and r['why']['sentence']['text'] in NEWS for r in found)


def reasons_with_spans():
    text = 'Iran promised to help Iraq. Cuba helped Angola.\n'
    found = expect(run('code', '--why', write('a.txt', text)), DONE).records()
    by_type = {r['type']: r['why'] for r in found}
    promise = by_type['AGREE']
    assert promise['rules'][1] == 'operators/promise' and promise['trigger']['text'] == 'help'
    assert [(o['rule'], o['text']) for o in promise['operators']] == [('operators/promise', 'promised')]
    assert [s['text'] for s in promise['actors'] + promise['recipients']] == ['Iran', 'Iraq']
    assert by_type['AID']['operators'] == []
    for why in by_type.values():
        for span in [why['trigger'], why['sentence'], *why['actors'], *why['operators']]:
            assert text[span['begin']:span['end']] == span['text']
    assert 'why' not in run('code', 'a.txt').records()[0]


# CAMEO.

def goldstein_scales():
    write('a.txt', 'Cuba imposed an embargo on Haiti.\n')
    for option, value in (([], -8.0), (['--goldstein', 'icews'], -8.0),
                          (['--goldstein', 'phoenix'], -6.5)):
        cameo = expect(run('code', *option, 'a.txt'), DONE).records()[0]['cameo']
        assert cameo == {'code': '163', 'goldstein': value,
                         'scale': 'goldstein-' + (option[1] if option else 'gdelt'),
                         'quads': {'gdelt': 4, 'phoenix': 3, 'text-to-cameo': 4, 'plover': 4}}
    expect(run('code', '--goldstein', 'weis', 'a.txt'), USAGE, 'gdelt|icews|phoenix')


def older_record_file():
    """A file of schema 1 is brought up to date when it is written to, and its records stay."""
    write('a.txt', NEWS)
    expect(run('code', '-o', 'r.db', 'a.txt'), DONE)
    wanted = dump('r.db')
    with open(os.path.join(ROOT, 'src', 'record', 'schema.sql'), encoding='utf-8') as first:
        old = sqlite3.connect('old.db')
        old.executescript(first.read())
    new = sqlite3.connect('r.db')
    for table in ('coding', 'actor', 'document', 'sentence', 'record', 'record_actor',
                  'record_context', 'record_place', 'citation'):
        columns = [row[1] for row in old.execute('PRAGMA table_info(%s)' % table)]
        rows = new.execute('SELECT %s FROM %s' % (', '.join(columns), table)).fetchall()
        old.executemany('INSERT INTO %s VALUES (%s)' % (table, ','.join('?' * len(columns))), rows)
    old.execute("UPDATE document SET records_hash = ''")  # that of schema 1 saw no codes
    old.execute('PRAGMA application_id = %d' % 0x44474D52)
    old.execute('PRAGMA user_version = 1')
    old.commit()
    old.close()
    expect(run('brief', 'Iran', 'Iraq', 'old.db'), FAILED, 'older than 2')
    expect(run('code', '-o', 'old.db', write('b.txt', 'Nothing.\n')), DONE)
    kept = sqlite3.connect('old.db').execute('SELECT json FROM record_json').fetchall()
    assert [json.loads(row[0])['cameo'] for row in kept] == [None] * len(kept) and kept
    # coding the document again fills it in
    expect(run('code', '-o', 'old.db', 'a.txt'), DONE)
    json_of = lambda path: sqlite3.connect(path).execute(
        "SELECT json FROM record_json WHERE json_extract(json, '$.document') = 'a'").fetchall()
    assert json_of('old.db') == json_of('r.db') and wanted


# Rule packs.

def pack(**tables):
    for name, rows in tables.items():
        path = os.path.join('pack', name.replace('__', '/') + '.tsv')
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write(path, ''.join('\t'.join(row) + '\n' for row in rows))
    return 'pack'


SCOLD = ['scold', 'verb:zorch', 'disapprove', '', '', '', '', 'Peru zorched Chile.', 'PER > CHL']


def rules_of_ones_own():
    write('a.txt', 'Peru zorched Chile. Cuba condemned Haiti.\n')
    assert types(run('code', 'a.txt')) == ['ACCUSE']
    folder = pack(accuse__mine=[SCOLD])
    found = expect(run('code', '--rules', folder, '--why', 'a.txt'), DONE).records()
    assert [r['why']['rules'] for r in found] == [['accuse/scold'], ['accuse/condemn']]
    assert 'accuse/scold  yes' in expect(run('explain', '--rules', folder, 'Peru zorched Chile.'),
                                         DONE).out
    # an entry of the same id takes the built-in one's place, '-' takes it away
    pack(accuse__mine=[['condemn', '-'], SCOLD])
    assert types(run('code', '--rules', folder, 'a.txt')) == ['ACCUSE']
    expect(run('code', '--rules', 'nowhere', 'a.txt'), FAILED, 'nowhere', 'No such file')
    os.mkdir('empty')
    expect(run('code', '--rules', 'empty', 'a.txt'), FAILED, 'no table')
    pack(accuse__mine=[SCOLD, ['bad', 'verb:x obj=@nowhere', '', '', '', '', '', 'x', 'A > B']])
    expect(run('code', '--rules', folder, 'a.txt'), FAILED, 'pack/accuse/mine.tsv', 'line 2',
           'unknown class')


def lint_of_a_pack():
    folder = pack(accuse__mine=[
        SCOLD,
        ['again', 'verb:zorch', '', '', '', '', '', 'Peru zorched Chile.', 'PER > CHL'],
        ['wrong', 'verb:blimp', '', '', '', '', '', 'Peru blimped Chile.', 'PER > BOL'],
        ['scold', 'verb:zorch obj=@leader', '', '', '', '', '', '', ''],
        ['mode', 'verb:zip', 'visit', '', '', '', '', 'x', 'A > B'],
        ['place', 'verb:zip', '', 'Subj', '', '', '', 'x', 'A > B'],
        ['class', 'verb:zip obj=@nowhere', '', '', '', '', '', 'x', 'A > B'],
    ], nonsense__mine=[SCOLD], gazetteer__leaders=[['A *Zed', 'PER', 'GOV', '1799', '1990', 'x']])
    result = run('lint', '--rules', folder)
    assert result.code == SKIPPED, result.err
    said = result.out.splitlines()
    wanted = [('pack/accuse/mine.tsv:2:', 'never chosen: accuse/scold'),
              ('pack/accuse/mine.tsv:2:', "can't fire"),
              ('pack/accuse/mine.tsv:3:', 'expected PER > BOL'),
              ('pack/accuse/mine.tsv:4:', 'the id stands twice'),
              ('pack/accuse/mine.tsv:4:', 'no example'),
              ('pack/accuse/mine.tsv:5:', 'no such mode'),
              ('pack/accuse/mine.tsv:6:', 'not a place'),
              ('pack/accuse/mine.tsv:7:', 'unknown class'),
              ('pack/nonsense/mine.tsv:1:', 'names no type'),
              ('pack/gazetteer/leaders.tsv:1:', 'impossible years')]
    for where, what in wanted:
        assert any(line.startswith(where) and what in line for line in said), (where, what, said)
    assert not any('mine.tsv:1: accuse' in line for line in said), said
    pack(gazetteer__leaders=[['A *Zed', 'PER', 'GOV', '1999', '1990', 'x']])
    result = run('lint', '--rules', folder)
    assert result.code == SKIPPED and result.out.startswith('pack/gazetteer/leaders.tsv:1:')
    good = pack(accuse__mine=[SCOLD])
    shutil.rmtree('pack/nonsense')
    shutil.rmtree('pack/gazetteer')
    assert expect(run('lint', '--rules', good), DONE).out == ''


def actors_of_ones_own():
    write('a.txt', 'The Zorg League accused Peru of fraud.\n')
    folder = pack(gazetteer__actors=[['ZORG', 'org', '', 'IGO', '1990', '', 'Zorg League']])
    assert not any(a['code'] == 'ZORG' for r in run('code', 'a.txt').records() for a in r['actors'])
    record = expect(run('code', '--rules', folder, 'a.txt'), DONE).records()[0]
    assert [(a['code'], a['sectors']) for a in record['actors']] == [('ZORG', ['IGO'])]


def coverage():
    table = expect(run('lint', '--coverage'), DONE).out
    assert re.search(r'^ACCUSE +event +\d+ +\d+ +\d+ +\d+$', table, re.M)
    assert 'modes without an entry:' in table and 'contexts without a word:' in table


def an_ontology_of_ones_own():
    folder = os.path.join(ROOT, 'examples', 'trade-disputes')
    assert expect(run('lint', '--rules', folder), DONE).out == ''
    text = os.path.join(folder, 'dispute.txt')
    found = expect(run('code', '--rules', folder, text), DONE).records()
    codes = lambda actors: '+'.join(a['code'] for a in actors)
    said = [(r['type'], r['mode'], codes(r['actors']), codes(r['recipients']), r['quad'], r['score'],
             r['modality']) for r in found]
    assert said == [
        ('IMPOSE-TARIFF', None, 'CAN', 'BRA', 'trade measure', -6.0, 'asserted'),
        ('COMPLAIN', None, 'BRA', 'CAN', 'legal dispute', -3.0, 'asserted'),
        ('CONSULT', None, 'NOR+THA', '', 'dialogue', 2.0, 'asserted'),
        ('RULE', 'against', 'WTO', 'CAN', 'legal dispute', -3.0, 'asserted'),
        ('APPEAL', None, 'CAN', '', 'legal dispute', -2.0, 'negated'),
        ('RETALIATE', None, 'BRA', 'CAN', 'trade measure', -7.0, 'asserted'),
        ('SETTLE', None, 'BRA+CAN', '', 'compliance', 7.0, 'asserted')], said
    assert found[1]['contexts'] == ['steel'] and all(r['cameo'] is None for r in found)
    assert all(r['kind'] == 'event' for r in found)
    expect(run('code', '--rules', folder, '-o', 'r.db', text), DONE)
    rows = sqlite3.connect('r.db').execute('SELECT json FROM record_json ORDER BY document, record').fetchall()
    assert [json.loads(row[0]) for row in rows] == found
    assert sqlite3.connect('r.db').execute('SELECT ontology FROM coding').fetchall() \
        == [('trade-disputes 1.0',)]
    assert 'Canada' in expect(run('timeline', 'Canada', 'r.db'), DONE).out
    table = expect(run('lint', '--rules', folder, '--coverage'), DONE).out
    assert 'IMPOSE-TARIFF' in table and 'ACCUSE' not in table
    assert 'IMPOSE-TARIFF.antidumping' in table


# Same bytes.

def same_bytes():
    news = os.path.join(ROOT, 'examples', 'news.jsonl')
    stories = [line(id=str(i), date='1981-03-05', text=NEWS * (1 + i % 7)) for i in range(200)]
    write('many.jsonl', ''.join(stories))
    inputs = ['many.jsonl'] + ([news] if os.path.exists(news) else [])
    for args in (['code', '--why'], ['code', '--format', 'csv']):
        one = expect(run(*args, '-j', '1', *inputs), DONE).out
        assert one == run(*args, '-j', '2', *inputs).out == run(*args, '-j', '7', *inputs).out


def order_of_files():
    write('a.txt', NEWS)
    write('b.txt', NEWS)
    found = run('code', '-j', '2', 'b.txt', 'a.txt').records()
    assert [r['document'] for r in found] == sorted((r['document'] for r in found), reverse=True)


# Completion and manual stay in step with the options.

def options_of(command):
    return re.findall(r'^ +(?:-(\w), )?--([\w-]+)', run(command, '--help').out, re.M)


def manual():
    for command in COMMANDS:
        with open(os.path.join(ROOT, 'man', 'dragoman-%s.1' % command), encoding='utf-8') as page:
            text = page.read().replace('\\-', '-')
        told = set(re.findall(r'^\.It (?:Fl (\w) , )?Fl -([\w-]+)', text, re.M))
        assert told == set(options_of(command)), (command, told ^ set(options_of(command)))
    with open(os.path.join(ROOT, 'man', 'dragoman.1'), encoding='utf-8') as page:
        text = page.read()
    assert all('.It Xr dragoman-%s 1' % command in text for command in COMMANDS)


def completion():
    for shell in ('bash', 'zsh', 'fish'):
        script = expect(run('completion', shell), DONE).out
        for command in COMMANDS:
            assert command in script
            if shell == 'fish':
                assert all('seen_subcommand_from %s\' -l %s' % (command, name) in script
                           for _, name in options_of(command))
        write('dragoman.' + shell, script)
        if shutil.which(shell):
            subprocess.run([shell, '-n', 'dragoman.' + shell], check=True)


def completion_in_bash():
    if not shutil.which('bash'):
        raise Skip('no bash')
    write('c.bash', run('completion', 'bash').out)
    words = lambda *typed: subprocess.run(
        ['bash', '-c', 'complete() { :; }; . ./c.bash; COMP_WORDS=("$@"); '
         'COMP_CWORD=$(($# - 1)); _dragoman; echo "${COMPREPLY[*]}"', 'bash', *typed],
        capture_output=True, text=True, check=True).stdout.split()
    assert words('dragoman', 'co') == ['code', 'completion']
    assert '--format' in words('dragoman', 'code', '--f')
    assert words('dragoman', 'code', '--format', '') == ['jsonl', 'table', 'csv']


TESTS = [value for name, value in list(globals().items())
         if callable(value) and getattr(value, '__module__', '') == __name__ and
         name not in ('Skip', 'Result', 'run', 'expect', 'write', 'line', 'types', 'dump',
                      'on_terminal', 'options_of', 'pack', 'marked')]


def attempt(test):
    with tempfile.TemporaryDirectory(prefix='dgm-cli-') as folder:
        os.chdir(folder)
        try:
            test()
            return 'ok', ''
        except Skip as reason:
            return 'ok', ' # SKIP %s' % reason
        except Exception as problem:  # a test that breaks is a test that fails
            import traceback
            frame = traceback.extract_tb(problem.__traceback__)
            where = [f for f in frame if f.filename == __file__][-1 if len(frame) < 3 else 1]
            print('# %s: line %d: %s: %s' % (test.__name__, where.lineno, type(problem).__name__,
                                             str(problem)[:600].replace('\n', ' ')))
            return 'not ok', ''
        finally:
            os.chdir(ROOT)


def main():
    wanted = [t for t in TESTS if len(sys.argv) < 4 or t.__name__ in sys.argv[3:]]
    print('1..%d' % len(wanted))
    failed = 0
    for number, test in enumerate(wanted, 1):
        verdict, note = attempt(test)
        failed += verdict != 'ok'
        print('%s %d - %s%s' % (verdict, number, test.__name__, note), flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
