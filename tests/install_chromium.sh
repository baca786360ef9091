#!/bin/sh
# Installs the browser that the tests drive. Only an administrator of a Debian-like system can.
set -eu

if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Stopped: the browser tests need Chromium; install the chromium package of this system, then run the same command again." >&2
    exit 1
fi
echo "Installing Chromium…"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; }; then
    echo "Stopped: Chromium could not be installed; see the message above, then install the chromium package by hand." >&2
    exit 1
fi
