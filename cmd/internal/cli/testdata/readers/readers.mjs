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
const drawn = gexf.parse(MultiDirectedGraph, read('graph.gexf'))
same('gexf nodes', drawn.order, graph.nodes.length)
same('gexf edges', drawn.size, graph.edges.length)
for (const node of graph.nodes) same(`label of ${node.id}`, drawn.getNodeAttribute(node.id, 'label'), node.label)

const dom = new JSDOM('<!DOCTYPE html>')
globalThis.window = dom.window
globalThis.document = dom.window.document
const mermaid = (await import(pathToFileURL(path.join(modules, 'mermaid/dist/mermaid.core.mjs')))).default
mermaid.initialize({ maxTextSize: 5e7, maxEdges: 1e6 })
await mermaid.parse(read('graph.mmd'))
console.log(`${drawn.order} nodes, ${drawn.size} edges`)
