"""Who may log in: one user, by password or by key pair.

https://docs.snowflake.com/en/user-guide/key-pair-auth: a JWT signed by the private key, issued by ACCOUNT.USER.SHA256:FINGERPRINT of
the public key. fakesnow lets everybody in. The answer's parameters also tell a driver to send no telemetry.
"""

import base64
import dataclasses
import gzip
import hashlib
import json
import uuid

import fakesnow.server as server
import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from starlette.requests import Request
from starlette.responses import JSONResponse

from emulator.routes import shadow

WRONG_PASSWORD = "390100"
WRONG_TOKEN = "390144"
_QUIET = ["CLIENT_TELEMETRY_ENABLED", "CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED", "CLIENT_IN_BAND_TELEMETRY_ENABLED"]


class TokenError(Exception):
    """A JWT that is not of the user's key."""


@dataclasses.dataclass(frozen=True)
class Account:
    """The one user: a name, a password and a public key in PEM."""

    user: str
    password: str
    public_key: bytes

    def check_token(self, token: str) -> None:
        """Fails unless the user's private key signed the token, for this user and key, and it has not expired."""
        key = load_pem_public_key(self.public_key)
        try:
            claims = jwt.decode(token, key, algorithms=["RS256"], options={"require": ["exp", "iss", "sub"]})
        except jwt.InvalidTokenError as error:
            raise TokenError(str(error)) from error
        encoded = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        fingerprint = "SHA256:" + base64.b64encode(hashlib.sha256(encoded).digest()).decode()
        if not claims["sub"].endswith("." + self.user.upper()) or claims["iss"] != f"{claims['sub']}.{fingerprint}":
            raise TokenError("it is issued for another user or key")


def token_invalid() -> dict[str, object]:
    """The body of the answer to a wrong token."""
    return {
        "data": None,
        "code": WRONG_TOKEN,
        "message": f"JWT token is invalid. [{uuid.uuid4()}]",
        "success": False,
        "headers": None,
    }


def install(account: Account) -> None:
    """Puts the check in place."""

    async def login(request: Request) -> JSONResponse:
        body = await request.body()
        if request.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        refusal = _refusal(account, json.loads(body)["data"])
        if refusal:
            return JSONResponse(refusal)
        answer = json.loads(bytes((await server.login_request(request)).body))
        answer["data"]["parameters"] += [{"name": name, "value": False} for name in _QUIET]
        return JSONResponse(answer)

    shadow("/session/v1/login-request", login, "POST")


def _refusal(account: Account, data: dict[str, str]) -> dict[str, object] | None:
    if data.get("AUTHENTICATOR", "").upper() == "SNOWFLAKE_JWT":
        try:
            account.check_token(data.get("TOKEN", ""))
        except TokenError:
            return token_invalid()
    elif (data.get("LOGIN_NAME", "").upper(), data.get("PASSWORD")) != (account.user.upper(), account.password):
        return token_invalid() | {
            "code": WRONG_PASSWORD,
            "message": "Incorrect username or password was specified.",
        }
    return None
