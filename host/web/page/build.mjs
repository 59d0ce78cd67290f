// node build.mjs OUT [NODE_MODULES]: bundles the pages into the folder OUT.
// app.js is all pages but the map; world.js, which holds Phaser, is fetched by pages with a map.
import { build } from "esbuild";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [out, modules] = process.argv.slice(2);
const here = process.env.PAGE_SOURCES ?? dirname(fileURLToPath(import.meta.url));
mkdirSync(out, { recursive: true });
await build({
  entryPoints: [join(here, "src/app.js"), join(here, "src/world.js"), join(here, "src/style.css")],
  bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8",
  external: ["/assets/*"], legalComments: "none", logLevel: "warning",
  outdir: out, nodePaths: modules ? [modules] : [],
});
for (const name of ["index.html", "favicon.svg"]) copyFileSync(join(here, "src", name), join(out, name));
