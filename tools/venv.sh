#!/usr/bin/env bash
# Makes .venv hold the packages of a lock file: venv.sh requirements.txt|requirements-dev.txt
# The second file contains all of the first. A mark, written last, says that all went well; a virtual environment
# without one, of another Python, or made before the checkout was moved, is made anew.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(pwd -P)
wanted=$1
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV
# An activated .venv must not be the Python that it is itself made from.
PATH=$(tr ':' '\n' <<<"$PATH" | grep -vxF -e "$PWD/.venv/bin" -e "$here/.venv/bin" | paste -sd:)

fail() { printf 'samverkan: %s\n' "$*" >&2; exit 1; }

mark_for() { # what the mark must say: where, which Python, which packages
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
  # The checkout itself can be imported, wherever pytest is started.
  echo "$here" >"$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/samverkan.pth"
}

is_ready "$wanted" && exit 0
mkdir -p var
exec 9>var/setup.lock
flock --nonblock 9 || { echo "Another set-up is running; waiting for it."; flock 9; }
is_ready "$wanted" && exit 0

if ! belongs_here || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then make_anew; fi
rm -f .venv/made .venv/installed-*  # an interrupted installation is begun anew
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
