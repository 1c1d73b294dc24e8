"""The S3 that COPY reads and writes: DuckDB's own S3 client is an extension to be downloaded, and tests stay on the machine."""

import os
from urllib.parse import urlparse

import boto3

_endpoint: str | None = None


def connect(endpoint: str) -> None:
    """Names the S3 service, such as ``http://127.0.0.1:5000``."""
    global _endpoint
    _endpoint = endpoint


def make_bucket(name: str) -> None:
    """Makes a bucket."""
    _client().create_bucket(Bucket=name)


def is_object(url: str) -> bool:
    """Whether a location is in S3."""
    return url.startswith("s3://")


def names(prefix: str) -> list[str]:
    """The objects whose names start so."""
    bucket, key = _bucket_and_key(prefix)
    pages = _client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
    return [f"s3://{bucket}/{found['Key']}" for page in pages for found in page.get("Contents", [])]


def download(url: str, folder: str) -> str:
    """Fetches an object into a folder; returns the file, which keeps its name's ending."""
    bucket, key = _bucket_and_key(url)
    file = os.path.join(folder, f"{len(os.listdir(folder))}-{os.path.basename(key)}")
    _client().download_file(bucket, key, file)
    return file


def upload(url: str, data: bytes) -> None:
    """Makes an object."""
    bucket, key = _bucket_and_key(url)
    _client().put_object(Bucket=bucket, Key=key, Body=data)


def _bucket_and_key(url: str) -> tuple[str, str]:
    parts = urlparse(url)
    return parts.netloc, parts.path.removeprefix("/")


def _client():
    return boto3.client(
        "s3",
        endpoint_url=_endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
