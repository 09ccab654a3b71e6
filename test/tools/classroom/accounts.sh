# Runs a command in a namespace of its own, where two accounts more, one and two, lie over the machine's; theirs
# and root's password is the one given.
# usage: sh accounts.sh FOLDER PASSWORD COMMAND...
set -e
folder=$1 secret=$(openssl passwd -6 "$2")
shift 2
cp -p /etc/passwd /etc/group /etc/shadow "$folder"
sed -i "s|^root:[^:]*|root:$secret|" "$folder/shadow"
number=64243
for name in one two; do
  mkdir -p "$folder/$name"
  chown $number:$number "$folder/$name"
  echo "$name:x:$number:$number::$folder/$name:/bin/sh" >> "$folder/passwd"
  echo "$name:x:$number:" >> "$folder/group"
  echo "$name:$secret:19000:0:99999:7:::" >> "$folder/shadow"
  number=$((number + 1))
done
for file in passwd group shadow; do mount --bind "$folder/$file" /etc/$file; done
exec "$@"
