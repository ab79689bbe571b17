#!/usr/bin/env bash
# Installs the packages of a lock file in .venv: venv.sh requirements.txt|requirements-dev.txt
# The second file contains all of the first. A mark, written last, says that all went well. Without a mark, with
# another Python or in a checkout that has moved, .venv is made anew.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(pwd -P)
wanted=$1
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV
# The Python that makes .venv must not be the one in an activated .venv.
PATH=$(tr ':' '\n' <<<"$PATH" | grep -vxF -e "$PWD/.venv/bin" -e "$here/.venv/bin" | paste -sd:)

fail() { printf 'samverkan: %s\n' "$*" >&2; exit 1; }

mark_for() { # what the mark must contain: the checkout's path, the Python version, the packages
  local version
  version=$(.venv/bin/python -c 'import sys; print(sys.version)' 2>/dev/null) || return 1
  { printf '%s\n%s\n' "$here" "$version"; cat "$1"; } | sha256sum
}
is_ready() { [ "$(cat ".venv/installed-$1" 2>/dev/null)" = "$(mark_for "$1" || echo none)" ]; }
belongs_here() { [ "$(cat .venv/made 2>/dev/null)" = "$(mark_for /dev/null || echo none)" ]; }

find_python() {
  local name
  for name in python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$name"; return; fi
  done
  fail "Python 3.11 or newer is needed; here is $(python3 --version 2>&1 || echo none)."
}

make_anew() {
  local python
  python=$(find_python)
  "$python" -c 'import ensurepip' 2>/dev/null || tools/packages.sh python3-venv
  "$python" -c 'import ensurepip' 2>/dev/null || fail "$(command -v "$python") cannot make virtual environments."
  rm -rf .venv
  "$python" -m venv .venv || fail "the virtual environment .venv could not be made."
  # Makes the checkout importable, wherever pytest starts.
  echo "$here" >"$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/samverkan.pth"
}

is_ready "$wanted" && exit 0
mkdir -p var
exec 9>var/setup.lock
flock --nonblock 9 || { echo "Another set-up is running; waiting for it."; flock 9; }
is_ready "$wanted" && exit 0

if ! belongs_here || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then make_anew; fi
rm -f .venv/made .venv/installed-*  # so that an interrupted installation starts anew
echo "Installing the Python packages of $wanted"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
.venv/bin/python -m pip install --quiet --require-hashes -r "$wanted" >"$log" 2>&1 9>&- || {
  tail -n 15 "$log" >&2
  fail "the Python packages could not be installed; pip's last words are above."
}
mark_for /dev/null >.venv/made
mark_for requirements.txt >.venv/installed-requirements.txt
[ "$wanted" = requirements.txt ] || mark_for "$wanted" >".venv/installed-$wanted"
