#!/usr/bin/env python3
"""Writes the ontology's C header and table from data/ontology/plover.tsv.

usage: ontology.py plover.tsv ontology.h ontology_table.c
"""
import sys


def ident(name):
    return name.upper().replace('-', '_')


def read_rows(path):
    rows = {}
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            cells = line.split('\t') + [''] * 7
            rows.setdefault(cells[0], []).append(cells[1:7])
    return rows


def enum(out, name, prefix, labels):
    out.append('typedef enum dgm_%s {' % name)
    out.append('    DGM_%s_NONE = 0,' % prefix)
    out.extend('    DGM_%s_%s,' % (prefix, label) for label in labels)
    out.append('    DGM_%s_COUNT' % prefix)
    out.append('} dgm_%s;\n' % name)


def header(rows):
    modes = sorted({m[0] for m in rows['mode']})
    out = ['/* Generated from data/ontology/plover.tsv by tools/ontology.py: do not edit. */',
           '#ifndef DRAGOMAN_ONTOLOGY_H', '#define DRAGOMAN_ONTOLOGY_H', '',
           '#include <dragoman/base.h>', '', '#ifdef __cplusplus', 'extern "C" {', '#endif', '',
           '#define DGM_ONTOLOGY_VERSION "%s"\n' % rows['version'][0][0]]
    enum(out, 'kind', 'KIND', [ident(r[0]) for r in rows['kind']])
    enum(out, 'type', 'TYPE', [ident(r[0]) for r in rows['type']])
    enum(out, 'mode', 'MODE', [ident(m) for m in modes])
    enum(out, 'context', 'CONTEXT', [ident(r[0]) for r in rows['context']])
    enum(out, 'sector', 'SECTOR', [ident(r[0]) for r in rows['sector']])
    enum(out, 'modality', 'MODALITY', [ident(r[0]) for r in rows['modality']])
    enum(out, 'quad', 'QUAD', ['VERBAL_COOPERATION', 'MATERIAL_COOPERATION', 'VERBAL_CONFLICT',
                               'MATERIAL_CONFLICT'])
    out.append('''/* Labels as in data ("ASSAULT", "third-party", "human_rights", "asserted"); "" for NONE. */
DGM_API const char *dgm_kind_name(dgm_kind kind);
DGM_API const char *dgm_type_name(dgm_type type);
DGM_API const char *dgm_mode_name(dgm_mode mode);
DGM_API const char *dgm_context_name(dgm_context context);
DGM_API const char *dgm_sector_name(dgm_sector sector);
DGM_API const char *dgm_modality_name(dgm_modality modality);
DGM_API const char *dgm_quad_name(dgm_quad quad); /* "verbal cooperation" and so on */

/* Labels back to numbers; NONE for unknown ones. */
DGM_API dgm_type dgm_type_from(dgm_str name);
DGM_API dgm_mode dgm_mode_from(dgm_str name);
DGM_API dgm_context dgm_context_from(dgm_str name);
DGM_API dgm_sector dgm_sector_from(dgm_str name);
DGM_API dgm_modality dgm_modality_from(dgm_str name);

/* What the ontology says of a type. Stances and ties have quad NONE. */
DGM_API dgm_kind dgm_type_kind(dgm_type type);
DGM_API dgm_quad dgm_type_quad(dgm_type type);
DGM_API bool dgm_type_is_two_sided(dgm_type type);
DGM_API const char *dgm_type_phrase(dgm_type type); /* "accused": for lines a person reads */
/* PLOVER score of type and mode; the type's base where the mode has none; NAN where none is known. */
DGM_API double dgm_type_score(dgm_type type, dgm_mode mode);
DGM_API bool dgm_type_has_mode(dgm_type type, dgm_mode mode);
''')
    out += ['#ifdef __cplusplus', '}', '#endif', '#endif', '']
    return '\n'.join(out)


def names(out, name, labels):
    out.append('static const char *const %s_names[] = {%s};' %
               (name, ', '.join('"%s"' % x for x in [''] + labels)))


def table(rows):
    modes = sorted({m[0] for m in rows['mode']})
    out = ['/* Generated from data/ontology/plover.tsv by tools/ontology.py: do not edit. */']
    for name in ('kind', 'type'):
        names(out, name, [r[0] for r in rows[name]])
    names(out, 'mode', modes)
    for name in ('context', 'sector', 'modality'):
        names(out, name, [r[0] for r in rows[name]])
    out.append('static const struct type_row type_rows[] = {{0, 0, false, NAN, ""},')
    for name, kind, quad, score, two, text in rows['type']:
        out.append('    {DGM_KIND_%s, (dgm_quad)%s, %s, %s, "%s"},' %
                   (ident(kind), quad, 'true' if two == 'yes' else 'false', score or 'NAN', text))
    out.append('};')
    out.append('static const struct mode_row mode_rows[] = {')
    for name, owner, _, score, *_ in rows['mode']:
        out.append('    {DGM_TYPE_%s, DGM_MODE_%s, %s},' % (owner, ident(name), score or 'NAN'))
    out.append('};\n')
    return '\n'.join(out)


def main():
    rows = read_rows(sys.argv[1])
    with open(sys.argv[2], 'w', encoding='utf-8') as out:
        out.write(header(rows))
    with open(sys.argv[3], 'w', encoding='utf-8') as out:
        out.write(table(rows))


if __name__ == '__main__':
    main()
