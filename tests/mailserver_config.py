"""What a test's own Dovecot is told, and the certificate that it shows."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/tokens
}}
"""
CONFIG = """
base_dir = {run}
state_dir = {run}
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
default_login_user = {login}
default_internal_user = {account}
default_internal_group = {group}
{chroots}
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_username_format = %Lu
auth_verbose = yes
auth_failure_delay = 0
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
passdb {{
  driver = static
  mechanisms = plain
  args = password={foreign}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 100
maildir_very_dirty_syncs = yes
imap_idle_notify_interval = 10 s
{more}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service auth {{
  unix_listener auth-userdb {{
    mode = 0666
  }}
}}
service stats {{
  {chroot}
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Gesendet {{
    auto = create
    special_use = \\Sent
  }}
}}
"""


def certify(folder: Path) -> None:
    """A certificate for 127.0.0.1 and localhost, signed by an authority that nobody else trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "server.key").write_bytes(key.private_bytes(*kinds))
    for file in ("server.pem", "authority.pem"):
        (folder / file).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
