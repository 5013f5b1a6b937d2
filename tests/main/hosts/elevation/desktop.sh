#!/bin/sh
# Run as root in a mount namespace of its own: a computer with this pkexec ($1; none if empty) and without kdesudo, and
# with this home of root ($2). The rest is the program to run there.
set -eu
pkexec=$1 root=$2
shift 2
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work
mount -t overlay overlay -o lowerdir=/usr/bin,upperdir=/mnt/upper,workdir=/mnt/work /usr/bin
rm -f /usr/bin/kdesudo /usr/bin/pkexec
[ -z "$pkexec" ] || install -m 755 "$pkexec" /usr/bin/pkexec
mount --bind "$root" /root
exec "$@"
