# Goes through what the panel of Draw offers by one way of reaching the screen:
#   reach_draw.py keys|switch|two|dwell DOOR FOLDER
# Every step waits for what becomes of it. It ends with 0, or says in one line what it waited
# for. `switch` is one switch that steps: a short press goes on, a long one chooses. Of `two` the
# other one chooses.
import sys, time
from robot import Hands, Keys, Lost, Screen, Switch


def state(now, one):
    return now.get(one, {}).get("state", [])


class ByKeys(Keys):
    def focus_on(self, target):
        for _ in range(150):
            at = self.focus()
            if at == target:
                return
            self.do("key Tab")
            self.screen.until("the focus goes on from %s to %s" % (at, target),
                              lambda now: not at or "focused" not in state(now, at))
        raise Lost("the focus never comes to " + target)

    def larger(self):
        self.focus_on("control-size")
        self.do("key Up")

    def mix(self):
        self.screen.until("the pad has the focus", lambda now: "focused" in state(now, "mix-pad"))
        self.do("key Right Right Prior")


class BySwitch(Switch):
    def choose(self):
        """The press is long for the window, too, whatever held it up: it is asked what shows."""
        self.do("keydown space")
        self.screen.widgets()
        time.sleep(1)
        self.screen.widgets()
        self.do("keyup space")

    def press(self, target):
        for _ in range(120):
            now = self.screen.until("a ring that comes to " + target,
                                    lambda n: target in n and self.ring(n)[1])
            at, ring = self.ring(now)
            near = self.is_around(now[target], at, ring)
            self.choose() if near else self.tap()
            if near == 2:
                return
            self.screen.until("the ring goes on from %s to %s" % (at, target),
                              lambda n: self.ring(n) != (at, ring) or target not in n)
        raise Lost("the ring never comes to " + target)

    def draw(self):
        """Sixteen steps across and down: from 6, 10 to 10, 12, and out by the edge."""
        self.press("area")
        for steps in (6, 2, 4, 2, 6):
            for _ in range(steps):
                time.sleep(0.1)
                self.tap()
            time.sleep(0.1)
            self.choose()

    def larger(self):
        self.press("control-size")
        self.press("step-more")
        self.press("step-done")

    def mix(self):
        self.press("mix-pad")
        self.press("mix-hue-8")
        self.press("mix-light-2")


class ByTwoSwitches(BySwitch):
    def choose(self):
        self.do("key Return")


class ByDwelling(Hands):
    """A pointer that rests for as long as it takes, and is never pressed."""

    def rest(self, x, y, seconds=2.5):
        self.do("mousemove %d %d" % (x, y))
        time.sleep(seconds)

    def press(self, target):
        x, y = self.reach(target)
        self.do("mousemove %d %d" % (640, 1))  # it comes anew, also where it is already
        self.rest(x, y)

    def line(self, a, b):
        self.rest(*a)  # nothing tells that a line has begun
        self.do("mousemove %d %d" % ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))
        self.rest(*b)

    def larger(self):
        x, y, w, h = self.screen.wait("control-size")["control-size"]["rect"]
        self.rest(x + w / 2, y + 30)

    def mix(self):
        x, y, w, h = self.screen.wait("mix-pad")["mix-pad"]["rect"]
        self.rest(x + w * 0.7, y + h * 0.3)


def go(screen, hand):
    def becomes(what, one, flag, on=True):
        screen.until(what, lambda now: one in now and (flag in state(now, one)) == on)

    screen.until("the paper", lambda now: "control-brush-ink" in now and
                 "empty" not in now.get("area", {"state": ["empty"]})["state"])
    hand.press("control-brush-ink")
    becomes("a tool", "control-brush-ink", "selected")
    hand.press("control-colour-c42f50")
    becomes("a colour", "control-colour-c42f50", "selected")
    size = screen.wait("control-size")["control-size"]["value"]
    hand.larger()
    screen.until("a larger brush", lambda now: now["control-size"]["value"] > size)
    becomes("nothing to take back", "control-undo", "disabled")
    hand.draw()
    becomes("a line to take back", "control-undo", "disabled", False)
    hand.press("mix")
    screen.wait("mix-pad")
    hand.mix()
    hand.press("done")
    becomes("a mixed colour", "mix", "selected")
    hand.press("panel-rest")
    screen.wait("sheet-rest", "group-paper")
    hand.press("group-paper")
    screen.wait("control-surface-rough")
    hand.press("control-surface-rough")
    becomes("rough paper", "control-surface-rough", "selected")
    hand.press("done")
    screen.until("the panel", lambda now: "sheet-group" not in now)
    hand.press("control-undo")
    becomes("something to bring back", "control-redo", "disabled", False)


def main():
    way, door, folder = sys.argv[1:4]
    screen = Screen(door, folder)
    hand = {"keys": ByKeys, "switch": BySwitch, "two": ByTwoSwitches, "dwell": ByDwelling}[way](screen)
    try:
        go(screen, hand)
    except Lost as lost:
        print("# lost: %s" % lost, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
