// node embed.mjs OUT.c FILE...: the files as a C table, for host/web/assets.h.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, extname } from "node:path";

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml" };
const [out, ...files] = process.argv.slice(2);
const parts = ['#include "web/assets.h"\n'], table = [];
files.forEach((file, i) => {
  const bytes = readFileSync(file), name = basename(file);
  const lines = [];
  for (let at = 0; at < bytes.length; at += 32) lines.push(bytes.subarray(at, at + 32).join(","));
  parts.push(`\nstatic const unsigned char file${i}[] = {\n${lines.join(",\n")}};\n`);
  const etag = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  table.push(`    { "${name}", "${types[extname(name)]}", "${etag}", file${i}, sizeof(file${i}) },`);
});
parts.push(`\nconst struct web_asset web_assets[] = {\n${table.join("\n")}\n};\n`,
  `const size_t web_asset_count = ${files.length};\n`);
writeFileSync(out, parts.join(""));
