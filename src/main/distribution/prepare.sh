#!/bin/sh
# Makes the next starts faster, of the service and of its commands: writes an archive of the classes (Java's class-data sharing) into the given
# folder, unless one is there that was made of these very jars by this very Java. Java uses it with -XX:SharedArchiveFile, and starts without it
# where it does not fit.
#   sh prepare.sh <folder> [<java>]
set -eu
archive=$(cd "$1" && pwd)/passerelle.jsa
java=${2:-java}
cd "$(dirname "$0")"
# Java itself compares only size and time of the jars, and all versions are packed with the same time
made_of=$({ "$java" -version 2>&1; cat passerelle.jar lib/*.jar; } | sha256sum)
if [ -f "$archive" ] && [ "$(cat "$archive.made-of" 2>/dev/null)" = "$made_of" ]; then
  exit 0
fi
rm -f "$archive" "$archive.made-of"
classes=$archive.classes
trap 'rm -f "$classes" "$classes.command"' EXIT
# a start and a command that reach nobody, and end by themselves; the command complains of that
reaching_nobody() {
  env PAHEKO_PLUGIN_URL=http://127.0.0.1:1/ PAHEKO_PLUGIN_SECRET=none REDIS_URL=redis://127.0.0.1:1 PASSERELLE_HTTP_HOST=127.0.0.1 \
    PASSERELLE_HTTP_PORT=0 "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$@" >/dev/null 2>&1
}
reaching_nobody -XX:DumpLoadedClassList="$classes" -Dcamel.main.duration-max-seconds=1 -jar passerelle.jar
reaching_nobody -XX:DumpLoadedClassList="$classes.command" -jar passerelle.jar status || true
cat "$classes.command" >>"$classes"
# only with this collector it holds objects as well; Java reads them with any
"$java" -XX:+UseG1GC -XX:TieredStopAtLevel=1 -Xshare:dump -XX:SharedClassListFile="$classes" -XX:SharedArchiveFile="$archive" \
  -cp passerelle.jar >/dev/null 2>&1
echo "$made_of" >"$archive.made-of"
