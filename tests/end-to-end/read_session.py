#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what Gesto writes, made from docs/session-format.md alone.

read_session.py FOLDER           checks an archive, a client or a session; says what is in it
read_session.py --slots FILE     prints a journal's slots: seq, kind, creation, 64 bytes in hex
read_session.py --reports FILE   prints its sound reports: before, block, kind, count
read_session.py --script FILE    prints it as a gesture script, controls by their numbers
read_session.py --same A B       compares two gesture scripts; a control may be named by its key
"""
import hashlib
import json
import os
import re
import struct
import sys

STAMP = re.compile(r"^\d{8}T\d{6}Z-[0-9a-f]{16}-[0-9a-f]{8}$")
CLIENT = re.compile(r"^c-[0-9a-f]{20}$")


def crc_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
        table.append(n)
    return table


TABLE = crc_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


class Damaged(Exception):
    pass


# ---- Journals


class Journal:
    def __init__(self, data):
        if len(data) < 64 or data[:8] != b"GESTOJ1\n":
            raise Damaged("no head of a journal")
        if struct.unpack_from("<I", data, 60)[0] != crc32c(data[:60]):
            raise Damaged("the head does not fit its check")
        if struct.unpack_from("<H", data, 10)[0] > 1:
            raise Damaged("from a later version")
        self.data = data
        self.salt = data[12:16]
        self.session = data[16:32].hex()
        self.room = data[32:40].hex()
        self.started_us = struct.unpack_from("<q", data, 40)[0]

    def frames(self):
        at, number = 64, 1
        while at < len(self.data):
            if len(self.data) - at < 16:
                raise Damaged("torn at byte %d" % at)
            mark, kind, flags, size, seq, crc = struct.unpack_from("<2sBBIII", self.data, at)
            end = at + 16 + size
            if mark != b"\x47\xe5" or size > 1 << 20 or seq != number or end > len(self.data):
                raise Damaged("damaged at byte %d" % at)
            payload = self.data[at + 16 : end]
            if crc != crc32c(self.salt + self.data[at : at + 12] + payload):
                raise Damaged("damaged at byte %d" % at)
            if flags & 3 or (flags & 4 and not 1 <= kind <= 5):
                raise Damaged("a critical frame that this reader does not know, at byte %d" % at)
            yield kind, payload
            at, number = end, number + 1


class Numbers:
    def __init__(self, data):
        self.data, self.at = data, 0

    def more(self):
        return self.at < len(self.data)

    def take(self, count):
        if len(self.data) - self.at < count:
            raise Damaged("a batch ends in the middle")
        self.at += count
        return self.data[self.at - count : self.at]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift >= 70:
                raise Damaged("a number is too long")

    def signed(self):
        value = self.varint()
        return -(value + 1) // 2 if value & 1 else value // 2


WIDE = (1 << 64) - 1


def event_bytes(time, kind, flags, source, body):
    return struct.pack("<QHHI", time, kind, flags, source) + body.ljust(48, b"\0")


def read_slots(payload):
    """Yields (seq, kind of slot, creation, the 64 bytes of the event)."""
    n = Numbers(payload)
    seq, creation, time = n.varint(), n.varint(), n.varint()
    mark, step, source = time, 0, 0
    pointers = {}
    while n.more():
        tag = n.take(1)[0]
        what = tag & 15
        slot = 1
        if what == 0:
            slot = 2
            time = (mark + step + n.signed()) & WIDE
            step, mark = (time - mark) & WIDE, time
            event = event_bytes(time, 0, 0, 0, b"")
        elif 1 <= what <= 4:
            time = (time + n.signed()) & WIDE
            if tag & 0x10:
                source = n.varint()
            place = pointers.get(source % 8)
            if place is None or place["source"] != source:
                place = dict(source=source, x=0, y=0, dx=0, dy=0, pressure=0, tx=0, ty=0, tool=0)
                pointers[source % 8] = place
            for axis, move in (("x", "dx"), ("y", "dy")):
                place[move] += n.signed()
                place[axis] += place[move]
            place["pressure"] += n.signed()
            if tag & 0x20:
                place["tx"] += n.signed()
                place["ty"] += n.signed()
            if tag & 0x40:
                place["tool"] = n.varint()
            age = n.varint() if tag & 0x80 else 0
            body = struct.pack("<5fII", place["x"] / 16, place["y"] / 16, place["pressure"] / 4096,
                               place["tx"] / 128, place["ty"] / 128, place["tool"], age)
            event = event_bytes(time, what, 0, source, body)
        elif what in (5, 6):
            slot = 1 if what == 5 else 2
            time = (time + n.signed()) & WIDE
            kind, flags, own = n.varint(), n.varint(), n.varint()
            event = event_bytes(time, kind, flags, own, n.take(n.take(1)[0]))
        else:
            raise Damaged("no such record")
        if tag & 0xF0 and not 1 <= what <= 4 or len(event) != 64:
            raise Damaged("no such record")
        yield seq, slot, creation, event
        seq += 1


def read_reports(payload):
    n = Numbers(payload)
    before = block = 0
    while n.more():
        kind = n.varint()
        before = (before + n.signed()) & WIDE
        block = (block + n.signed()) & WIDE
        yield before, block, kind, n.varint()


# ---- Snapshots: their heads, and what pieces there are


def snapshot_head(data):
    size = {b"GESTOS3\n": 144, b"GESTOS2\n": 120}.get(data[:8])
    if not size or len(data) < size:
        raise Damaged("no head of a snapshot")
    seq, _, _, packed = struct.unpack_from("<QQII", data, 8)
    if packed != len(data) - size:
        raise Damaged("a snapshot of another length")
    return seq, struct.unpack_from("<Q", data, 136)[0] if size == 144 else 0


def pieces(data):
    if len(data) < 4096 or data[:8] != b"GESTOP1\n":
        raise Damaged("no head of pieces")
    at, count = 4096, {1: 0, 2: 0}
    while at + 16 <= len(data):
        packed, size, check, kind = struct.unpack_from("<IIII", data, at)
        if kind not in count or at + 16 + packed > len(data):
            break  # what was torn
        if data[at + 12 + packed:at + 16 + packed] != struct.pack("<I", check):
            raise Damaged("a piece at %d that does not fit its check" % at)
        count[kind] += 1
        at += (16 + packed + 7) // 8 * 8
    return count[1], count[2]


def load(path):
    with open(path, "rb") as file:
        return file.read()


# ---- A journal as a gesture script

TOOLS = ["mouse", "finger", "pen", "eraser", "switch"]
POINTERS = {1: "down", 2: "move", 3: "up", 4: "cancel", 15: "hover"}


def event_line(event):
    time, kind, flags, source = struct.unpack_from("<QHHI", event)
    body = event[16:]
    line = {"t": time / 1e6}
    if kind in POINTERS and not flags:
        x, y, pressure, tx, ty, tool, age = struct.unpack_from("<5fII", body)
        line.update({POINTERS[kind]: [x, y], "pressure": round(pressure, 6)})
        if tx or ty:
            line["tilt"] = [tx, ty]
        line["tool"] = TOOLS[tool] if tool < 5 else tool
        if age:
            line["age"] = age
    elif kind in (5, 6) and not flags:
        value, number = struct.unpack_from("<dI", body)
        line["control" if kind == 5 else "action"] = number
        if kind == 5 or value:
            line["value"] = value
    elif kind in (7, 8):
        line["note"] = list(struct.unpack_from("<2f", body))
        if kind == 8:
            line["off"] = True
    elif kind == 9:
        line["beat"] = list(struct.unpack_from("<dII", body))
    elif kind in (10, 11):
        line["pause" if kind == 10 else "resume"] = True
    elif kind == 12:
        line["stage"] = list(struct.unpack_from("<3f", body))
    elif kind == 13:
        look, scale = struct.unpack_from("<If", body)
        line["look"] = [w for i, w in enumerate(["evening", "contrast", "still", "right-to-left"])
                        if look >> i & 1]
        line["text_scale"] = scale
    elif kind == 14:
        number, last = struct.unpack_from("<II", body)
        line.update(text=number, value=body[8:].rstrip(b"\0").decode())
        if not last:
            line["last"] = False
    else:
        line.update(event=kind, flags=flags, bytes=body.hex())
    if source or kind in POINTERS:
        line["source"] = source
    return line


def script_lines(journal):
    for kind, payload in journal.frames():
        if kind == 1:
            begin = json.loads(payload)
            yield {"gesto": "gestures/1", "exercise": begin["exercise"],
                   "stage": begin["stage"][:2], "seed": begin["seed"]}
        elif kind == 2:
            for _, slot, _, event in read_slots(payload):
                if slot == 1:
                    yield event_line(event)
                else:
                    yield {"t": struct.unpack_from("<Q", event)[0] / 1e6, "advance": True}
        elif kind == 10:
            close = json.loads(payload)
            said = {key: close[key] for key in ("keep", "process") if key in close}
            if close.get("title"):
                said["title"] = close["title"]
            yield {"t": close["t"] / 1e6, "close": said}


def near(a, b):
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(near(x, y) for x, y in zip(a, b))
    number = (int, float)
    if isinstance(a, number) and isinstance(b, number):
        return abs(a - b) <= 1e-6 * max(1, abs(a))
    return a == b


def same_line(a, b):
    if set(a) != set(b):
        return False
    named = {"control", "action", "text"} & set(a)
    for key in a:
        if key in named or (named and key == "value"):
            continue  # one side knows the keys, the other the numbers
        if not near(a[key], b[key]):
            return False
    return True


def same_scripts(one, other):
    lines = [[json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
             for path in (one, other)]
    for a, b in zip(*lines):
        if not same_line(a, b):
            print("differs: %s\n         %s" % (json.dumps(a), json.dumps(b)))
            return 1
    if len(lines[0]) != len(lines[1]):
        print("%d lines, %d lines" % (len(lines[0]), len(lines[1])))
        return 1
    print("%d lines are the same" % len(lines[0]))
    return 0


# ---- Sealed texts, facts, folders


class Checker:
    def __init__(self):
        self.bad = 0
        self.files = 0

    def say(self, path, what):
        self.bad += 1
        print("%s: %s" % (path, what))

    def sealed(self, path, head):
        data = load(path)
        body, line = data[:-72], data[-72:]
        if line != b"sha256 " + hashlib.sha256(body).hexdigest().encode() + b"\n":
            raise Damaged("does not fit its last line")
        lines = body.decode().splitlines()
        if not lines or not lines[0].startswith(head + " "):
            raise Damaged("is no " + head)
        return lines[0].split(" ")[2], lines[1:]

    def fact(self, path):
        data = load(path)
        at = data.rfind(b'"check": "')
        digits = data[at + 10 : at + 74]
        zeroed = data[: at + 10] + b"0" * 64 + data[at + 74 :]
        if at < 0 or hashlib.sha256(zeroed).hexdigest().encode() != digits:
            self.say(path, "does not fit its own check")
            return {}
        return json.loads(data)

    def journal(self, path, session):
        try:
            journal = Journal(load(path))
            if journal.session != session:
                self.say(path, "belongs to another session")
            for kind, payload in journal.frames():
                if kind == 2:
                    for _ in read_slots(payload):
                        pass
                elif kind == 3:
                    for _ in read_reports(payload):
                        pass
                elif kind != 4 and kind != 8:
                    json.loads(payload)
        except (Damaged, ValueError) as why:
            self.say(path, why)

    def snapshot(self, path, file):
        data = load(path)
        try:
            if file == "pieces":
                print("%s: %d tiles, %d steps" % ((path,) + pieces(data)))
            elif file.startswith("snap-"):
                seq, need = snapshot_head(data)
                beside = os.path.join(os.path.dirname(path), "pieces")
                if file != "snap-%d" % seq or need > (need and os.path.getsize(beside)):
                    self.say(path, "does not fit what lies beside it")
            else:
                self.say(path, "is no snapshot")
        except (Damaged, OSError, struct.error) as why:
            self.say(path, why)

    def listed(self, path, lines, forgotten):
        names = []
        for line in lines:
            digest, size, name = line.split(" ", 2)
            names.append(name)
            if re.sub(r"^creations/([^/]+)/.*", r"\1", name) in forgotten:
                continue
            try:
                data = load(os.path.join(path, name))
            except OSError:
                self.say(os.path.join(path, name), "is missing")
                continue
            self.files += 1
            if len(data) != int(size) or hashlib.sha256(data).hexdigest() != digest:
                self.say(os.path.join(path, name), "does not fit the MANIFEST")
        return names

    def keys(self, path, session, about, forgotten):
        try:
            said, lines = self.sealed(path, "gesto keys/1")
            numbers = [int(line.split(" ")[0]) for line in lines]
            if said != session:
                raise Damaged("belongs to another session")
            for entry in about["creations"]:
                gone = entry["consent"] == "let go" or entry.get("name") in forgotten
                if (entry["number"] in numbers) == gone:
                    self.say(path, "does not fit creation %d" % entry["number"])
        except (Damaged, OSError, ValueError) as why:
            self.say(path, why)

    def session(self, path, forgotten=()):
        try:
            session, lines = self.sealed(os.path.join(path, "MANIFEST"), "gesto manifest/1")
        except (Damaged, OSError) as why:
            self.say(os.path.join(path, "MANIFEST"), why)
            return
        names = self.listed(path, lines, forgotten)
        for folder, _, files in os.walk(path):
            for file in files:
                name = os.path.relpath(os.path.join(folder, file), path)
                if name != "MANIFEST" and name not in names:
                    self.say(os.path.join(path, name), "is not in the MANIFEST")
                if name.endswith(".journal"):
                    self.journal(os.path.join(path, name), session)
                if re.search(r"/snapshots/[^/]*$", name):
                    self.snapshot(os.path.join(path, name), file)
        about = json.loads(load(os.path.join(path, "session.json")))
        if about["session"] != session or about["name"] != os.path.basename(path):
            self.say(path, "session.json is of another session")
        if "draft" in about["facts"]:
            self.say(path, "holds what was never given")
        root = os.path.normpath(os.path.join(path, "..", "..", "..", ".."))
        if os.path.exists(os.path.join(root, "archive.json")):
            self.keys(os.path.join(root, "keys", about["name"]), session, about, forgotten)
        for entry in about["creations"]:
            print("%s  %02d  %s  %s" % (about["began"], entry["number"], entry["exercise"],
                                        entry["consent"]))

    def client(self, path):
        forgotten = {}
        for part in ("about", "later"):
            folder = os.path.join(path, part)
            for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
                fact = self.fact(os.path.join(folder, name))
                if fact.get("kind") == "forgotten":
                    forgotten.setdefault(fact["session"], set()).add(fact["creation"])
        folder = os.path.join(path, "sessions")
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            self.session(os.path.join(folder, name), forgotten.get(name, ()))

    def any(self, path):
        path = os.path.realpath(path)
        name = os.path.basename(path)
        if os.path.exists(os.path.join(path, "archive.json")):
            self.fact(os.path.join(path, "archive.json"))
            folder = os.path.join(path, "clients")
            for client in sorted(os.listdir(folder)):
                self.client(os.path.join(folder, client))
        elif CLIENT.match(name):
            self.client(path)
        elif STAMP.match(name):
            self.session(path)
        else:
            self.say(path, "is no archive, client or session")


def main(words):
    if len(words) == 3 and words[0] == "--same":
        return same_scripts(words[1], words[2])
    if len(words) == 2 and words[0] in ("--slots", "--reports", "--script"):
        journal = Journal(load(words[1]))
        if words[0] == "--script":
            for line in script_lines(journal):
                print(json.dumps(line, separators=(",", ":"), ensure_ascii=False))
            return 0
        for kind, payload in journal.frames():
            if words[0] == "--slots" and kind == 2:
                for seq, slot, creation, event in read_slots(payload):
                    print(seq, slot, creation, event.hex())
            elif words[0] == "--reports" and kind == 3:
                for report in read_reports(payload):
                    print(*report)
        return 0
    if len(words) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    checker = Checker()
    checker.any(words[0])
    print("%d files read, %d do not hold" % (checker.files, checker.bad))
    return 1 if checker.bad else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Damaged as why:
        print("%s: %s" % (sys.argv[-1], why), file=sys.stderr)
        sys.exit(1)
