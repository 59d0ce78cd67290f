#!/usr/bin/env bash
# pages_test.sh PROPERSIM OUT: the tests of the pages, and of the arithmetic in them. What they need from npm is
# installed in OUT as the lock file says. Exit 77: skipped.
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$1 out=$2
skip() { echo "skipped: $1"; exit 77; }

command -v node >/dev/null && command -v npm >/dev/null || skip 'node and npm are not there'
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip 'chromium is not there (apt-get install chromium)'
"$program" serve --help >/dev/null || exit 1
mkdir -p "$out" && cp "$here"/package.json "$here"/package-lock.json "$out" || exit 1
if [ ! -d "$out/node_modules/playwright-core" ]; then
  (cd "$out" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || skip 'npm ci did not get playwright-core'
fi
cp "$here"/*.mjs "$out" || exit 1
export PAGE_SOURCES="$here/../../host/web/page/src"
node "$out/statistics_test.mjs" || exit 1
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || skip 'playwright-core needs Node.js 20; Debian 12 has 18'
exec node "$out/pages_test.mjs" "$program" "$out/screenshots"
