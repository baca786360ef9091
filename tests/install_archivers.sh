#!/bin/sh
# Installs the programs that the tests unpack zips with. Only an administrator of a Debian-like system can.
set -eu

missing=""
command -v unzip >/dev/null 2>&1 || missing="$missing unzip"
# Debian 12 calls the program 7zz, later ones 7z as well.
command -v 7zz >/dev/null 2>&1 || command -v 7z >/dev/null 2>&1 || missing="$missing 7zip"
if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Stopped: the tests unpack zips with real programs; install these packages of this system, then run the same command again:$missing" >&2
    exit 1
fi
echo "Installing$missing…"
export DEBIAN_FRONTEND=noninteractive
# The names are words of their own on purpose.
# shellcheck disable=SC2086
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; }; then
    echo "Stopped: these programs could not be installed; see the message above, then install them by hand:$missing" >&2
    exit 1
fi
