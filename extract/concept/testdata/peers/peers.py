#!/usr/bin/env python3
"""Compares talkgraph's concepts with the keywords of two peers, in one run.

usage: peers.py NOTES GOLD.json        (from the top of the checkout)

The peers are TF-IDF of jieba (Debian: python3-jieba) and TextRank of gse, for which a
Go module is made in a temporary folder. Each gives its 50 best keywords; precision is
the share of them that the gold accepts as concepts: strictly, when a name is the same
but for case, width and signs, and loosely, when one holds half of the other. Speed is
in MB of text per second on one core, after the dictionaries are loaded.
"""
import json, os, pathlib, re, subprocess, sys, tempfile, time, unicodedata

TOP = 50
GSE = "github.com/go-ego/gse@v0.80.3"
GSE_MAIN = """package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/go-ego/gse/hmm/idf"
)

func main() {
	text, _ := io.ReadAll(os.Stdin)
	start := time.Now()
	var ranker idf.TextRanker
	ranker.LoadDict()
	loaded := time.Now()
	for _, word := range ranker.TextRank(string(text), 50) {
		fmt.Println(word.Text)
	}
	fmt.Fprintf(os.Stderr, "%f %f\\n", loaded.Sub(start).Seconds(), time.Since(loaded).Seconds())
}
"""


def norm(name):
    name = unicodedata.normalize("NFKC", name or "").lower()
    return "".join(c for c in name if c.isalnum() or c in "+#")


def accepted(gold):
    names = set()
    for talk in gold["talks"]:
        for group in talk.get("concepts_must", []):
            names.update(norm(n) for n in group)
        names.update(norm(n) for n in talk.get("concepts_ok", []))
    return names - {""}


def loosely(names, wanted):
    for a in names:
        for b in wanted:
            short, long = sorted((a, b), key=len)
            if a == b or len(short) >= 2 and short in long and 2 * len(short) >= len(long):
                return True
    return False


def jieba_tfidf(text):
    import jieba, jieba.analyse
    jieba.setLogLevel(60)
    start = time.perf_counter()
    jieba.analyse.extract_tags("加载", topK=1)
    loaded = time.perf_counter()
    words = jieba.analyse.extract_tags(text, topK=TOP)
    return [[w] for w in words], loaded - start, time.perf_counter() - loaded


def gse_textrank(text):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "main.go").write_text(GSE_MAIN)
        for command in (["go", "mod", "init", "peer"], ["go", "get", GSE], ["go", "build", "-o", "peer", "."]):
            subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, "GOFLAGS": "-mod=mod"})
        run = subprocess.run([os.path.join(folder, "peer")], input=text, text=True, capture_output=True, check=True)
    load, work = map(float, run.stderr.split()[-2:])
    return [[w] for w in run.stdout.split("\n") if w], load, work


def talkgraph(notes, text):
    with tempfile.TemporaryDirectory() as folder:
        store = ["--store", os.path.join(folder, "notes.db")]
        program = os.path.join(folder, "talkgraph")
        subprocess.run(["go", "build", "-o", program, "./cmd/talkgraph"], check=True)
        subprocess.run([program, "build", *store, notes], check=True, capture_output=True)
        graph = json.loads(subprocess.run([program, "export", *store, "--format", "json", "-o", "-"], check=True, capture_output=True, text=True).stdout)
    weight = {}
    for e in graph["edges"]:
        if e["relation"] == "about":
            weight[e["target"]] = max(weight.get(e["target"], 0), e["props"]["weight"])
    best = sorted(weight, key=lambda i: (-weight[i], i))[:TOP]
    names = {n["id"]: [n["label"], *n.get("aliases", [])] for n in graph["nodes"]}
    bench = subprocess.run(["go", "test", "./extract/concept", "-run", "none", "-bench", "Load|Extract", "-cpu", "1", "-benchtime", "2x"],
                           check=True, capture_output=True, text=True).stdout
    speed = float(re.search(r"BenchmarkExtract\S*\s.*?([\d.]+) MB/s", bench)[1])
    load = subprocess.run(["go", "test", "./extract/lexicon", "-run", "none", "-bench", "Load", "-cpu", "1", "-benchtime", "5x"],
                          check=True, capture_output=True, text=True).stdout
    return [names[i] for i in best], float(re.search(r"([\d.]+) ns/op", load)[1]) / 1e9, len(text.encode()) / 1e6 / speed


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    notes, gold = sys.argv[1:]
    text = pathlib.Path(notes).read_text("utf-8")
    wanted = accepted(json.loads(pathlib.Path(gold).read_text("utf-8")))
    print(f"{'keywords of':<20} {'strict':>7} {'loose':>7} {'load s':>7} {'MB/s':>7}")
    peers = [("talkgraph", lambda: talkgraph(notes, text)), ("jieba TF-IDF", lambda: jieba_tfidf(text)), ("gse TextRank", lambda: gse_textrank(text))]
    for name, run in peers:
        try:
            words, load, work = run()
        except (ImportError, subprocess.CalledProcessError, OSError) as err:
            print(f"{name:<20} not run: {err}")
            continue
        names = [[norm(w) for w in group if norm(w)] for group in words]
        strict = sum(any(n in wanted for n in group) for group in names)
        loose = sum(loosely(group, wanted) for group in names)
        print(f"{name:<20} {strict:>4}/{len(words):<2} {loose:>4}/{len(words):<2} {load:>7.2f} {len(text.encode()) / 1e6 / max(work, 1e-9):>7.2f}")


if __name__ == "__main__":
    main()
