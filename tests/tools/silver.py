"""A teacher's trees and names, packed without their texts, come back whole when joined with them."""
import json
import os
import subprocess
import sys
import tempfile

TREES = """# newdoc id = one
1\tOslo\t_\tPROPN\tNNP\t_\t2\tnsubj\t_\tName=B-LOC
2\tagreed\t_\tVERB\tVBD\t_\t0\troot\t_\tName=O
3\t.\t_\tPUNCT\t.\t_\t2\tpunct\t_\tName=O

1\tIt\t_\tPRON\tPRP\t_\t2\tnsubj\t_\tName=O
2\tagreed\t_\tVERB\tVBD\t_\t0\troot\t_\tName=O

# newdoc id = two
1\tŁódź\t_\tPROPN\tNNP\t_\t2\tnsubj\t_\tName=B-LOC
2\tslept\t_\tVERB\tVBD\t_\t0\troot\t_\tName=O

"""
LOST = "1\tnowhere\t_\tADV\tRB\t_\t0\troot\t_\tName=O\n\n"
NAMES = "# sent_id = s1\n1\tPeru\tB-LOC\n2\twon\tO\n\n"
BANK = "# sent_id = s1\n" + "".join(
    f"{i}\t{form}\t" + "\t".join("_" * 8) + "\n" for i, form in ((1, "Peru"), (2, "won"))) + "\n"


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def run(*arguments):
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True,
                          encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"})


def main(tool):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, "news/newswire.jsonl",
              json.dumps({"id": "one", "text": "Oslo said no. Oslo agreed. It agreed"}) + "\n")
        write(folder, "attribution/train-text/two.txt", "In\n\nŁódź\nslept")
        write(folder, "treebank/ewt-train.conllu", BANK)
        trees = write(folder, "trees.conllu", TREES + LOST)
        names = write(folder, "names.iob2", NAMES)
        out = os.path.join(folder, "pack.xz")
        said = run(tool, "pack", out, folder, trees, names).stderr
        assert said == "3 sentences kept, 1 not found in their texts\n", said
        whole = "".join(line + "\n" for line in TREES.splitlines() if not line.startswith("#"))
        assert run(tool, "trees", out, folder).stdout == whole
        assert run(tool, "names", out, folder).stdout == NAMES
        with open(out, "rb") as file:
            first = file.read()
        run(tool, "pack", out, folder, trees, names)
        with open(out, "rb") as file:
            assert file.read() == first, "packing twice gives other bytes"
    print("silver: 4 checks passed")


main(sys.argv[1])
