import unittest

from enroll import random

# What Yasmarang's definition in C gives, as MicroPython has it.
KNOWN = {
    1: [2_002_244, 1_862_853_106, 2_677_483_614, 156_226_652, 3_835_757_215],
    0: [2_002_156, 1_421_650_768, 1_366_029_939],
    0xEDA4_BABA: [3_210_414_086, 1_932_810_334, 3_154_934_685, 3_186_383_582],
}


class Random(unittest.TestCase):
    def test_a_seed_gives_the_known_sequence(self):
        for seed, expected in KNOWN.items():
            random.seed(seed)
            self.assertEqual([random.getrandbits(32) for _ in expected], expected)

    def test_ranges(self):
        random.seed(n=7)
        for _ in range(200):
            self.assertIn(random.randint(a=-2, b=2), range(-2, 3))
            self.assertIn(random.randrange(10, step=3, stop=20), range(10, 20, 3))
            self.assertTrue(0 <= random.random() < 1)
            self.assertTrue(1 <= random.uniform(1, 2) <= 2)

    def test_choice_takes_any_sequence(self):
        things = [object(), object()]
        drawn = {id(random.choice(things)) for _ in range(50)}
        self.assertEqual(drawn, set(map(id, things)))
        self.assertIn(random.choice("abc"), "abc")
        self.assertIn(random.choice(range(5)), range(5))
        self.assertEqual(random.choice((7,)), 7)
        with self.assertRaises(TypeError):
            random.choice({1, 2})
        with self.assertRaises(IndexError):
            random.choice([])

    def test_errors(self):
        for error, run in [
            (ValueError, lambda: random.getrandbits(33)),
            (ValueError, lambda: random.randint(2, 1)),
            (ValueError, lambda: random.randrange(0)),
            (TypeError, lambda: random.seed("a")),
            (TypeError, lambda: random.randint(1)),
        ]:
            with self.assertRaises(error):
                run()

    def test_it_seeds_itself(self):
        random.seed()
        first = random.getrandbits(32), random.getrandbits(32)
        random.seed()
        self.assertNotEqual(first, (random.getrandbits(32), random.getrandbits(32)))


unittest.main(argv=["random_"])
