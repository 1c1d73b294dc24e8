"""The tests' emulator of Snowflake, which also notes what each COPY loads and how long the emulator takes for it.

    emulated.py FOLDER S3_ENDPOINT

Prints ``READY {"port": N, ...}`` as the emulator does. FOLDER/copies.jsonl gets a line a COPY. Keys that nobody uses here are made
in FOLDER, since the emulator asks for them.
"""

import datetime
import json
import os
import pathlib
import sys
import threading
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from emulator import __main__ as emulator
from emulator import copying, object_store
from sqlglot import exp

USER, PASSWORD, INTEGRATION, DATABASE = "AUTOPULSE", "benchmark", "S3_INT", "BENCH"
_download, _copy_into = object_store.download, copying._copy_into
_of_thread = threading.local()


def note_copies(file):
    """Puts a watch around COPY."""

    def download(url, folder):
        name = _download(url, folder)
        _of_thread.sizes.append(os.path.getsize(name))
        return name

    def copy_into(connection, *arguments):
        _of_thread.sizes = []
        started = time.perf_counter()
        answer = _copy_into(connection, *arguments)
        target = next(a for a in arguments if isinstance(a, exp.Copy)).this
        with open(file, "a") as out:
            out.write(json.dumps({"table": target.sql(), "seconds": time.perf_counter() - started,
                                  "files": len(_of_thread.sizes), "bytes": sum(_of_thread.sizes),
                                  "largest": max(_of_thread.sizes, default=0)}) + "\n")
        return answer

    object_store.download, copying._copy_into = download, copy_into


def make_database():
    """Lets the emulator make the database when it opens those that are there."""
    opened = emulator.open_databases

    def open_databases(folder):
        opened(folder)
        emulator.server.shared_fs.connect(DATABASE, "RAW").close()

    emulator.open_databases = open_databases


def make_keys(folder):
    """Returns the files of a certificate, its key, and a public key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                   .serial_number(x509.random_serial_number()).not_valid_before(now)
                   .not_valid_after(now + datetime.timedelta(days=1)).sign(key, hashes.SHA256()))
    pem = serialization.Encoding.PEM
    made = {
        "certificate": certificate.public_bytes(pem),
        "certificate-key": key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        "public-key": key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo),
    }
    for file, data in made.items():
        (folder / file).write_bytes(data)
    return [f"--{file}={folder / file}" for file in made]


def main():
    folder = pathlib.Path(sys.argv[1])
    note_copies(folder / "copies.jsonl")
    make_database()
    sys.argv[1:] = [f"--data={folder / 'databases'}", f"--user={USER}", f"--password={PASSWORD}",
                    f"--integration={INTEGRATION}", f"--s3-endpoint={sys.argv[2]}", *make_keys(folder)]
    emulator.main()


if __name__ == "__main__":
    main()
