#!/usr/bin/env python3
"""Packs files into one knowledge file (layout: src/base/pack.h).

usage: pack.py OUT ROOT FILE...     member names are the files' paths below ROOT, sorted
"""
import os
import struct
import sys

NAME = 112


def pack(members):
    head = 16 + 128 * len(members)
    offset = (head + 63) // 64 * 64
    directory, bodies = b'', b''
    for name, data in members:
        encoded = name.encode()
        if len(encoded) >= NAME:
            raise SystemExit('pack.py: name too long: ' + name)
        directory += struct.pack('<QQ', offset, len(data)) + encoded.ljust(NAME, b'\0')
        body = data + b'\0' * (-len(data) % 64)
        bodies += body
        offset += len(body)
    start = b'DGMPACK1' + struct.pack('<Q', len(members)) + directory
    return start + b'\0' * (-len(start) % 64) + bodies


def main():
    out, root, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    members = []
    for path in files:
        with open(path, 'rb') as source:
            members.append((os.path.relpath(path, root).replace(os.sep, '/'), source.read()))
    with open(out, 'wb') as target:
        target.write(pack(sorted(members)))


if __name__ == '__main__':
    main()
