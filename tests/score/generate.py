"""Gold and predicted records made up from a seed, for the tests of scoring: every field that scoring
reads in all its shapes, right, nearly right, wrong and broken."""
import json
import random

TYPES = ['AGREE', 'CONSULT', 'COOPERATE', 'AID', 'ACCUSE', 'SANCTION', 'ASSAULT', 'POSITIVE',
         'DISAGREE', 'TRADE', 'PRESENCE']
KINDS = {'POSITIVE': 'stance', 'DISAGREE': 'stance', 'TRADE': 'tie', 'PRESENCE': 'tie'}
CODES = ['IRN', 'IRQ', 'FRA', 'SUN', 'RUS', 'unsc', 'UN', 'Al Shabaab', 'al_shabaab', 'ISIS', 'isil', None]
MODALITIES = ['asserted', 'negated', 'future', 'hypothetical', 'presumed', 'Asserted', None]
SOURCES = ['the ministry of defence', 'Ministry', 'his spokesman', 'the', 'Außenministerium',
           'AUSSENMINISTERIUM', 'İzmir police', '']
NOTES = ['KOR is accepted for IRN here', 'type AGREE or CONSULT is accepted; IRN to FRA is accepted',
         'counts as found when the row above is coded AID', 'or left null', 'latest may be null',
         'ASSAULT is accepted', 'TRADE2 and xAID are accepted', 'nothing of the kind', 7]
DAYS = ['1980', '1980-10', '1980-10-05', '-0043-03-15', '1980-13-40', '+1979', 'June', '198', None, 1981]
EDTF = ['06XX', '1980-10~', '1971/1972', '../1979-02', '1999/..', '{1980,1982}', '[1980..1983]',
        '1980-1X', '', '2001-02-03', '{}', None]


def actors(rng):
    out = []
    for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 3])):
        code = rng.choice(CODES)
        out.append(rng.choice([{'code': code}, {'code': code, 'sectors': ['GOV']}, code or {}]))
    return out


def when(rng):
    shape = rng.random()
    if shape < .3:
        return rng.choice([None, {}, 'never'])
    if shape < .6:
        return {'edtf': rng.choice(EDTF)}
    return {'edtf': rng.choice(EDTF), 'earliest': rng.choice(DAYS), 'latest': rng.choice(DAYS)}


def span(rng, sentence):
    begin = 100 * sentence + rng.choice([0, 0, 0, 5, 60])
    return {'begin': begin, 'end': begin + rng.choice([90, 90, 90, 40, 250])}


def record(rng, documents):
    sentence, kind = rng.randrange(4), rng.choice(TYPES)
    out = {'type': rng.choice([kind, kind, kind, kind.lower()]), 'kind': KINDS.get(kind, 'event'),
           'mode': rng.choice([None, 'visit', 'allege', 5]),
           'actors': actors(rng), 'recipients': actors(rng), 'when': when(rng),
           'modality': rng.choice(MODALITIES), 'sentence': span(rng, sentence)}
    if rng.random() < .7:
        out['trigger'] = {'begin': 100 * sentence + rng.randrange(90), 'end': 100 * sentence + 95,
                          'text': 'did "it"'}
    if rng.random() < .5:
        out['attribution'] = rng.choice([{}, {'text': rng.choice(SOURCES), 'codes': rng.choice([[], ['IRN']])}])
    if documents:
        out['document'] = rng.choice(['a', 'b', 1, '1', {'id': 'a'}, None][:documents])
    if rng.random() < .1:
        out[rng.choice(['kind', 'actors', 'when', 'sentence', 'trigger', 'modality'])] = rng.choice([None, 3, 'x'])
    return out


def gold(rng, documents):
    out = record(rng, documents)
    out['type'] = rng.choice(TYPES)
    for side in ('actors', 'recipients'):
        out[side] = [a if isinstance(a, dict) else {'code': a} for a in out[side] or []] \
            if isinstance(out[side], list) else None
    extras = {'optional': rng.random() < .3, 'note': rng.choice(NOTES), 'two_sided': rng.choice([True, False, None]),
              'accept_types': [rng.choice(TYPES)], 'accept_actors': [['IRN'], ['FRA', 'UN']],
              'accept_recipients': [[], ['IRQ']], 'accept_modality': ['future'],
              'accept_when': [w for w in [when(rng)] if isinstance(w, dict)],
              'found_with_previous': 'AID', 'accept_when_null': True}
    for key, value in extras.items():
        if rng.random() < .25 and value != 7:
            out[key] = value
    return out


def near(rng, row):
    """A prediction from a gold record, with some fields changed."""
    out = json.loads(json.dumps({k: v for k, v in row.items()
                                 if not k.startswith('accept') and k not in ('optional', 'note')}))
    other = record(rng, 0)
    for key in ('type', 'actors', 'recipients', 'when', 'modality', 'sentence', 'attribution'):
        if rng.random() < .2 and key in other:
            out[key] = other[key]
    if rng.random() < .7:
        out['confidence'] = rng.choice([round(rng.random(), 2), 0, 1, True, 'sure'])
    return out


def case(seed):
    """(gold lines, predicted lines, sentence lines)"""
    rng = random.Random(seed)
    documents = rng.choice([0, 2, 6])
    rows = [gold(rng, documents) for _ in range(rng.randrange(1, 14))]
    found = [near(rng, rng.choice(rows)) for _ in range(rng.randrange(14))]
    found += [record(rng, documents) for _ in range(rng.randrange(6))]
    rng.shuffle(found)
    sentences = [{'document': rng.choice(['a', 'b']), 'begin': 100 * i, 'end': 100 * i + 90,
                  'records': rng.choice([[], [1]])} for i in range(4)]
    lines = lambda xs: ''.join(json.dumps(x, ensure_ascii=False) + '\n' for x in xs)
    return lines(rows), lines(found), lines(sentences)
