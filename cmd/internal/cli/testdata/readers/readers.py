"""Reads the exports of a folder with the libraries that people use, and holds what
they count against the graph JSON. The folder has graph.json, graph.gexf,
graph.graphml, graph-yed.graphml, graph.ttl, graph.jsonld, graph.nq, graph.canvas,
graph.dot.json (what Graphviz made of graph.dot, if it is installed), graph.txt (for
Anki), stats.json, csv/ and obsidian/."""

import collections
import csv
import html
import json
import os
import re
import sys

import networkx
import rdflib

SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS_LABEL = rdflib.URIRef("http://www.w3.org/2000/01/rdf-schema#label")


def same(what, got, want):
    if got != want:
        sys.exit(f"{what}: {got!r} and not {want!r}")


def drawable(text):
    """What XML and pictures can hold of a text: no control characters."""
    return "".join(c for c in text if c in "\t\n\r" or not (ord(c) < 32 or 127 <= ord(c) < 160))


def one_line(text):
    return " ".join(drawable(text).split())


def counts(graph, stats):
    """The graph has as many nodes and edges of each kind as stats counts."""
    nodes = collections.Counter(node["type"] for node in graph["nodes"])
    edges = collections.Counter(edge["relation"] for edge in graph["edges"])
    same("nodes of stats", {k: v for k, v in stats["nodes"].items() if v}, dict(nodes))
    same("edges of stats", {k: v for k, v in stats["edges"].items() if v}, dict(edges))


def graphviz(graph, drawn):
    """Graphviz drew every node and edge, with its label."""
    objects = drawn.get("objects", [])
    same("dot nodes and edges", (len(objects), len(drawn.get("edges", []))), (len(graph["nodes"]), len(graph["edges"])))
    same("dot labels", sorted(html.unescape(o["label"].replace("\\\\", "\\")) for o in objects), sorted(one_line_dot(n["label"]) for n in graph["nodes"]))


def one_line_dot(label):
    return re.sub(r"[\t\n\r]", " ", drawable(label))


def anki(path):
    """Four fields by tabs, IDs that no two cards share, tags, and no empty side."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    head = [line for line in lines if line.startswith("#")]
    same("anki's head", head[:4], ["#separator:tab", "#html:true", "#guid column:1", "#tags column:4"])
    cards = [line.split("\t") for line in lines if line and not line.startswith("#")]
    same("fields of cards", {len(card) for card in cards} - {4}, set())
    same("IDs of cards", len({card[0] for card in cards}), len(cards))
    same("empty sides", [card for card in cards if not card[1] or not card[2].split("<br><small>")[0]], [])


def main(folder):
    path = lambda name: os.path.join(folder, name)
    with open(path("graph.json"), encoding="utf-8") as file:
        graph = json.load(file)
    nodes, edges = len(graph["nodes"]), len(graph["edges"])
    with open(path("stats.json"), encoding="utf-8") as file:
        counts(graph, json.load(file))
    labels = sorted(node["label"] for node in graph["nodes"])
    shown = sorted(map(drawable, labels))

    gexf = networkx.read_gexf(path("graph.gexf"))
    same("gexf nodes and edges", (gexf.number_of_nodes(), gexf.number_of_edges()), (nodes, edges))
    same("gexf labels", sorted(d["label"] for _, d in gexf.nodes(data=True)), shown)
    relations = sorted(edge["relation"] for edge in graph["edges"])
    same("gexf kinds", sorted(d["kind"] for *_, d in gexf.edges(data=True)), relations)
    graphml = networkx.read_graphml(path("graph.graphml"), force_multigraph=True)
    same("graphml nodes and edges", (graphml.number_of_nodes(), graphml.number_of_edges()), (nodes, edges))
    same("graphml labels", sorted(d["label"] for _, d in graphml.nodes(data=True)), shown)
    yed = networkx.read_graphml(path("graph-yed.graphml"), force_multigraph=True)
    same("yed nodes and edges", (yed.number_of_nodes(), yed.number_of_edges()), (nodes, edges))
    same("yed labels", sorted(d["label"] for _, d in yed.nodes(data=True)), sorted(map(one_line, labels)))

    with open(path("csv/nodes.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    same("csv nodes", len(rows), nodes)
    same("csv labels", sorted(r["Label"].removeprefix("'") for r in rows), sorted(l.removeprefix("'") for l in shown))
    with open(path("csv/edges.csv"), encoding="utf-8", newline="") as file:
        same("csv edges", len(list(csv.DictReader(file))), edges)

    turtle = rdflib.Graph().parse(path("graph.ttl"), format="turtle")
    linked = rdflib.Graph().parse(path("graph.jsonld"), format="json-ld")
    same("turtle and json-ld", set(turtle) == set(linked), True)
    same("turtle labels", sorted(str(o) for o in turtle.objects(None, RDFS_LABEL)), labels)
    preferred = [(s, o.language) for s, o in turtle.subject_objects(rdflib.URIRef(SKOS + "prefLabel"))]
    same("one preferred name for each language", len(preferred), len(set(preferred)))
    quads = rdflib.Dataset()
    quads.parse(path("graph.nq"), format="nquads")
    named = [q for q in quads.quads((None, None, None, None)) if "/edge/" in str(getattr(q[3], "identifier", q[3]))]
    same("quads with a graph", len(named), edges)

    if os.path.exists(path("graph.dot.json")):
        with open(path("graph.dot.json"), encoding="utf-8") as file:
            graphviz(graph, json.load(file))
    anki(path("graph.txt"))
    with open(path("graph.canvas"), encoding="utf-8") as file:
        canvas = json.load(file)
    same("canvas", (len(canvas["nodes"]), len(canvas["edges"])), (nodes, edges))

    root = path("obsidian")
    notes = {os.path.relpath(os.path.join(at, name), root)[:-3].replace(os.sep, "/") for at, _, names in os.walk(root) for name in names}
    same("notes", len(notes), nodes)
    for note in sorted(notes):
        with open(os.path.join(root, note + ".md"), encoding="utf-8") as file:
            text = file.read().split("\n---\n", 1)[1]  # without the front matter
        for link, block in re.findall(r"\[\[([^\]|#]*)(?:#\^([^\]|]*))?", text):
            target = link or note
            same(f"the link {link!r} in {note} has its file", target in notes, True)
            if block:
                with open(os.path.join(root, target + ".md"), encoding="utf-8") as file:
                    same(f"the block {block} of {target}", f"\n^{block}\n" in file.read(), True)
    print(f"{nodes} nodes, {edges} edges")


main(sys.argv[1])
