# Sourced with environment.sh: finds the system's Dovecot for the tests of mail that comes in, or brings it where allowed.

find_mailserver() { PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v dovecot >/dev/null 2>&1; }

# Only root on a system with apt may install; anyone else is told, and the tests that need it are skipped.
bring_mailserver() {
    find_mailserver && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "No Dovecot here: installing Debian's packages dovecot-imapd and dovecot-lmtpd for the tests of mail."
        mkdir -p "$root/.tools"
        packages="dovecot-imapd dovecot-lmtpd"
        # no server of the system's own is started: each test starts one in a folder of its own
        {
            # shellcheck disable=SC2086 # two words on purpose
            DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq install -y --no-install-recommends $packages ||
                { apt-get -qq update && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq install -y --no-install-recommends $packages; }
        } </dev/null >"$root/.tools/mailserver.log" 2>&1 || true
        find_mailserver && return 0
    fi
    say "No Dovecot on this machine: the tests of mailboxes are left out. To have them, install dovecot-imapd and dovecot-lmtpd as root."
    return 1
}
