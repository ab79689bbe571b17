#!/usr/bin/env bash
# Installs those of the named Debian packages that are missing: packages.sh PACKAGE...
# Works as root or with passwordless sudo; otherwise says what to run.
set -euo pipefail

fail() { printf 'samverkan: %s\n' "$*" >&2; exit 1; }

command -v dpkg-query >/dev/null || fail "the set-up knows Debian's packages only, and this is another system."
installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p' || true)
missing=()
for package in "$@"; do
  grep -qxF "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

install=(apt-get install --yes --no-install-recommends "${missing[@]}")
if [ "$(id -u)" = 0 ]; then
  as_root=(env)
elif sudo -n true 2>/dev/null; then
  as_root=(sudo -n env)
else
  fail "Debian packages are missing. Run: sudo apt-get update && sudo ${install[*]}"
fi
as_root+=(DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1)

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { "${as_root[@]}" apt-get -qq -o DPkg::Lock::Timeout=300 "$@" </dev/null >>"$log" 2>&1; }
refresh() { "${as_root[@]}" dpkg --configure -a </dev/null >>"$log" 2>&1 && apt update; }

# The tests start their own server, so the package must not create one that starts at every boot.
if [[ " ${missing[*]} " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
  "${as_root[@]}" mkdir -p /etc/postgresql-common
  "${as_root[@]}" sh -c 'echo "create_main_cluster = off" >/etc/postgresql-common/createcluster.conf'
fi

echo "Installing Debian packages: ${missing[*]}"
compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null || refresh || true
# Tries again with fresh lists, since the mirror drops a package's old version as soon as there is a new one.
apt "${install[@]:1}" || { refresh && apt "${install[@]:1}"; } || {
  tail -n 15 "$log" >&2
  fail "apt-get could not install ${missing[*]}; its last words are above."
}
