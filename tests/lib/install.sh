# Sourced: installs the Debian packages that are missing. Usage: install_missing PACKAGE...
install_missing() {
  local missing=() package sudo=""
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "installing: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "these packages are missing; install them as root: apt-get install ${missing[*]}" >&2
      return 1
    }
    sudo="sudo"
  fi
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# What a build needs, and what the tests need besides.
BUILD_PACKAGES=(cmake ninja-build pkg-config gcc libc6-dev liblua5.4-dev libcjson-dev libpcre2-dev libsqlite3-dev
  libssl-dev zlib1g-dev libzstd-dev libexpat1-dev libcurl4-openssl-dev
  libevent-dev libedit-dev)
TEST_PACKAGES=(libcmocka-dev clang lua5.4 lua-check bats sqlite3 git curl python3 expect)
WEB_PACKAGES=(chromium) # for the tests of the pages, with Node and playwright-core from npm
FUZZ_PACKAGES=(libclang-rt-14-dev llvm-14)

# Node.js and npm, from wherever they come; Debian's if there are none.
install_node() {
  command -v node >/dev/null && command -v npm >/dev/null && return 0
  install_missing nodejs npm
}
