#!/bin/sh
# Brings this checkout to life: system packages, .venv, the locked Python packages, the project itself.
# It does nothing, in a moment, when nothing it read has changed since it last ended well.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
venv=.venv
stamp=$venv/set-up.stamp
log=build/setup.log

# To load Qt and draw without a screen; GL comes along because Qt's libraries name it.
qt_packages='libglib2.0-0 libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3'
# To open a real window, under Xvfb too.
window_packages='xvfb xauth libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1
    libxkbcommon-x11-0 libxcb-render-util0 libxcb-image0'
# For printers on USB.
device_packages='libusb-1.0-0'
# For the tests of the bureau on PostgreSQL, which make servers of their own and throw them away.
server_packages='postgresql'
packages="python3-venv $qt_packages $window_packages $device_packages $server_packages"

say() { printf 'setup: %s\n' "$*"; }

fail() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

# Run a command quietly; when it fails, show the end of what it said.
quietly() {
    "$@" >>"$log" 2>&1 && return
    tail -n 30 "$log" >&2
    fail "this failed: $* (all of it: $log)"
}

# The checkout's place is part of it, because .venv remembers the place and does not work after a move.
fingerprint() {
    { printf '%s\n' "$root"; cat requirements/dev.lock tools/setup.sh pyproject.toml; } | sha256sum
}

is_done() { [ -x "$venv/bin/python" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ]; }

# Newer Debian releases carry some of these libraries under the same name with t64 behind it.
is_installed() {
    for spelling in "$1" "$1t64"; do
        status=$(dpkg-query --show --showformat='${db:Status-Status}' "$spelling" 2>/dev/null || true)
        [ "$status" != installed ] || return 0
    done
    return 1
}

install_system_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "this is no Debian: see tools/setup.sh for the system libraries it needs"
        return
    fi
    missing=
    for package in $packages; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    install="apt-get install --no-install-recommends$missing"
    [ "$(id -u)" -eq 0 ] || fail "system packages are missing; first run: sudo $install"
    say "installing system packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    quietly apt-get update
    case " $missing " in
        *" postgresql "*) install_without_server ;;
    esac
    # shellcheck disable=SC2086  # a list of packages
    quietly apt-get install --yes --no-install-recommends $missing
}

# The package would make and start a server for the whole machine, which nobody asked for.
install_without_server() {
    quietly apt-get install --yes --no-install-recommends postgresql-common
    sed -i 's/^#*create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
}

is_usable_python() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

# Debian's own Python first: what stands earlier on PATH may be a shim without a Python behind it.
find_python() {
    for directory in /usr/bin ''; do
        for name in python3.11 python3.12 python3.13 python3; do
            candidate=$(command -v "${directory:+$directory/}$name" || true)
            if [ -n "$candidate" ] && is_usable_python "$candidate"; then
                echo "$candidate"
                return
            fi
        done
    done
    fail "no Python from 3.11 to 3.13 with the venv module was found"
}

make_venv() {
    ! is_usable_python "$venv/bin/python" || return 0
    python=$(find_python)
    say "making $venv with $python"
    rm -rf "$venv"
    quietly "$python" -m venv "$venv"
}

install_python_packages() {
    say "installing the locked Python packages and the project"
    pip="$venv/bin/python -m pip --disable-pip-version-check --no-input"
    # shellcheck disable=SC2086  # a program and its arguments
    {
        quietly $pip install --require-hashes --requirement requirements/dev.lock
        quietly $pip install --no-deps --no-build-isolation --editable .
    }
}

! is_done || exit 0
mkdir -p build
# Two starts at once: the second waits, and then finds the work done.
if command -v flock >/dev/null; then
    exec 9>build/setup.lock
    flock 9
    ! is_done || exit 0
fi
: >"$log"
began_s=$(date +%s)
install_system_packages
make_venv
install_python_packages
fingerprint >"$stamp"
say "done in $(($(date +%s) - began_s)) s"
