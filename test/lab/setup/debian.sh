#!/bin/sh
# Unpacks packages of Debian's into a folder, with or without those that they ask for. Its lists are its own,
# from where this machine has Debian's packages: nothing is installed, and no rights are needed.
# usage: debian.sh FOLDER ARCHITECTURE SUITE install|download PACKAGE…
set -e
folder=$1 arch=$2 suite=$3 how=$4
shift 4
index=$(apt-get indextargets --format '[signed-by=$(SIGNED_BY)] $(REPO_URI)' \
  'Created-By: Packages' 'Origin: Debian' | head -n 1)
apt=$(mktemp -d)
trap 'rm -rf "$apt"' EXIT
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
echo "deb $index $suite main" >"$apt/sources.list"
: >"$apt/status"
ask() {
  apt-get -qq -o APT::Architecture="$arch" -o APT::Architectures="$arch" -o APT::Sandbox::User=root \
    -o Dir::State="$apt" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" \
    -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null "$@" >&2
}
ask update
cd "$apt/cache/archives"
if [ "$how" = install ]; then
  ask install --yes --no-install-recommends --download-only "$@"
else
  ask download "$@"
fi
for package in *.deb; do
  dpkg-deb --extract "$package" "$folder"
done
