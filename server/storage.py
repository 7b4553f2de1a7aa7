"""The file store's adapter: any S3, by aioboto3."""

import asyncio
import base64
import importlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from models.errors import Unavailable
from models.files import QUARANTINE, Stored, UploadForm
from server.scanning import NotScanned
from server.settings import Settings

if TYPE_CHECKING:
    from types_aiobotocore_s3.client import S3Client

FORM_SECONDS = 600
LINK_SECONDS = 60
_CHANGED = ("PreconditionFailed", "412")
_NOT_THERE = ("NoSuchKey", "NoSuchBucket", "NotFound", "404")
_PATIENCE = {"connect_timeout": 2, "read_timeout": 8, "retries": {"total_max_attempts": 2}}


# What nobody came back for, and what has been copied to where it stays. In a bucket that was there
# before, its owner sets such a rule.
_CLEARED_DAILY: Any = {
    "Rules": [
        {
            "ID": "quarantine",
            "Status": "Enabled",
            "Filter": {"Prefix": f"{QUARANTINE}/"},
            "Expiration": {"Days": 1},
        }
    ]
}


class Unusable(Exception):
    """What stands against a store, as the end of a sentence about it."""


class Storage:
    """One bucket of an S3 server, connected to when it is first asked for something."""

    def __init__(self, settings: Settings) -> None:
        self.scanner = NotScanned()
        self._settings = settings
        self._bucket = settings.s3_bucket
        self._clients: Clients | None = None
        self._furnished = False
        self._turn = asyncio.Lock()
        self._opened = AsyncExitStack()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        """Whatever is connected meanwhile is let go at the end."""
        async with self._opened:
            yield self

    async def must_be_usable(self) -> None:
        """See to it that the bucket is there. Raises Unusable."""
        from botocore.exceptions import ClientError

        s3 = (await self._connected(furnished=False)).ours
        try:
            if await _answer(s3.head_bucket(Bucket=self._bucket)) is None:
                await s3.create_bucket(Bucket=self._bucket)
                await s3.put_bucket_lifecycle_configuration(
                    Bucket=self._bucket, LifecycleConfiguration=_CLEARED_DAILY
                )
        except s3.exceptions.BucketAlreadyOwnedByYou:
            pass  # somebody was faster
        except Unavailable as error:
            raise Unusable("does not answer.") from error
        except ClientError as error:
            said = error.response["Error"]["Code"]
            raise Unusable(f"does not let us use the bucket {self._bucket}: {said}.") from error
        self._furnished = True

    async def upload_form(self, key: str, *, size: int, media_type: str, sha256: str) -> UploadForm:
        fixed = {
            "Content-Type": media_type,
            "x-amz-checksum-algorithm": "SHA256",
            "x-amz-checksum-sha256": base64.b64encode(bytes.fromhex(sha256)).decode(),
        }
        conditions: list[Any] = [{name: value} for name, value in fixed.items()]
        form = await (await self._connected()).theirs.generate_presigned_post(
            self._bucket, key, Fields=dict(fixed), ExpiresIn=FORM_SECONDS,
            Conditions=[*conditions, ["content-length-range", size, size]],
        )  # fmt: skip
        return UploadForm(form["url"], form["fields"])

    async def look(self, key: str) -> Stored | None:
        s3 = (await self._connected()).ours
        found = await _answer(s3.head_object(Bucket=self._bucket, Key=key, ChecksumMode="ENABLED"))
        if found is None:
            return None
        counted = found.get("ChecksumSHA256")
        sha256 = base64.b64decode(counted).hex() if counted else None
        return Stored(found["ContentLength"], sha256, found["ETag"])

    async def beginning(self, key: str, etag: str, length: int) -> bytes:
        found = await _answer((await self._connected()).ours.get_object(
            Bucket=self._bucket, Key=key, IfMatch=etag, Range=f"bytes=0-{length - 1}"
        ))  # fmt: skip
        if found is None:
            return b""
        try:
            begun: bytes = await found["Body"].read(length)
        finally:
            found["Body"].close()
        return begun

    async def copy(self, key: str, etag: str, to: str) -> bool:
        done = await _answer((await self._connected()).ours.copy_object(
            Bucket=self._bucket, Key=to, CopySourceIfMatch=etag,
            CopySource={"Bucket": self._bucket, "Key": key},
        ))  # fmt: skip
        return done is not None

    async def delete(self, key: str) -> None:
        await _answer((await self._connected()).ours.delete_object(Bucket=self._bucket, Key=key))

    async def download_link(self, key: str, name: str) -> str:
        return await (await self._connected()).theirs.generate_presigned_url(
            "get_object", ExpiresIn=LINK_SECONDS,
            Params={
                "Bucket": self._bucket, "Key": key,
                "ResponseContentType": "application/octet-stream",
                "ResponseContentDisposition": _as_attachment(name),
            },
        )  # fmt: skip

    async def _connected(self, *, furnished: bool = True) -> "Clients":
        async with self._turn:
            if self._clients is None:
                self._clients = await _connect(self._settings, self._opened)
        if furnished and not self._furnished:
            try:
                await self.must_be_usable()
            except Unusable as error:
                raise Unavailable(f"The file store {error} Try again soon.") from error
        return self._clients


def _as_attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


@dataclass(frozen=True, slots=True)
class Clients:
    """`ours` asks the server; `theirs` signs for those who reach it by its public address, and
    never asks it anything."""

    ours: "S3Client"
    theirs: "S3Client"


async def _connect(settings: Settings, opened: AsyncExitStack) -> Clients:
    # They take half a second to import, for which other requests need not wait.
    aioboto3 = await asyncio.to_thread(importlib.import_module, "aioboto3")
    botocore = importlib.import_module("botocore.config")
    configuration = botocore.Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        **_PATIENCE,
    )
    session = aioboto3.Session(
        aws_access_key_id=settings.s3_access_key,
        aws_secret_access_key=settings.s3_secret_key,
        region_name=settings.s3_region,
    )
    ours, theirs = [
        await opened.enter_async_context(
            session.client("s3", endpoint_url=url, config=configuration)
        )
        for url in (settings.s3_endpoint_url, settings.s3_public_url or settings.s3_endpoint_url)
    ]
    return Clients(ours, theirs)


async def _answer(asked: Any) -> Any:
    """None when it is not there, or no more what it was. Raises Unavailable when the store
    does not answer."""
    from botocore.exceptions import ClientError, HTTPClientError
    from botocore.exceptions import ConnectionError as Unconnected

    try:
        return await asked
    except ClientError as error:
        if error.response["Error"]["Code"] in (*_NOT_THERE, *_CHANGED):
            return None
        raise
    except (HTTPClientError, Unconnected, OSError, TimeoutError) as error:
        raise Unavailable("The file store cannot be reached. Try again soon.") from error
