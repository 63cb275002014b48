// Reads the GEXF and Mermaid exports of a folder with the libraries of the web, and
// holds what they count against the graph JSON.
// usage: node readers.mjs NODE_MODULES FOLDER
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [modules, folder] = process.argv.slice(2)
const require = createRequire(path.join(modules, 'reader.js'))
const { MultiDirectedGraph } = require('graphology')
const gexf = require('graphology-gexf')
const { JSDOM } = require('jsdom')

const read = (name) => fs.readFileSync(path.join(folder, name), 'utf8')
const same = (what, got, want) => {
  if (got !== want) throw new Error(`${what}: ${got} and not ${want}`)
}

const graph = JSON.parse(read('graph.json'))
// No control characters: XML and pictures cannot hold them.
const drawable = (text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '')

for (const file of ['graph.gexf', 'graph-1.3.gexf']) {
  const drawn = gexf.parse(MultiDirectedGraph, read(file))
  same(`${file}: nodes`, drawn.order, graph.nodes.length)
  same(`${file}: edges`, drawn.size, graph.edges.length)
  for (const node of graph.nodes) {
    const got = drawn.getNodeAttributes(node.id)
    same(`${file}: label of ${node.id}`, got.label, drawable(node.label))
    same(`${file}: type of ${node.id}`, got.type, node.type)
    if (![got.x, got.y, got.size].every(Number.isFinite) || !got.color) throw new Error(`${file}: ${node.id} has no place, size or colour`)
  }
}

const dom = new JSDOM('<!DOCTYPE html>')
globalThis.window = dom.window
globalThis.document = dom.window.document
const mermaid = (await import(pathToFileURL(path.join(modules, 'mermaid/dist/mermaid.core.mjs')))).default
mermaid.initialize({ maxTextSize: 5e7, maxEdges: 1e6 })
const { db } = await mermaid.mermaidAPI.getDiagramFromText(read('graph.mmd'))
const decode = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code))
const vertices = [...db.getVertices().values()].map((vertex) => decode(vertex.text)).sort()
const labels = graph.nodes.map((node) => drawable(node.label).split(/\s+/).join(' ')).sort()
same('mermaid nodes', vertices.length, graph.nodes.length)
same('mermaid edges', db.getEdges().length, graph.edges.length)
labels.forEach((label, i) => same('mermaid label', vertices[i], label))
console.log(`${graph.nodes.length} nodes, ${graph.edges.length} edges`)
