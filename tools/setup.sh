#!/usr/bin/env bash
# Installs what a target needs: setup.sh run|check|test. Fast if there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."

# WeasyPrint draws with Pango; fontconfig finds it the fonts, and one has emoji.
packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-color-emoji)
requirements=requirements-dev.txt
case ${1:-} in
  run) requirements=requirements.txt ;;
  check) ;;
  # PostgreSQL, the browser and what drives it, and what validates and reads PDF files.
  test) packages+=(postgresql chromium libatomic1 default-jre-headless libjaxb-java poppler-utils) ;;
  *) echo "setup.sh: run, check or test" >&2; exit 2 ;;
esac

tools/packages.sh "${packages[@]}"
tools/venv.sh "$requirements"
