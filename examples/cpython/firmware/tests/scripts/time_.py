import os
import random
import signal
import threading
import time as own
import unittest

from enroll import time

os.environ["TZ"] = "UTC"
own.tzset()


class Dates(unittest.TestCase):
    def test_seconds_become_the_same_dates(self):
        draw = random.Random(7)
        for _ in range(2000):
            # The years that both pad alike: 1000 to 9999.
            seconds = draw.randrange(-30_610_224_000, 253_402_300_800)
            date = own.gmtime(seconds)
            self.assertEqual(time.gmtime(seconds), tuple(date)[:8])
            self.assertEqual(time.mktime(tuple(date)), seconds)
            text = draw.choice(["%Y-%m-%d %H:%M:%S", "%a %d %b %y", "%j %U %W %u %w", "%A %B %I %p"])
            self.assertEqual(time.strftime(text, tuple(date)), own.strftime(text, date))

    def test_texts_become_the_same_dates(self):
        draw = random.Random(8)
        for _ in range(500):
            text = own.strftime("%Y-%m-%d %H:%M:%S", own.gmtime(draw.randrange(4_000_000_000)))
            found = time.strptime(text, "%Y-%m-%d %H:%M:%S")
            self.assertEqual(found[:8], tuple(own.strptime(text, "%Y-%m-%d %H:%M:%S"))[:8])


class Clocks(unittest.TestCase):
    def test_clocks_agree(self):
        self.assertLess(abs(time.time() - own.time()), 5)
        start = time.monotonic_ns()
        own.sleep(0.01)
        self.assertGreaterEqual(time.monotonic_ns() - start, 10_000_000)

    def test_a_signal_ends_a_sleep(self):
        class Interrupted(Exception):
            pass

        waiting = threading.Event()
        done = threading.Event()
        sleeper = threading.get_ident()

        def handler(number, frame):
            if waiting.is_set() and not done.is_set():
                done.set()
                raise Interrupted

        def interrupt():
            # The thread itself, and again: a process has others that could be
            # chosen, and the first signal may come before the sleep.
            while not done.wait(0.01):
                signal.pthread_kill(sleeper, signal.SIGALRM)

        before = signal.signal(signal.SIGALRM, handler)
        thread = threading.Thread(target=interrupt)
        thread.start()
        try:
            # Nothing but a signal ends it, and the thread that sends it only runs
            # if the sleep lets it.
            with self.assertRaises(Interrupted):
                waiting.set()
                time.sleep(1_000_000)
        finally:
            done.set()
            thread.join()
            signal.signal(signal.SIGALRM, before)


unittest.main(argv=["time_"])
