#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawing in Gesto's window beside MyPaint and the least program that SDL allows, in turns on a
screen of their own: from the hand to the pixel, a burst, CPU, memory, starting, and a 4K PNG and
OpenRaster while the hand goes on. tests/tools/time_hand.c is the hand and the eye. Prints rows as
tests/bench/figures.h does. RUNS=N: how often (3), if that many rounds fit into four minutes;
given, they are all made."""
import json, os, shutil, signal, statistics, struct, subprocess, sys, tempfile, threading, time, zipfile
from pathlib import Path

BUILD = Path(os.environ.get("BUILD", "build")).resolve()
HERE = Path(__file__).resolve().parent
RUNS = int(os.environ.get("RUNS", "3"))
SAVES = max(1, RUNS - 1)
ENOUGH_SECONDS, ENOUGH_IN_ALL_SECONDS = 180, 235  # after which no other round is begun
REST_SECONDS = 12  # what was painted last is in a snapshot after 10
IDLE_SECONDS, BURST_SECONDS, MOVES, SAVE_MOVES = 5, 3, 400, 250
WARM_MOVES = 25  # of time_hand.c
TICKS = os.sysconf("SC_CLK_TCK")


def now_us():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000


class Screen:
    """An Xvfb whose pixels lie in a file, with openbox."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.folder = Path(tempfile.mkdtemp(prefix="beside-", dir="/dev/shm"))
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-fbdir",
             str(self.folder), "-nocursor", "-s", "0", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.display = ":" + number.readline().strip()
        self.pixels = self.folder / "Xvfb_screen0"
        self.env = dict(os.environ, DISPLAY=self.display, LANG="C.UTF-8", NO_AT_BRIDGE="1",
                        GTK_A11Y="none", DBUS_SESSION_BUS_ADDRESS="disabled:",
                        SDL_AUDIODRIVER="dummy", LIBGL_ALWAYS_SOFTWARE="1", GESTO_SCALE="1")
        for name in ("WAYLAND_DISPLAY", "XAUTHORITY", "GESTO_ARCHIVE"):
            self.env.pop(name, None)
        self.manager = subprocess.Popen(["openbox", "--config-file", HERE / "windows.xml"],
                                        env=self.env, stderr=subprocess.DEVNULL)
        time.sleep(1)

    def close(self):
        for process in (self.manager, self.server):
            process.terminate()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Program:
    """One that draws: how it is begun and where one can draw in it."""

    def __init__(self, name, command, **more):
        self.name, self.command = name, command
        self.start = more.get("start", (60, 1010))
        self.part = more.get("part", (60, 60, 1780, 880))
        self.files = more.get("files", {})
        self.save, self.tool = more.get("save"), more.get("tool")
        self.home = Path(tempfile.mkdtemp(prefix="beside-"))
        (self.home / "run").mkdir(mode=0o700)
        for path, text in self.files.items():
            (self.home / path).parent.mkdir(parents=True, exist_ok=True)
            (self.home / path).write_text(text)
        self.runs = 0

    def run(self, screen, command=None, start=None):
        """Begins it and waits until one could draw; answers what that took."""
        self.runs += 1
        words = {"home": self.home, "build": BUILD, "run": self.runs}
        command = [part.format(**words) for part in command or self.command]
        place = [str(v) for v in start or self.start]
        eye = subprocess.Popen([BUILD / "tests/time_hand", screen.pixels, "start", *place],
                               env=screen.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        eye.stdout.readline()
        env = dict(screen.env, HOME=str(self.home), XDG_RUNTIME_DIR=str(self.home / "run"),
                   XDG_STATE_HOME=str(self.home / "state"), XDG_CACHE_HOME=str(self.home / "cache"),
                   XDG_CONFIG_HOME=str(self.home / ".config"), XDG_DATA_HOME=str(self.home / "data"))
        with open(self.home / "log", "w") as log:
            before = now_us()
            self.process = subprocess.Popen(command, env=env, cwd=self.home, stdout=log, stderr=log,
                                            start_new_session=True)
        answer, _ = eye.communicate(f"{before}\n")
        if eye.returncode != 0:
            self.stop()
            raise RuntimeError(f"one could not draw in {self.name}; its words are: "
                               f"{(self.home / 'log').read_text()[-300:]}")
        if self.tool:
            subprocess.run(["xdotool", "mousemove", *map(str, self.tool), "click", "1"], env=screen.env)
        return values_of(answer)

    def processes(self):
        found = []
        for entry in os.listdir("/proc"):
            try:
                if entry.isdigit() and os.getsid(int(entry)) == self.process.pid:
                    found.append(int(entry))
            except OSError:
                pass
        return found

    def cpu_seconds(self):
        return sum(cpu_seconds_of(pid) for pid in self.processes())

    def memory_mib(self):
        kib = 0
        for pid in self.processes():
            try:
                for line in open(f"/proc/{pid}/smaps_rollup"):
                    if line.startswith("Pss:"):
                        kib += int(line.split()[1])
            except OSError:
                pass
        return kib / 1024

    def stop(self):
        for number, wait in ((signal.SIGTERM, 3), (signal.SIGKILL, 3)):
            for pid in self.processes():
                try:
                    os.kill(pid, number)
                except OSError:
                    pass
            until = time.time() + wait
            while time.time() < until and self.processes():
                self.process.poll()
                time.sleep(0.05)
        self.process.wait()


def cpu_seconds_of(pid):
    """Nanoseconds of living threads, or the coarser ticks if threads that ended took more."""
    try:
        fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        ticks = (int(fields[11]) + int(fields[12])) / TICKS
        ns = sum(int(open(f"/proc/{pid}/task/{task}/schedstat").read().split()[0])
                 for task in os.listdir(f"/proc/{pid}/task"))
        return max(ns / 1e9, ticks if ticks > ns / 1e9 + 0.05 else 0)
    except (OSError, IndexError):
        return 0.0


def values_of(text):
    values = {}
    for line in text.splitlines():
        what, value = line.split()
        values.setdefault(what, []).append(float(value))
    return values


def hand(screen, what, part, count):
    words = [BUILD / "tests/time_hand", screen.pixels, what, *map(str, part), str(count)]
    done = subprocess.run(words, env=screen.env, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return values_of(done.stdout)


def at(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(screen, program, to):
    """One turn of one program."""
    x, y, w, h = program.part
    first = program.run(screen)
    to["start-to-usable"].append(first["usable"][0])
    try:
        time.sleep(REST_SECONDS)
        to["idle-memory"].append(program.memory_mib())
        before = program.cpu_seconds()
        time.sleep(IDLE_SECONDS)
        to["idle-cpu"].append(100 * (program.cpu_seconds() - before) / IDLE_SECONDS)
        before = program.cpu_seconds()
        moves = hand(screen, "moves", (x, y, w, h // 2), MOVES)
        to["cpu-of-1000-moves"].append((program.cpu_seconds() - before) / (WARM_MOVES + MOVES) * 1000)
        to["hand-to-pixel-p50"].append(at(moves["move"], 0.5))
        to["hand-to-pixel-p99"].append(at(moves["move"], 0.99))
        burst = hand(screen, "burst", (x, y + h // 2, w, h // 2), BURST_SECONDS)
        to["burst-lag-p95"].append(at(burst["lag"], 0.95))
        to["burst-settles"].append(burst["settle"][0])
        to["moves-lost"].append(moves["lost"][0] + burst["lost"][0])
    finally:
        program.stop()


# ---- A 4K picture while the hand goes on -----------------------------------------------------

def png_is_whole(path):
    try:
        with open(path, "rb") as f:
            head = f.read(24)
            if len(head) < 24 or head[:8] != b"\x89PNG\r\n\x1a\n":
                return None
            f.seek(-12, os.SEEK_END)
            whole = f.read(12) == b"\0\0\0\0IEND\xaeB`\x82"
            return struct.unpack(">II", head[16:24]) if whole else None
    except OSError:
        return None


def raster_is_whole(path):
    """The directory of a ZIP stands at its end."""
    try:
        with zipfile.ZipFile(path) as file:
            with file.open("mergedimage.png") as f:
                return struct.unpack(">II", f.read(24)[16:24])
    except (OSError, KeyError, zipfile.BadZipFile, struct.error, ValueError):
        return None


WHOLE = {"png": png_is_whole, "ora": raster_is_whole}


class Watch(threading.Thread):
    """Waits for a file that is new or another one, and whole."""

    def __init__(self, folder, pattern, kind):
        super().__init__()
        self.folder, self.pattern, self.ended, self.found = folder, pattern, False, None
        self.size_of = WHOLE[kind]
        self.before = {f: self.look(f) for f in folder.glob(pattern)}

    @staticmethod
    def look(f):
        try:
            s = f.stat()
            return s.st_ino, s.st_mtime_ns, s.st_size
        except OSError:
            return None

    def run(self):
        while not self.ended and self.found is None:
            for f in self.folder.glob(self.pattern):
                at = now_us()
                size = self.size_of(f) if self.before.get(f) != self.look(f) else None
                if size:
                    self.found = (at, size)
                    break
            time.sleep(0.001)


def measure_save(screen, program, to):
    save = program.save
    for command, kinds in save["commands"]:
        program.run(screen, command, save["start"])
        try:
            time.sleep(1)
            save_once(screen, program, kinds, to)
        finally:
            program.stop()


def save_once(screen, program, kinds, to):
    watches = {}
    for kind in kinds:
        pattern = program.save["pattern"].format(run=program.runs, kind=kind)
        watches[kind] = Watch(program.home, pattern, kind)
        watches[kind].start()
    moves = hand(screen, "save", program.save["part"], SAVE_MOVES)
    until = time.time() + 10
    while any(w.found is None for w in watches.values()) and time.time() < until:
        time.sleep(0.01)
    for kind, watch in watches.items():
        watch.ended = True
        watch.join()
        if watch.found is None:
            raise RuntimeError(f"{program.name} saved no {kind}")
        done, size = watch.found
        to[f"{kind}-4k"].append((done / 1000) - moves["saving"][0])
        to[f"{kind}-4k-longest-pause"].append(max(moves["move"]))
        # Of a screen that shows 60 a second.
        to[f"{kind}-4k-frames-lost"].append(sum(int(ms / (1000 / 60)) for ms in moves["move"]))
        to[f"{kind}-4k-megapixels"].append(size[0] * size[1] / 1e6)


# ---- Rows ------------------------------------------------------------------------------------

GOALS = [("hand-to-pixel-p50", "ms", 2), ("hand-to-pixel-p99", "ms", 8), ("burst-lag-p95", "ms", 3),
         ("burst-settles", "ms", 6), ("moves-lost", "moves", 0), ("cpu-of-1000-moves", "s", 0.5),
         ("start-to-usable", "ms", 300), ("idle-memory", "MiB", 60), ("idle-cpu", "%", 0.005),
         ("png-4k", "ms", 230), ("png-4k-longest-pause", "ms", 16.7), ("png-4k-frames-lost", "frames", 0),
         ("png-4k-megapixels", "Mpx", None), ("ora-4k", "ms", None), ("ora-4k-longest-pause", "ms", 16.7),
         ("ora-4k-frames-lost", "frames", 0), ("ora-4k-megapixels", "Mpx", None)]


def written(values, unit, whose=""):
    text = f"{statistics.median(values):.4g} {unit}"
    if max(values) > min(values):
        text += f" {min(values):.3g}..{max(values):.3g}"
    return f"{text} {whose}".strip()


def row(name, unit, ours, peer, theirs, goal):
    ratio, met = "-", "-"
    if theirs and statistics.median(theirs) > 0:
        ratio = f"{statistics.median(ours) / statistics.median(theirs):.3g}x"
    if goal is not None:
        met = "met" if statistics.median(ours) <= goal else "missed"
    print("%-32s %-30s %-38s %-8s %-9s %s" % (
        name, written(ours, unit), written(theirs, unit, peer) if theirs else "-", ratio,
        "-" if goal is None else f"<={goal:g}", met), flush=True)


def report(found, ours, peers):
    for name, unit, goal in GOALS:
        beside = [(peer.name, found[peer.name][name]) for peer in peers if found[peer.name][name]]
        if not found[ours.name][name]:
            continue
        for n, (peer, theirs) in enumerate(beside or [("", [])]):
            row(name, unit, found[ours.name][name], peer, theirs, goal if n == 0 else None)


def gesto():
    draw = ["{build}/gesto", "--archive", "{home}/archive-{run}", "session", "--exercise", "org.gesto.draw"]
    return Program("gesto", draw, start=(260, 985), part=(260, 140, 1400, 780), tool=(70, 293), # Ink
                   save={"commands": [(draw, ("png", "ora"))], "start": (400, 1900),
                         "part": (400, 300, 2800, 1400), "pattern": "archive-{run}/**/*.{kind}"})


def mypaint():
    # A small crisp brush, so that a look sees the mark of one move.
    settings = json.dumps({"brushmanager.selected_brush": "deevad/liner"})
    program = Program("mypaint", ["mypaint", "{home}/blank.png"], start=(100, 985), part=(60, 120, 1760, 800),
                      files={".config/mypaint/settings.json": settings},
                      save={"commands": [(["mypaint", f"{{home}}/blank4k.{kind}"], (kind,))
                                         for kind in ("png", "ora")], "start": (400, 1900),
                            "part": (400, 300, 2800, 1400), "pattern": "blank4k.{kind}"})
    for name, size in (("blank", "1920x1080"), ("blank4k", "3840x2160")):
        subprocess.run(["convert", "-size", size, "xc:white", "-depth", "8",
                        f"PNG24:{program.home}/{name}.png"], check=True)
    make_raster(program.home / "blank4k.ora", program.home / "blank4k.png", 3840, 2160)
    return program


def make_raster(path, png, width, height):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "image/openraster")
        file.writestr("stack.xml", f'<image version="0.0.3" w="{width}" h="{height}"><stack>'
                      '<layer name="white" src="data/layer0.png"/></stack></image>')
        for name in ("data/layer0.png", "mergedimage.png", "Thumbnails/thumbnail.png"):
            file.write(png, name)


def warm(screen, programs):
    """The first start of each, in an empty home and from a cold disk, is not counted."""
    for program in programs:
        try:
            program.run(screen)
            program.stop()
        except RuntimeError as why:
            print(f"beside.py: {why}", file=sys.stderr)


def turns(screen, programs, what, times, until, found):
    for n in range(times):
        if n > 0 and time.monotonic() > until and "RUNS" not in os.environ:
            return
        for program in list(programs):
            try:
                what(screen, program, found[program.name])
            except RuntimeError as why:
                print(f"beside.py: {why}", file=sys.stderr)


def main():
    missing = [tool for tool in ("Xvfb", "openbox", "xdotool") if not shutil.which(tool)]
    if missing:
        print(f"beside.py: {' and '.join(missing)} not here: no rows", file=sys.stderr)
        return
    peers = [Program("least SDL", ["{build}/tests/least_sdl"])]
    if shutil.which("mypaint") and shutil.which("convert"):
        peers.insert(0, mypaint())
    else:
        print("beside.py: MyPaint is not here: it is left out", file=sys.stderr)
    programs = [gesto(), *peers]
    found = {p.name: {name: [] for name, _, _ in GOALS} for p in programs}
    saving = [p for p in programs if p.save]
    begun = time.monotonic()
    for what, size, some, times, enough in (
            (measure, (1920, 1080), programs, RUNS, ENOUGH_SECONDS),
            (measure_save, (3840, 2160), saving, SAVES, ENOUGH_IN_ALL_SECONDS)):
        screen = Screen(*size)
        try:
            if what is measure:
                warm(screen, some)
            turns(screen, some, what, times, begun + enough, found)
        finally:
            screen.close()
    report(found, programs[0], peers)
    for program in programs:
        shutil.rmtree(program.home, ignore_errors=True)


main()
