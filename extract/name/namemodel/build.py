#!/usr/bin/python3
"""Distils names.tab, the table of the character model, from jieba's tagger.

    apt-get install python3-jieba        (0.42.1, MIT; see LICENSE.jieba)
    /usr/bin/python3 build.py ../../lexicon/people/surnames.txt names.tab

jieba's tagger is a hidden Markov model: a state is a place in a word (B begin,
M middle, E end, S a word of one character) and one of 64 tags. Only the tag nr,
a person's name, matters here, so the others are pooled by their first letter,
each state weighing as much as it is visited. States that a character is almost
never in are left out, and probabilities are rounded to an eighth of a nat. On
the lines in testdata the result finds what jieba's own tables find.

The table, all numbers little-endian:
    4 bytes  "NMT1"
    u8       number of groups G; group 0 is the person's name; a state is
             32*place + group, the places B S E M are 0 1 2 3
    2G       costs of B and S of each group at the start of a text;
             a cost is -8 ln p, 255 is impossible
    2G*2G    costs of B and S of each group after S and E of each group
    4G       costs of E and M after B and after M of the same group
    u8 n     compound surnames, n pairs of u16 characters
    u16 n    characters in order: u16 character, u8 number of states, then
             u8 state and u8 cost for each, states in order;
             character 0 stands for all that are not in the table
"""
import math
import struct
import sys

from jieba.posseg import prob_emit, prob_start, prob_trans

PLACES = "BSEM"  # the places that open a word first, those that close one in the middle
STRIDE = 32  # states of a place
STEPS = 8  # costs per nat
WORST = 18 * STEPS  # the highest cost of what is possible
IMPOSSIBLE = 255
UNSEEN = 11 * STEPS  # the cost of a character that is not in the tables
RARE = 0.005  # share of a character's uses below which a state is left out
ROUNDS = 500  # of the power iteration


def group(tag):
    """Pools the tags by their first letter; only a person's name stays alone."""
    return "" if tag == "nr" else tag[0]


def possible(log):
    return log > -1e50


def cost(p):
    return min(WORST, round(-STEPS * math.log(p)))


def visits(states, start, trans):
    """How often each state is visited in long texts made of many short ones."""
    weight = dict.fromkeys(states, 0.0) | start
    for _ in range(ROUNDS):
        following = dict.fromkeys(states, 0.0)
        for state, w in weight.items():
            for to, p in trans[state].items():
                following[to] += w * p
        mixed = {s: 0.95 * following[s] + 0.05 * start.get(s, 0.0) for s in states}
        total = sum(mixed.values())
        weight = {s: w / total for s, w in mixed.items()}
    return {s: w + 1e-12 for s, w in weight.items()}


def read():
    states = sorted(prob_emit.P)
    start = {s: math.exp(p) for s, p in sorted(prob_start.P.items()) if possible(p)}
    trans = {s: {t: math.exp(p) for t, p in sorted(prob_trans.P[s].items()) if possible(p)} for s in states}
    emit = {s: {c: math.exp(p) for c, p in sorted(prob_emit.P[s].items()) if possible(p)} for s in states}
    return states, start, trans, emit


def pool():
    states, start, trans, emit = read()
    weight = visits(states, start, trans)
    names = sorted({group(tag) for _, tag in states})
    assert names[0] == "" and len(names) < STRIDE
    number = {s: STRIDE * PLACES.index(s[0]) + names.index(group(s[1])) for s in states}
    mass = [0.0] * (STRIDE * len(PLACES))
    for s in states:
        mass[number[s]] += weight[s]

    starts, moves, chars = {}, {}, {}
    for s in states:
        k = number[s]
        share = weight[s] / mass[k]
        starts[k] = starts.get(k, 0.0) + start.get(s, 0.0)
        for t, p in trans[s].items():
            move = (k, number[t])
            moves[move] = moves.get(move, 0.0) + share * p
        for c, p in emit[s].items():
            if ord(c) <= 0xFFFF:
                uses = chars.setdefault(c, {})
                uses[k] = uses.get(k, 0.0) + share * p
    noun = STRIDE * PLACES.index("S") + names.index("n")
    chars = {c: prune(uses, mass, noun) for c, uses in chars.items()}
    # A rare character is likely in a given name; else it stands for itself.
    chars[chr(0)] = {noun: UNSEEN, state("E", 0): UNSEEN, state("M", 0): UNSEEN}
    return len(names), starts, moves, chars


def state(place, number):
    return STRIDE * PLACES.index(place) + number


def prune(uses, mass, noun):
    """Leaves the rare states of a character out, and gives it one state that both
    opens and closes a word, so that every text has a path."""
    share = {k: p * mass[k] for k, p in uses.items()}
    total = sum(share.values())
    kept = {k: cost(p) for k, p in uses.items() if k % STRIDE == 0 or share[k] / total >= RARE}
    kept.setdefault(noun, WORST)
    return kept


def compounds(path):
    with open(path, encoding="utf-8") as lines:
        words = {line.strip() for line in lines if not line.startswith("#")}
    return sorted(w for w in words if len(w) == 2)


def encode(groups, starts, moves):
    """The costs of starts and of moves. A word that has ended may be followed by
    any other, however rarely."""
    everyone = range(groups)
    openers = [state(place, g) for place in "BS" for g in everyone]
    closers = [state(place, g) for place in "SE" for g in everyone]
    out = bytearray(cost(starts[k]) if starts.get(k) else WORST for k in openers)
    for k in closers:
        out += bytes(cost(moves[k, to]) if moves.get((k, to)) else WORST for to in openers)
    for place in "BM":
        for to in "EM":
            inside = [moves.get((state(place, g), state(to, g))) for g in everyone]
            out += bytes(cost(p) if p else IMPOSSIBLE for p in inside)
    return out


def write(path, groups, starts, moves, chars, surnames):
    out = bytearray(b"NMT1")
    out.append(groups)
    out += encode(groups, starts, moves)
    out.append(len(surnames))
    for word in surnames:
        out += struct.pack("<HH", ord(word[0]), ord(word[1]))
    out += struct.pack("<H", len(chars))
    for c in sorted(chars):
        out += struct.pack("<HB", ord(c), len(chars[c]))
        for pair in sorted(chars[c].items()):
            out += bytes(pair)
    with open(path, "wb") as file:
        file.write(out)
    print(f"{path}: {len(out)} bytes, {groups} groups, {len(chars)} characters, {len(surnames)} compound surnames")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write(sys.argv[2], *pool(), compounds(sys.argv[1]))
