"""Reads the exports of a folder with the libraries that people use, and holds what
they count against the graph JSON. The folder has graph.json, graph.gexf,
graph.graphml, graph-yed.graphml, graph.ttl, graph.jsonld, graph.nq, graph.canvas,
csv/ and obsidian/."""

import csv
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


def main(folder):
    path = lambda name: os.path.join(folder, name)
    with open(path("graph.json"), encoding="utf-8") as file:
        graph = json.load(file)
    nodes, edges = len(graph["nodes"]), len(graph["edges"])
    labels = sorted(node["label"] for node in graph["nodes"])

    gexf = networkx.read_gexf(path("graph.gexf"))
    same("gexf nodes and edges", (gexf.number_of_nodes(), gexf.number_of_edges()), (nodes, edges))
    same("gexf labels", sorted(d["label"] for _, d in gexf.nodes(data=True)), labels)
    graphml = networkx.read_graphml(path("graph.graphml"), force_multigraph=True)
    same("graphml nodes and edges", (graphml.number_of_nodes(), graphml.number_of_edges()), (nodes, edges))
    same("graphml labels", sorted(d["label"] for _, d in graphml.nodes(data=True)), labels)
    yed = networkx.read_graphml(path("graph-yed.graphml"), force_multigraph=True)
    same("yed nodes and edges", (yed.number_of_nodes(), yed.number_of_edges()), (nodes, edges))
    same("yed labels", sorted(d["label"] for _, d in yed.nodes(data=True)), sorted(" ".join(l.split()) for l in labels))

    with open(path("csv/nodes.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    same("csv nodes", len(rows), nodes)
    same("csv labels", sorted(r["Label"].removeprefix("'") for r in rows), sorted(l.removeprefix("'") for l in labels))
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

    with open(path("graph.canvas"), encoding="utf-8") as file:
        canvas = json.load(file)
    same("canvas", (len(canvas["nodes"]), len(canvas["edges"])), (nodes, edges))

    root = path("obsidian")
    notes = {os.path.relpath(os.path.join(at, name), root)[:-3].replace(os.sep, "/") for at, _, names in os.walk(root) for name in names}
    same("notes", len(notes), nodes)
    for note in sorted(notes):
        with open(os.path.join(root, note + ".md"), encoding="utf-8") as file:
            text = file.read()
        for link, block in re.findall(r"\[\[([^\]|#]*)(?:#\^([^\]|]*))?", text):
            target = link or note
            same(f"the link {link!r} in {note} has its file", target in notes, True)
            if block:
                with open(os.path.join(root, target + ".md"), encoding="utf-8") as file:
                    same(f"the block {block} of {target}", f"\n^{block}\n" in file.read(), True)
    print(f"{nodes} nodes, {edges} edges")


main(sys.argv[1])
