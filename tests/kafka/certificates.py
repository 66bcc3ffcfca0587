"""Certificates for the secured Kafka of the tests, made anew for each run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509 import load_pem_x509_certificate

from tests.kafka.ports import LOCALHOST

SERVER_NAMES = (LOCALHOST, "localhost")
ELSEWHERE = "kafka.elsewhere.invalid"


class Certificates:
    """An authority, one that nobody trusts, and what they have signed, as files in a folder."""

    def __init__(self, folder: Path, key_password: str) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        yesterday = datetime.now(timezone.utc) - timedelta(days=1)
        ours, others = trustme.CA(), trustme.CA(organization_name="Others")
        self.files: Mapping[str, str] = {
            "ca": self._write("ca.pem", ours.cert_pem.bytes()),
            "other_ca": self._write("other-ca.pem", others.cert_pem.bytes()),
            **self._pair("server", ours.issue_cert(*SERVER_NAMES)),
            **self._pair("wrong_name", ours.issue_cert(ELSEWHERE)),
            **self._pair("expired", ours.issue_cert(*SERVER_NAMES, not_after=yesterday)),
            **self._pair("ada", ours.issue_cert("ada@example.com", common_name="ada"), key_password),
            **self._pair("stranger", others.issue_cert("eve@example.com", common_name="eve")),
        }

    def _pair(self, name: str, leaf: trustme.LeafCert, password: str = "") -> dict[str, str]:
        """A key and its certificate: in files of their own, both in one, and as PKCS#12 where there is a password."""
        chain = b"".join(blob.bytes() for blob in leaf.cert_chain_pems)
        key = _key(leaf, NoEncryption())
        files = {
            f"{name}_certificate": self._write(f"{name}.pem", chain),
            f"{name}_key": self._write(f"{name}.key", key),
            f"{name}_both": self._write(f"{name}-both.pem", key + chain),
        }
        if password:
            encryption = BestAvailableEncryption(password.encode())
            files[f"{name}_locked_key"] = self._write(f"{name}-locked.key", _key(leaf, encryption))
            files[f"{name}_keystore"] = self._write(f"{name}.p12", _keystore(leaf, encryption))
        return files

    def _write(self, name: str, content: bytes) -> str:
        place = self._folder / name
        place.write_bytes(content)
        return str(place)


def _key(leaf: trustme.LeafCert, encryption: KeySerializationEncryption) -> bytes:
    # Java reads keys in this form only.
    key = load_pem_private_key(leaf.private_key_pem.bytes(), None)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def _keystore(leaf: trustme.LeafCert, encryption: KeySerializationEncryption) -> bytes:
    key = load_pem_private_key(leaf.private_key_pem.bytes(), None)
    certificate, *authorities = [load_pem_x509_certificate(blob.bytes()) for blob in leaf.cert_chain_pems]
    return pkcs12.serialize_key_and_certificates(b"client", key, certificate, authorities, encryption)  # type: ignore[arg-type]
