# Sourced with $root set: makes .venv from uv.lock, with nothing put outside the checkout but uv's own cache.
# .venv/.kept-made says what it was last made from; it is written only when all went well.

unset PYTHONPATH PYTHONHOME VIRTUAL_ENV UV_PROJECT_ENVIRONMENT UV_PYTHON
unset PYTHONDONTWRITEBYTECODE # where it is set every start would compile all libraries anew
tools=$root/.tools
made=$root/.venv/.kept-made
lock=$tools/lock

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "Kept did not start: $1"
    shift
    for line in "$@"; do say "  $line"; done
    exit 1
}

# bring_environment run|dev: "dev" adds what the tests and checks need. What is there is never taken away again.
bring_environment() {
    wanted=$1
    environment_is_current "$wanted" && return 0
    mkdir -p "$tools" 2>/dev/null ||
        stop "it keeps its environment in $root, which cannot be written to." "Make the folder writable, or use a copy that is yours."
    take_lock
    if ! environment_is_current "$wanted"; then
        . "$root/bin/parts/making.sh"
        make_environment "$wanted"
    fi
    leave_lock
}

# The path is part of it: programs in .venv name it, so a checkout that was moved is made anew.
fingerprint() { (cd "$root" && cksum uv.lock pyproject.toml && printf '%s\n' "$root"); }

environment_is_current() {
    [ -x "$root/.venv/bin/python" ] && [ -x "$root/.venv/bin/kept" ] && [ -r "$made" ] || return 1
    current=$(fingerprint)
    [ "$(cat "$made")" = "dev $current" ] || { [ "$1" = run ] && [ "$(cat "$made")" = "run $current" ]; }
}

# A folder is made by one process only, on every file system; the number in it tells a stale lock from a live one.
take_lock() {
    told=
    empty_for=0
    until mkdir "$lock" 2>/dev/null; do
        holder=$(cat "$lock/pid" 2>/dev/null || true)
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            rm -rf "$lock"
            continue
        fi
        [ -n "$holder" ] || empty_for=$((empty_for + 1))
        [ "$empty_for" -lt 10 ] || rm -rf "$lock"
        [ -n "$told" ] || say "Another start is making the environment; waiting for it."
        told=yes
        sleep 1
    done
    echo $$ >"$lock/pid"
    trap leave_lock EXIT
    trap 'leave_lock; exit 130' INT
    trap 'leave_lock; exit 143' TERM HUP
}

leave_lock() {
    rm -rf "$lock"
    trap - EXIT INT TERM HUP
}
