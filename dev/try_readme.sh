#!/usr/bin/env bash
# Tries the README's first command as a newcomer does: a fresh clone, an empty home folder, the three printed commands.
set -euo pipefail

source=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
server=

finish() {
    if [ -n "$server" ]; then kill -TERM -- "-$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    rm -rf "$place"
}
trap finish EXIT

give_up() {
    echo "$1" >&2
    cat "$place/said" >&2
    exit 1
}

git clone --quiet "$source" "$place/stepwell"
mkdir "$place/home"
cd "$place/stepwell"
export HOME="$place/home"
unset PYTHONPATH VIRTUAL_ENV "${!STEPWELL_@}" "${!MAKE@}"

began=$SECONDS
set -m
make run ARGS="--port 0" >"$place/said" 2>&1 &
server=$!
set +m
until grep -q "Ctrl-C" "$place/said"; do
    kill -0 "$server" 2>/dev/null || give_up "Expected 'make run' to go on, but it ended:"
    [ $((SECONDS - began)) -lt "${TRY_SECONDS:-120}" ] || give_up "Expected the server in ${TRY_SECONDS:-120} s, but it is not ready:"
    sleep 0.2
done
echo "ready after $((SECONDS - began)) s"

mapfile -t commands < <(sed -n 's/^    \([^# ].*stepwell .*\|stepwell .*\)$/\1/p' "$place/said")
[ "${#commands[@]}" -eq 3 ] || give_up "Expected three commands to try, but found ${#commands[@]}:"
bash -c "${commands[0]}"
until shown=$(bash -c "${commands[1]}") && [[ $shown == *hand_over* ]]; do
    [ $((SECONDS - began)) -lt $((${TRY_SECONDS:-120} + 60)) ] || give_up "Expected the timer to fire, but it did not:"
    sleep 0.5
done
echo "$shown"
tasks=$(bash -c "${commands[2]}")
echo "$tasks"
bash -c "$(sed -n 's/^Next: //p' <<<"$tasks")"
shown=$(bash -c "${commands[1]}")
[[ $shown == *completed* ]] || give_up "Expected the instance to be completed, but it is not: $shown"
echo "The README's first command works."
