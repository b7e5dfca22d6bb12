# A robot that goes through a whole session by one way of reaching the screen:
#   robot.py switch|keys|clicks|touch DOOR FOLDER
# It reads the tree of what shows through the window's test door and waits for what it expects
# there, never for times. Input: keys and clicks are those of the X server; touch comes through
# the door. It ends with 0 after the farewell, or says in one line what it
# waited for.
import json, os, subprocess, sys, time

PATIENCE = 90  # seconds, for anything, also on a slow machine


class Lost(Exception):
    pass


class Screen:
    def __init__(self, door, folder):
        self.door = open(door, "w", buffering=1)
        self.folder, self.count = folder, 0

    def tell(self, **words):
        self.door.write(json.dumps(words) + "\n")

    def widgets(self):
        """All that stands there now, by id; a screen that is being built anew is asked again."""
        self.count += 1
        path = os.path.join(self.folder, "tree-%d" % self.count)
        self.tell(do="tree", to=path)
        until = time.time() + PATIENCE
        while not os.path.exists(path):
            if time.time() > until:
                raise Lost("the window does not answer")
            time.sleep(0.005)
        with open(path) as f:
            tree = json.load(f)
        os.unlink(path)
        found = {}

        def walk(w, inside):
            if w.get("id"):
                found[w["id"]] = w
            for child in w.get("children", []):
                walk(child, inside + [w])
            w["inside"] = inside

        for top in tree if isinstance(tree, list) else [tree]:
            walk(top, [])
        return found

    def until(self, what, holds, seconds=PATIENCE):
        end = time.time() + seconds
        while True:
            now = self.widgets()
            if holds(now):
                return now
            if time.time() > end:
                raise Lost("%s (there is %s)" % (what, ", ".join(list(now)[:30])))
            time.sleep(0.02)

    def wait(self, *ids):
        return self.until("waited for " + " ".join(ids),
                          lambda now: all(i in now for i in ids))


class Hands:
    """What each way of reaching has in common: the X server's input, places on the screen."""

    def __init__(self, screen):
        self.screen = screen

    @staticmethod
    def do(*lines):
        """The server has done it when this returns: the tree that is asked for next is the one
        after it, however slow the machine."""
        subprocess.run(["xdotool"] + " ".join(lines).split(), check=True)

    @staticmethod
    def middle(w):
        x, y, width, height = w["rect"]
        return x + width / 2, y + height / 2

    def reach(self, target):
        """Brings it into sight; where it is."""
        for _ in range(60):
            now = self.screen.wait(target)
            w = now[target]
            x, y = self.middle(w)
            frame = next((o for o in reversed(w["inside"]) if o.get("role") == "scroll"), None)
            if not frame:
                return x, y
            top, bottom = frame["rect"][1], frame["rect"][1] + frame["rect"][3]
            if top + 8 <= y <= bottom - 8:
                return x, y
            self.scroll(frame, y > bottom - 8)
            time.sleep(0.03)
        raise Lost(target + " does not come into sight")

    def scroll(self, frame, down):
        x, y = self.middle(frame)
        self.do("mousemove %d %d" % (x, y), "click %d" % (5 if down else 4))

    def draw(self):
        """Two lines on the ground of the exercise."""
        x, y, w, h = self.screen.wait("area")["area"]["rect"]
        for k in (1, 2):
            self.line((x + w * 0.2, y + h * 0.25 * k), (x + w * 0.7, y + h * 0.3 * k))


class Touch(Hands):
    def finger(self, phase, x, y):
        self.screen.tell(do="touch", phase=phase, finger=1, x=x, y=y, pressure=0.5)

    def press(self, target):
        x, y = self.reach(target)
        self.finger("down", x, y)
        self.finger("up", x, y)

    def scroll(self, frame, down):
        x, y, w, h = frame["rect"]
        self.line((x + 12, y + h * 0.6), (x + 12, y + h * (0.3 if down else 0.9)))

    def line(self, a, b):
        self.finger("down", *a)
        for k in range(1, 11):
            self.finger("move", a[0] + (b[0] - a[0]) * k / 10, a[1] + (b[1] - a[1]) * k / 10)
        self.finger("up", *b)


class Clicks(Hands):
    """A mouse that never moves while its button is down."""

    def press(self, target):
        self.do("mousemove %d %d" % self.reach(target), "click 1")

    def line(self, a, b):
        self.do("mousemove %d %d" % a, "click 1")
        for k in range(1, 11):
            self.do("mousemove %d %d" % (a[0] + (b[0] - a[0]) * k / 10,
                                         a[1] + (b[1] - a[1]) * k / 10))
        self.do("click 1")


class Keys(Hands):
    def focus(self):
        now = self.screen.widgets()
        return next((i for i, w in now.items() if "focused" in w.get("state", [])), None)

    def press(self, target):
        self.screen.wait(target)
        for _ in range(150):
            at = self.focus()
            if at == target:
                self.do("key Return")
                return
            self.do("key Tab")
            self.screen.until("the focus goes on from %s to %s" % (at, target),
                              lambda now: not at or "focused" not in
                              now.get(at, {}).get("state", []))
        raise Lost("the focus never comes to " + target)

    def draw(self):
        self.press("area")
        self.do("key space")


class Switch(Hands):
    """One key. A ring goes on by itself; a press chooses what it is around."""

    def tap(self):
        self.do("key space")

    @staticmethod
    def ring(now):
        for w in now.values():
            if w.get("ring") and w["ring"][2] > 0:
                return w["id"], [round(n) for n in w["ring"]]
        return None, None

    def is_around(self, w, at, ring):
        """0: no; 1: a group that it belongs to; 2: it alone."""
        x, y, width, height = w["rect"]
        cx, cy = x + width / 2, y + height / 2
        if not (ring[0] <= cx <= ring[0] + ring[2] and ring[1] <= cy <= ring[1] + ring[3]):
            return 0
        if at == w["id"] and ring[2] <= width + 20 and ring[3] <= height + 20:
            return 2
        return 1

    def press(self, target):
        end = time.time() + 4 * PATIENCE
        seen = None
        while time.time() < end:
            now = self.screen.wait(target)
            at, ring = self.ring(now)
            if ring and (at, ring) != seen:  # it has just come: there is time
                near = self.is_around(now[target], at, ring)
                if near:
                    self.tap()
                    if near == 2:
                        return
                    # what it chose shows before the next choice
                    self.screen.until("something becomes of a choice at " + at,
                                      lambda n: self.ring(n) != (at, ring))
                    continue
                seen = at, ring
            time.sleep(0.03)
        raise Lost("the ring never comes to " + target)

    def draw(self):
        """Lines that cross choose where a stroke begins and ends; a long press leaves them."""
        self.press("area")
        for wait in (1, 0.5, 1.3, 1.5) * 2:
            time.sleep(wait)
            self.tap()
        time.sleep(0.2)
        self.do("keydown space")
        time.sleep(1.3)
        self.do("keyup space")


def again(screen, hand, one, what, holds):
    """Presses and, as a person would, once more if nothing has come of it after some bars."""
    hand.press(one)
    try:
        screen.until(what, holds, 30)
    except Lost:
        hand.press(one)
        screen.until(what, holds)


def go(screen, hand, slowly):
    def selected(now, *ids):
        return any("selected" in now.get(i, {}).get("state", []) for i in ids)

    screen.wait("continue")
    hand.press("continue")
    screen.wait("card-org.gesto.draw")
    hand.press("card-org.gesto.draw")
    screen.until("the paper", lambda now: "control-brush-ink" in now and
                 "empty" not in now.get("area", {"state": ["empty"]})["state"])
    hand.draw()
    hand.press("pause")
    screen.wait("other")
    hand.press("other")
    screen.wait("card-org.gesto.loop")
    hand.press("card-org.gesto.loop")
    screen.until("the lanes and the pads", lambda now: "spot-300" in now and "spot-415" in now and
                 "empty" not in now.get("area", {"state": ["empty"]})["state"])
    again(screen, hand, "spot-300", "the disc records",
          lambda now: "recording" in now["spot-300"]["label"])
    for pad in ("spot-415", "spot-417")[:1 if slowly else 2]:
        hand.press(pad)
    again(screen, hand, "spot-300", "a loop goes round", lambda now: "spot-200" in now)
    hand.press("stop")
    screen.wait("back", "finish")
    hand.press("finish")
    screen.until("both works", lambda now: "made-1-keep" in now and "coming" not in now)
    hand.press("made-0-keep")
    screen.until("it is kept", lambda now: selected(now, "made-0-keep"))
    hand.press("made-0-process")
    screen.until("with how it was made", lambda now: selected(now, "made-0-process"))
    hand.press("made-1-private")
    screen.until("it is private", lambda now: selected(now, "made-1-private"))
    hand.press("finish")
    screen.until("how one leaves", lambda now: "feeling" in now and "made-0-keep" not in now)
    hand.press("skip")
    screen.wait("leave")
    hand.press("leave")


def main():
    way, door, folder = sys.argv[1:4]
    screen = Screen(door, folder)
    hand = {"touch": Touch, "clicks": Clicks, "keys": Keys, "switch": Switch}[way](screen)
    try:
        go(screen, hand, way == "switch")
    except Lost as lost:
        print("# lost: %s" % lost, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
