# Sourced by environment.sh when the environment must be made: finds or brings uv and Python, then syncs.

oldest_uv=8 # 0.8 reads our lock file
uv_to_bring='uv>=0.13,<0.14'

make_environment() {
    groups=$1
    # tools for tests that are there already stay: bin/kept must not undo what bin/test has brought
    [ "$groups" = dev ] || ! [ -x "$root/.venv/bin/pytest" ] || groups=dev
    if [ -d "$root/.venv" ]; then
        say "Kept: bringing the environment up to date."
    else
        say "Kept: first start, making the environment in $root/.venv (a minute or so, once)."
    fi
    rm -f "$made"
    prepare_uv
    find_uv || bring_uv
    find_python || bring_python
    sync_packages "$groups"
    { printf '%s ' "$groups" && fingerprint; } >"$made.new"
    mv "$made.new" "$made"
    say "Kept: the environment is ready."
}

# A home that is missing or cannot be written to must not stop the start.
prepare_uv() {
    export UV_PYTHON_INSTALL_DIR="$tools/python" UV_NO_PROGRESS=1
    # a company's own certificates are known to the system, not to uv; the second name is for older ones
    if [ -d /etc/ssl/certs ] || [ "$(uname)" = Darwin ]; then export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1; fi
    home=${HOME:-}
    if [ -n "${UV_CACHE_DIR:-}" ]; then return; fi
    if [ -n "$home" ] && mkdir -p "${XDG_CACHE_HOME:-$home/.cache}/uv" 2>/dev/null &&
        [ -w "${XDG_CACHE_HOME:-$home/.cache}/uv" ]; then return; fi
    export UV_CACHE_DIR="$tools/cache" PIP_CACHE_DIR="$tools/cache/pip"
}

find_uv() {
    for uv in uv "$tools/venv/bin/uv" "$tools/uv/bin/uv" "${HOME:-}/.local/bin/uv" "${HOME:-}/.cargo/bin/uv"; do
        # asked, not just looked for: pyenv's stand-in on PATH may only say that it has none
        version=$("$uv" --version 2>/dev/null) || continue
        version=${version#uv }
        minor=${version#*.}
        minor=${minor%%.*}
        [ "${version%%.*}" -gt 0 ] 2>/dev/null || [ "$minor" -ge $oldest_uv ] 2>/dev/null || continue
        return 0
    done
    return 1
}

any_python() {
    for python in python3 python3.13 /usr/bin/python3 /usr/local/bin/python3 python; do
        (cd "$root" && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))') 2>/dev/null && return 0
    done
    return 1
}

bring_uv() {
    any_python || stop "it needs Python 3 to begin with, and none was found." "Install Python 3.13, then try again."
    say "  bringing uv into $tools"
    said=$tools/uv.log
    rm -rf "$tools/venv" "$tools/uv"
    uv=$tools/venv/bin/uv
    if {
        (cd "$root" && "$python" -m venv "$tools/venv") || (cd "$root" && "$python" -m virtualenv -q "$tools/venv")
    } >"$said" 2>&1 && "$tools/venv/bin/python" -m pip install -q --disable-pip-version-check "$uv_to_bring" >>"$said" 2>&1; then
        return 0
    fi
    # Debian's bare python3 has neither venv nor pip, some have pip alone
    uv=$tools/uv/bin/uv
    (cd "$root" && "$python" -m pip install -q --target "$tools/uv" "$uv_to_bring") >>"$said" 2>&1 && return 0
    (cd "$root" && "$python" bin/parts/fetch_uv.py "$uv_to_bring" "$tools/uv") >>"$said" 2>&1 && return 0
    stop "uv, which makes the environment, could not be brought from PyPI (details: $said)." \
        "If this machine has no network, or reaches PyPI through a proxy, set that up first." \
        "Or install uv yourself (https://docs.astral.sh/uv), then try again."
}

find_python() {
    remembered=$(cat "$tools/python-found" 2>/dev/null || true)
    for python in "$remembered" "$(asked_of_uv 3.13)" $(likely_places) \
        "$tools/debian-python/usr/bin/python3.13" "$(asked_of_uv '>=3.13,<3.15')"; do
        suits "$python" && break
        python=
    done
    [ -n "$python" ] || return 1
    # the program itself, not a stand-in that answers differently in another folder
    python=$("$python" -c 'import sys; print(getattr(sys, "_base_executable", "") or sys.executable)')
    printf '%s\n' "$python" >"$tools/python-found"
}

asked_of_uv() { (cd / && "$uv" python find -q --no-config --no-project --no-python-downloads "$1") 2>/dev/null || true; }

# Where version managers keep a Python that their stand-ins on PATH do not offer (also when HOME is another's).
likely_places() {
    user=$(id -un 2>/dev/null || echo none)
    owner_home=$(getent passwd "$user" 2>/dev/null | cut -d: -f6 || true)
    for base in "${PYENV_ROOT:-/nowhere}/versions" "${HOME:-/nowhere}/.pyenv/versions" "$owner_home/.pyenv/versions" \
        "$owner_home/.local/share/uv/python" "$owner_home/.local/share/mise/installs/python" \
        "$owner_home/.asdf/installs/python" /opt/python /opt/hostedtoolcache/Python /opt/pyenv/versions; do
        for found in "$base"/*3.13*/bin/python3.13 "$base"/*3.13*/*/bin/python3.13; do
            case $found in *' '* | *'*'*) ;; *) echo "$found" ;; esac
        done
    done
    echo /usr/local/bin/python3.13 /usr/bin/python3.13 /opt/homebrew/bin/python3.13
}

suits() {
    [ -n "$1" ] && [ -x "$1" ] &&
        "$1" -c 'import sys, ssl, sqlite3; sys.exit(not (3, 13) <= sys.version_info < (3, 15))' 2>/dev/null
}

bring_python() {
    say "  bringing Python 3.13 into $tools"
    said=$tools/python.log
    if UV_HTTP_RETRIES=1 UV_HTTP_CONNECT_TIMEOUT=10 "$uv" python install -q --no-bin --no-config 3.13 >"$said" 2>&1; then
        find_python && return 0
    fi
    any_python && (cd "$root" && "$python" bin/parts/debian_python.py "$uv" "$tools/debian-python") >>"$said" 2>&1 &&
        find_python && return 0
    stop "it needs Python 3.13, which is not on this machine and could not be brought (details: $said)." \
        "Install Python 3.13 from your system's packages, python.org or pyenv, then try again; nothing else is missing."
}

sync_packages() {
    without=--no-dev
    [ "$1" = run ] || without=
    say "  Python: $python; bringing the packages of uv.lock"
    said=$tools/packages.log
    # shellcheck disable=SC2086 # empty on purpose
    "$uv" sync -q --directory "$root" --frozen $without --python "$python" --no-python-downloads >"$said" 2>&1 && return 0
    sed 's/^/  /' "$said" >&2
    stop "the packages in uv.lock could not be brought; what uv said is above." \
        "What was brought is kept: with a working connection to PyPI, the same command carries on from there."
}
