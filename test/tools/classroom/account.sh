# Runs a command in a namespace of its own: files of accounts with one account more lie over the machine's.
# Where Python is in somebody's closed home, the part of it that is needed is open there.
# usage: sh account.sh FOLDER NAME PASSWORD CLOSED NEEDED COMMAND...
set -e
folder=$1 name=$2 password=$3 closed=$4 needed=$5
shift 5
cp -p /etc/passwd /etc/group "$folder"
echo "$name:x:64242:64242::$folder/home:/bin/sh" >> "$folder/passwd"
echo "$name:x:64242:" >> "$folder/group"
umask 077
echo "$name:$(openssl passwd -6 "$password"):19000:0:99999:7:::" > "$folder/shadow"
umask 022
for file in passwd group shadow; do mount --bind "$folder/$file" /etc/$file; done
mkdir -p "$folder/home" "$folder/needed"
chown 64242:64242 "$folder/home"
if [ "$closed" ]; then
  mount --bind "$needed" "$folder/needed"
  mount -t tmpfs -o mode=755 tmpfs "$closed"
  mkdir "$needed"
  mount --bind "$folder/needed" "$needed"
fi
exec "$@"
