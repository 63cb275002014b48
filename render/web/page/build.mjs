// Builds dist from src. With --check it builds nothing and fails when dist is not
// what src gives, or when the page has grown beyond its limit.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";

// Bytes, compressed: of what draws the graph, and of everything that the page loads.
const engineLimit = 60 * 1000;
const pageLimit = 80 * 1000;
const check = process.argv.includes("--check");

const options = {
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  write: false,
};
const banner = { js: "/* talkgraph's explorer, with sigma and graphology in it (MIT licence; see LICENSES.txt beside the sources) */" };
const result = await build({ ...options, banner, entryPoints: ["src/app.js", "src/app.css"], outdir: "dist" });
const compressed = (content) => gzipSync(content, { level: 9 }).length;
const files = result.outputFiles.map((file) => ({ path: file.path, content: Buffer.from(file.contents) }));
files.push({ path: "dist/index.html", content: await readFile("src/index.html") });

const shared = await build({ ...options, stdin: { contents: 'export * from "./src/live.js"; export * from "./src/view.js";', resolveDir: "." } });
const engineSize = compressed(shared.outputFiles[0].contents);
let pageSize = 0;
let stale = false;
for (const { path, content } of files) {
  if (!path.endsWith(".html")) pageSize += compressed(content);
  // The script goes into the program packed.
  const packed = path.endsWith(".js");
  const target = packed ? path + ".gz" : path;
  if (!check) {
    await writeFile(target, packed ? gzipSync(content, { level: 9 }) : content);
    continue;
  }
  const built = await readFile(target).then((file) => (packed ? gunzipSync(file) : file), () => Buffer.alloc(0));
  if (!content.equals(built)) {
    console.error(`${path} is not what src gives; run npm run build`);
    stale = true;
  }
}
console.log(`compressed: engine ${engineSize} of ${engineLimit} bytes, page ${pageSize} of ${pageLimit}`);
if (stale || engineSize > engineLimit || pageSize > pageLimit) process.exit(1);
