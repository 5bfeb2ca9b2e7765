#!/usr/bin/env python3
"""Checks the form of data/rules: columns, types, modes, contexts, places, sets, ids, examples.

Reads data/rules and data/ontology/plover.tsv below the project's root (or the folder given as the
only argument); prints FILE:LINE: message for each fault; exit 1 when there are any. What an example
gives when it is coded is tested by the engine; this needs no build.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
RULES = ROOT / "data" / "rules"
STEPS = {"subj", "obj", "iobj", "xcomp", "ccomp", "mod", "adv", "pred", "poss", "adj", "any", "modal", "above"}
EFFECTS = set("agree offer plan wish favour decide expect invite refuse fail miss demand threaten warn warn-off deny permit "
              "end prevent attempt begin resume cause join will will-not vow did-not announce call consider discuss heed "
              "pact foil end-other raise forgo foretell foretell-other expect-other".split())
CONDITIONS = {"actor", "recipient", "about", "passive", "active", "two-sided", "clause", "no-clause", "common",
              "pair"}
WORD = re.compile(r"^[a-z0-9'.\-\u0080-\uffff]+$")
STEP = re.compile(r"^[a-z_]+$")
SIDE = r"(?:[A-Z][A-Z0-9-]*(?:\.[A-Z]{3})*|-)"
CLAIM = re.compile(rf"^(?:(?P<type>[A-Z]+)(?:\.(?P<mode>[a-z-]+))? )?{SIDE}(?:, {SIDE})*(?: [>+] {SIDE})+"
                   r"(?: \[[a-z]+\])?$")
faults = []


def fault(where, text):
    faults.append(f"{where[0]}:{where[1]}: {text}")


def rows(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line and not line.startswith("#"):
            yield (path.relative_to(ROOT), number), [cell.strip() for cell in line.split("\t")]


def ontology():
    types, modes, known = {}, {}, {"context": set(), "sector": set(), "modality": set()}
    for _, cells in rows(ROOT / "data" / "ontology" / "plover.tsv"):
        if cells[0] == "type":
            types[cells[1]] = cells[2]
        elif cells[0] == "mode":
            modes.setdefault(cells[2], set()).add(cells[1])
        elif cells[0] in known:
            known[cells[0]].add(cells[1])
    return types, modes, known


TYPES, MODES, KNOWN = ontology()
CLASSES = {}


def check_set(where, words):
    if words == "*":
        return
    for word in words.split("|"):
        if word.startswith("@"):
            if word[1:] not in CLASSES:
                fault(where, f"unknown class {word}")
        elif not WORD.match(word):
            fault(where, f"not a lemma: {word!r}")


def check_trigger(where, trigger):
    head, *constraints = trigger.split()
    if not re.match(r"^(verb|noun|adj):[^:]+$", head):
        return fault(where, f"not a trigger: {trigger}")
    words = head.split(":")[1].split("_")
    if len(words) > (2 if head.startswith("verb") else 5) or not all(WORD.match(w) for w in words):
        fault(where, f"not trigger words: {head}")
    for constraint in constraints:
        found = re.match(r"^([a-z_|]+)!?=(\S+)$", constraint)
        if not found:
            fault(where, f"not a constraint: {constraint}")
        else:
            check_set(where, found[2])


def check_places(where, cell):
    if cell in ("", "-"):
        return
    for path in cell.split("|"):
        steps = path.split(".")
        if len(steps) > 3 or not all(STEP.match(step) for step in steps):
            fault(where, f"not a place: {path}")


def check_conditions(where, cell):
    for condition in cell.split():
        name, _, sectors = condition.partition("=")
        if sectors and name in ("actor", "recipient", "actor!"):
            for sector in sectors.split("|"):
                if sector not in KNOWN["sector"] and sector not in ("STATE", "PLACE"):
                    fault(where, f"unknown sector {sector}")
        elif condition not in CONDITIONS:
            fault(where, f"unknown condition {condition}")


def check_expect(where, cell):
    if cell in ("none", ""):
        return
    for claim in cell.split(" ; "):
        found = CLAIM.match(claim)
        if not found:
            fault(where, f"not an expected record: {claim!r}")
        elif found["type"] and found["type"] not in TYPES:
            fault(where, f"unknown type {found['type']}")
        elif found["mode"] and found["mode"] not in MODES.get(found["type"], ()):
            fault(where, f"unknown mode {found['mode']} of {found['type']}")


def check_entries():
    count = 0
    seen, signatures = {}, {}
    for path in sorted(RULES.glob("*/*.tsv")):
        kind = path.parent.name.upper()
        for where, cells in rows(path):
            count += 1
            if kind not in TYPES:
                fault(where, f"the folder names no type: {path.parent.name}")
            if len(cells) not in (9, 10):
                fault(where, f"{len(cells)} columns, not 9")
                continue
            ident, trigger, mode, actor, recipient, about, conditions, example, expect = cells[:9]
            full = f"{path.parent.name}/{ident}"
            if not re.match(r"^[a-z0-9][a-z0-9'-]*$", ident):
                fault(where, f"not an id: {ident!r}")
            if full in seen:
                fault(where, f"id {full} stands on {seen[full]} too")
            seen[full] = "%s:%d" % where
            key = (trigger, conditions)
            if key in signatures:
                fault(where, f"{full} can't fire: same trigger and conditions as {signatures[key]}")
            signatures.setdefault(key, full)
            if mode and mode not in MODES.get(kind, ()):
                fault(where, f"{kind} has no mode {mode}")
            check_trigger(where, trigger)
            for cell in (actor, recipient, about):
                check_places(where, cell)
            check_conditions(where, conditions)
            if not example or not expect:
                fault(where, f"{full} lacks its example or what it must give")
            check_expect(where, expect)
    return count


def check_operators():
    seen = set()
    for where, cells in rows(RULES / "operators.tsv"):
        if len(cells) != 8:
            fault(where, f"{len(cells)} columns, not 8")
            continue
        ident, trigger, effect, inner, actor, recipient, example, expect = cells
        if ident in seen:
            fault(where, f"id {ident} twice")
        seen.add(ident)
        check_trigger(where, trigger)
        if effect not in EFFECTS:
            fault(where, f"unknown effect {effect}")
        for cell in (inner, actor, recipient):
            check_places(where, cell)
        if not example or not expect:
            fault(where, f"{ident} lacks its example or what it must give")
        check_expect(where, expect)


def check_composition():
    names = set(TYPES) | {"vcoop", "mcoop", "vconf", "mconf", "event", "stance", "tie", "*"}
    for where, cells in rows(RULES / "composition.tsv"):
        effect, inner, kind, mode, modality = (cells + [""] * 5)[:5]
        if effect not in EFFECTS and effect.removesuffix("-not") not in EFFECTS:
            fault(where, f"unknown effect {effect}")
        for name in inner.split("|"):
            name, _, of_mode = name.partition(".")
            if of_mode and of_mode not in MODES.get(name, ()):
                fault(where, f"{name} has no mode {of_mode}")
            if name not in names:
                fault(where, f"unknown inner type {name}")
        if kind not in ("=", "-") and kind not in TYPES:
            fault(where, f"unknown type {kind}")
        if mode not in ("", "=") and mode not in MODES.get(kind, ()):
            fault(where, f"{kind} has no mode {mode}")
        if modality and modality not in KNOWN["modality"]:
            fault(where, f"unknown modality {modality}")


def check_contexts():
    have = set()
    for where, cells in rows(RULES / "contexts.tsv"):
        if len(cells) != 4:
            fault(where, f"{len(cells)} columns, not 4")
            continue
        have.add(cells[1])
        if cells[1] not in KNOWN["context"]:
            fault(where, f"unknown context {cells[1]}")
    for missing in sorted(KNOWN["context"] - have):
        fault(("data/rules/contexts.tsv", 0), f"no words for {missing}")


def main():
    for where, cells in rows(RULES / "classes.tsv"):
        CLASSES[cells[0]] = cells[1].split("|")
        check_set(where, cells[1])
    count = check_entries()
    check_operators()
    check_composition()
    check_contexts()
    print("\n".join(faults) if faults else f"{count} entries are well formed")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
