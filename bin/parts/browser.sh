# Sourced with environment.sh: finds the system's Chromium for the browser tests, or brings it where that is allowed.

find_browser() {
    for browser in "${KEPT_TEST_BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$browser" ] && command -v "$browser" >/dev/null 2>&1 && return 0
    done
    browser=
    return 1
}

# Only root on a system with apt may install; anyone else is told, and the tests that need it are skipped.
bring_browser() {
    find_browser && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "No Chromium here: installing Debian's package chromium for the browser tests."
        mkdir -p "$root/.tools"
        {
            DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium ||
                { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium; }
        } </dev/null >"$root/.tools/browser.log" 2>&1 || true
        find_browser && return 0
    fi
    say "No Chromium on this machine: the browser tests are left out. To have them, install the package chromium as root."
    return 1
}
