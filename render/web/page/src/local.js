// The graph as it stands in the page itself, in a file opened from disk. It answers
// as the server does, but for questions, maps and corrections, which need one.

import { interest } from "./look.js";
import { limitOf } from "./state.js";

const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}\p{M}+#]/gu, "") || text.trim();

/** Makes the source of a graph in graph JSON. */
export function local(data) {
  const nodes = new Map(data.nodes.map((node) => [node.id, { ...node, degree: 0 }]));
  const around = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) {
    around.get(edge.source).push(edge);
    if (edge.target !== edge.source) around.get(edge.target).push(edge);
  }
  for (const node of nodes.values()) node.degree = around.get(node.id).length;
  const names = [...nodes.values()].flatMap((node) => [node.label, ...node.aliases].map((text) => ({ node, text, key: fold(text) })));
  const byInterest = (a, b) => interest(b) - interest(a) || (a.id < b.id ? -1 : 1);
  const far = (edge, id) => (edge.source === id ? edge.target : edge.source);
  const up = (id) => around.get(id).filter((edge) => edge.relation === "superEvent" && edge.source === id).map((edge) => edge.target);
  const within = (id, session, steps) => id === session || (steps > 0 && up(id).some((wider) => within(wider, session, steps - 1)));
  const day = (node) => node.props.startDate || up(node.id).map((id) => nodes.get(id).props.startDate).find(Boolean) || "";
  const lexiconOnly = (edge) => edge.evidence.every((passage) => passage.extractor === "lexicon");

  function sieve(state) {
    let allowed = null;
    if (state.session || state.from || state.to) {
      allowed = new Set();
      for (const node of nodes.values()) {
        if (node.type !== "Talk" || (state.session && !within(node.id, state.session, 3))) continue;
        const date = day(node);
        if ((state.from || state.to) && (!date || date < state.from || (state.to && date > state.to))) continue;
        allowed.add(node.id);
        for (const edge of around.get(node.id)) {
          const next = far(edge, node.id);
          allowed.add(next);
          if (!["Person", "Session"].includes(nodes.get(next).type)) continue;
          for (const further of around.get(next)) {
            const end = nodes.get(far(further, next));
            if (["Organization", "Event"].includes(end.type)) allowed.add(end.id);
          }
        }
      }
    }
    return {
      node: (id) => (!allowed || allowed.has(id)) && (!state.types.length || state.types.includes(nodes.get(id).type)),
      edge: (edge) => (!state.relations.length || state.relations.includes(edge.relation)) && (state.lexicon !== "no" || !lexiconOnly(edge)),
    };
  }

  function surroundings(start, depth, filter) {
    const seen = new Set(start);
    let layer = [...start];
    for (let step = 0; step < depth && layer.length; step++) {
      const next = [];
      for (const id of layer) {
        if (step > 0 && ["Event", "Document"].includes(nodes.get(id).type)) continue;
        for (const edge of around.get(id)) {
          const end = far(edge, id);
          if (seen.has(end) || !filter.edge(edge) || !filter.node(end)) continue;
          seen.add(end);
          next.push(nodes.get(end));
        }
      }
      layer = next.sort(byInterest).map((node) => node.id);
      layer.forEach((id) => { seen.delete(id); seen.add(id); }); // in order of interest
    }
    return [...seen];
  }

  function subgraph(ids, filter) {
    const inside = new Set(ids);
    const chosen = [...inside].sort();
    return {
      nodes: chosen.map((id) => nodes.get(id)),
      edges: chosen.flatMap((id) => around.get(id).filter((edge) => edge.source === id && inside.has(edge.target) && filter.edge(edge))),
    };
  }

  async function graph(state) {
    const filter = sieve(state);
    const limit = limitOf(state);
    const foci = state.focus.filter((id) => nodes.has(id));
    const all = foci.length
      ? surroundings(foci, Number(state.depth), filter)
      : [...nodes.values()].filter((node) => node.type !== "Document" && filter.node(node.id)).sort(byInterest).map((node) => node.id);
    const shown = all.slice(0, Math.max(limit, foci.length));
    const opened = state.open.filter((id) => nodes.has(id)).flatMap((id) => surroundings([id], 1, filter).slice(0, limit));
    const part = subgraph([...shown, ...opened], filter);
    return { ...part, shown: { nodes: part.nodes.length, of: Math.max(all.length, part.nodes.length), reason: shown.length < all.length ? "limit" : "all" } };
  }

  function way(from, to, avoid) {
    const before = new Map([[from, from]]);
    let layer = [from];
    for (let step = 0; step < 8 && layer.length && !before.has(to); step++) {
      const next = [];
      for (const id of layer) {
        for (const edge of around.get(id)) {
          const end = far(edge, id);
          if (before.has(end) || (end !== to && avoid.includes(nodes.get(end).type))) continue;
          before.set(end, id);
          next.push(end);
        }
      }
      layer = next;
    }
    if (!before.has(to)) return null;
    const found = [to];
    while (found[0] !== from) found.unshift(before.get(found[0]));
    return found;
  }

  const rankOf = (name, key) => {
    const at = name.key.indexOf(key);
    if (at < 0) return 9;
    if (at === 0) return name.key.length === key.length ? 0 : 2 * key.length >= name.key.length ? 1 : 2;
    return name.text.split(/[^\p{L}\p{N}]+/u).some((_, n, words) => n > 0 && fold(words.slice(n).join("")).startsWith(key)) ? 3 : 4;
  };

  return {
    standalone: true,
    async overview() {
      const count = (list, of) => Object.entries(Object.groupBy(list, of)).map(([name, items]) => ({ name, count: items.length }));
      const all = [...nodes.values()];
      const leading = (type, relation) => {
        const counts = new Map(all.filter((node) => node.type === type).map((node) => [node, around.get(node.id).filter((edge) => edge.relation === relation && edge.target === node.id).length]));
        return [...counts.keys()].filter((node) => counts.get(node)).sort((a, b) => counts.get(b) - counts.get(a) || byInterest(a, b)).slice(0, 10);
      };
      const sessions = all.filter((node) => node.type === "Event" || node.type === "Session");
      return {
        nodes: nodes.size, edges: data.edges.length, editable: false, undo: 0, passages: false,
        leading: { concepts: leading("Concept", "about"), people: leading("Person", "performer"), institutions: leading("Organization", "affiliation") },
        facets: {
          types: count(all, (node) => node.type), relations: count(data.edges, (edge) => edge.relation), sessions,
          days: [...new Set(all.filter((node) => node.type === "Talk").map(day).filter(Boolean))].sort(),
        },
      };
    },
    graph,
    async search(text) {
      const key = fold(text);
      const best = new Map();
      for (const name of names) {
        const rank = rankOf(name, key);
        if (rank < (best.get(name.node.id)?.rank ?? 9)) best.set(name.node.id, { ...name.node, matched: name.text, rank });
      }
      const results = [...best.values()].sort((a, b) => a.rank - b.rank || byInterest(a, b));
      return { query: text, of: results.length, results: results.slice(0, 12) };
    },
    async node(id) {
      if (!nodes.has(id)) return null;
      const edges = around.get(id).slice(0, 400);
      return { node: nodes.get(id), edges, nodes: edges.map((edge) => nodes.get(far(edge, id))), shown: { nodes: edges.length, of: around.get(id).length } };
    },
    async path(from, to) {
      const found = way(from, to, ["Event", "Document", "Session"]) ?? way(from, to, ["Event", "Document"]) ?? [];
      return { path: found, ...subgraph(found, { edge: () => true }) };
    },
    async passage() {
      return { lines: [] };
    },
  };
}
