"""lock_watch.py FILE ANSWER: once somebody holds the lock FILE, tries again and again to have it,
until a signal ends it. What came of that is in ANSWER: "held", or "free" if it ever could."""

import fcntl
import os
import signal
import struct
import sys
import time

WHOLE = struct.pack("hhxxxxqqixxxx", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)


def could_have(path):
    try:
        fd = os.open(path, os.O_RDWR)
    except OSError:
        return True
    try:
        fcntl.fcntl(fd, fcntl.F_OFD_SETLK, WHOLE)
        return True
    except OSError:
        return False
    finally:
        os.close(fd)


def end(signal_number, frame):
    sys.exit(0)


signal.signal(signal.SIGTERM, end)
while could_have(sys.argv[1]):
    time.sleep(0.01)
with open(sys.argv[2], "w") as answer:
    answer.write("held\n")
while not could_have(sys.argv[1]):
    time.sleep(0.0005)
with open(sys.argv[2], "w") as answer:
    answer.write("free\n")
