#!/bin/sh
# Proves that a fresh clone needs nothing but `./run`: on a bare Debian 12, made here under build/fresh,
# it runs `./run test`, or the command that is named. Only how to reach the package servers comes from this
# machine: mirror, proxy, certificates, pip's settings.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
fresh=$root/build/fresh
release=bookworm
clone=/root/hall-kiosk

say() { printf 'check-fresh: %s\n' "$*"; }

fail() {
    printf 'check-fresh: %s\n' "$*" >&2
    exit 1
}

# Mounts and processes of our own: however this ends, nothing stays mounted and nothing keeps running.
in_namespaces() { unshare --mount --pid --fork --kill-child --mount-proc env INSIDE=yes sh "$0" "$@"; }

bootstrap() {
    targets=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Identifier: Packages' |
        grep -E " $release(-|\$)" | sort -u)
    mirror=$(printf '%s\n' "$targets" | sed -n "s/ $release\$//p" | head -n 1)
    [ -n "$mirror" ] || fail "apt knows no mirror of $release here"
    if ! command -v debootstrap >/dev/null; then
        say "installing debootstrap"
        apt-get -qq update
        DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends debootstrap >/dev/null
    fi
    say "making a bare Debian ($release)"
    rm -rf "$fresh"
    mkdir -p "$fresh"
    debootstrap --variant=minbase "$release" "$fresh" "$mirror" >"$root/build/debootstrap.log" 2>&1 ||
        fail "debootstrap failed: see build/debootstrap.log"
    printf '%s\n' "$targets" | sed 's/.*/deb & main/' >"$fresh/etc/apt/sources.list"
}

bring_file() {
    [ -f "$1" ] || return 0
    mkdir -p "$fresh$(dirname "$1")"
    cp -L "$1" "$fresh$1"
}

# A file is copied, a folder of packages is lent; of an index the folder above it, where its files are.
lend() {
    place=${1#file://}
    if [ -d "$place" ]; then
        [ "$(basename "$place")" != simple ] || place=$(dirname "$place")
        mkdir -p "$fresh$place"
        mount --bind --read-only "$place" "$fresh$place"
    else
        bring_file "$place"
    fi
}

bring_reach() {
    apt-config dump Acquire | grep -E '^Acquire::(https?::|Check-)' >"$fresh/etc/apt/apt.conf.d/90host" || true
    # Debian's package of certificates writes its list anew when it comes along with Python, and adds these.
    own_certificates=/usr/local/share/ca-certificates
    if [ -d "$own_certificates" ]; then
        mkdir -p "$fresh$own_certificates"
        cp -RL "$own_certificates/." "$fresh$own_certificates"
    fi
    settings=$(env | grep -iE '^(PIP_|SSL_CERT_FILE=|REQUESTS_CA_BUNDLE=|(https?|no)_proxy=)' || true)
    printf '%s\n' "$settings" | sed "/^\$/d; s/'/'\\\\''/g; s/=\(.*\)/='\1'/; s/^/export /" >"$fresh/root/reach.sh"
    pip_files="/etc/pip.conf $HOME/.config/pip/pip.conf $HOME/.pip/pip.conf"
    for file in /etc/resolv.conf /etc/hosts $pip_files; do
        bring_file "$file"
    done
    # shellcheck disable=SC2086  # a list of files, some of which are not there
    { cat $pip_files 2>/dev/null || true; printf '%s\n' "$settings"; } |
        tr ' =' '\n\n' | grep -E '^(file://)?/.' | sort -u >"$root/build/places"
    while read -r place; do
        lend "$place"
    done <"$root/build/places"
}

mount_system() {
    mount -t proc proc "$fresh/proc"
    mount -t sysfs -o ro sys "$fresh/sys"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$fresh/dev/pts"
    ln -sf pts/ptmx "$fresh/dev/ptmx"
    mkdir -p "$fresh/dev/shm"
    mount -t tmpfs shm "$fresh/dev/shm"
}

[ "$(id -u)" -eq 0 ] || fail "making a bare Debian needs root"
git -C "$root" rev-parse --quiet --verify HEAD >/dev/null || fail "there is no commit to clone"
if [ "${INSIDE-}" != yes ]; then
    in_namespaces "$@"
    exit
fi

[ $# -gt 0 ] || set -- test
bootstrap
bring_reach
mount_system
[ -z "$(git -C "$root" status --porcelain)" ] || say "what is not committed is not in the clone"
git clone --quiet --no-local "$root" "$fresh$clone"
say "./run $* at $(git -C "$root" rev-parse --short HEAD)"
env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM="${TERM-dumb}" \
    chroot "$fresh" sh -c ". /root/reach.sh; cd $clone; exec ./run \"\$@\"" run "$@" </dev/null ||
    fail "./run $* failed on a bare Debian; the clone is in build/fresh$clone"
say "./run $* works on a bare Debian"
