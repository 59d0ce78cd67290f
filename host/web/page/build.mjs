// node build.mjs OUT [NODE_MODULES]: bundles the pages into the folder OUT.
// app.js is all pages but the map; world.js, which holds Phaser, is fetched by pages with a map.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [out, modules] = process.argv.slice(2);
const here = process.env.PAGE_SOURCES ?? dirname(fileURLToPath(import.meta.url));
mkdirSync(out, { recursive: true });

// Phaser is made to be built from its sources with parts left out: its own build puts these in the place of `typeof NAME`.
const parts = { CANVAS_RENDERER: true, WEBGL_RENDERER: false, WEBGL_DEBUG: false, FEATURE_SOUND: false, PLUGIN_CAMERA3D: false, PLUGIN_FBINSTANT: false };
const phaserSources = {
  name: "phaser-sources",
  setup(task) {
    const root = resolve(modules ?? join(here, "node_modules"), "phaser");
    task.onResolve({ filter: /^phaser\/src\// }, ({ path, kind }) => task.resolve(`./${path.slice("phaser/".length)}`, { resolveDir: root, kind }));
    task.onLoad({ filter: /[\\/]phaser[\\/]src[\\/].*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/typeof ([A-Z]\w+)\b/g, (all, name) => (name in parts ? parts[name] : all)),
    }));
  },
};
await build({
  entryPoints: [join(here, "src/app.js"), join(here, "src/world.js"), join(here, "src/style.css")],
  bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8",
  external: ["/assets/*"], legalComments: "none", logLevel: "warning",
  outdir: out, nodePaths: modules ? [modules] : [], plugins: [phaserSources],
});
for (const name of ["index.html", "favicon.svg"]) copyFileSync(join(here, "src", name), join(out, name));
// Pages with a map: the browser fetches all that they need at once
const preloads = ["people@2x.png", "lamp@2x.png"].map((name) => `<link rel="preload" as="image" href="/assets/${name}">`);
writeFileSync(join(out, "map.html"), readFileSync(join(out, "index.html"), "utf8")
  .replace("</head>", ['<link rel="modulepreload" href="/assets/world.js">', ...preloads, "</head>"].join("\n")));
