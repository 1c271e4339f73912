"""A mail server (aiosmtpd) for the tests: says where it listens, and each letter that it takes, as a line of JSON.

usage: server.py plain|starttls|tls|hang [certificate.pem key.pem]

With a certificate it wants to know who calls: mia, with the password s3cret-of-mia. To nobody@ nothing can be sent (550), and to
later@ not at the first time (451).
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    def __init__(self):
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later@") and address not in self.seen:
            self.seen.add(address)
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        say(
            sender=envelope.mail_from,
            to=envelope.rcpt_tos,
            message=envelope.content.decode(),
            login=getattr(session, "auth_data", None) and session.auth_data.login.decode(),
            tls=session.ssl is not None,
        )
        return "250 2.0.0 taken"


def who(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == (b"mia", b"s3cret-of-mia")
    return AuthResult(success=good, auth_data=data, handled=False)


async def main():
    mode, *files = sys.argv[1:]
    loop = asyncio.get_running_loop()
    context = None
    if files:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*files)
    handler = Handler()

    def smtp():
        more = {}
        if files:
            more = {"authenticator": who, "auth_required": True, "auth_require_tls": mode == "starttls"}
        if mode == "starttls":
            more |= {"tls_context": context, "require_starttls": True}
        return SMTP(handler, hostname="mail.test", loop=loop, **more)

    if mode == "hang":
        # It takes the connection and says nothing.
        server = await asyncio.start_server(lambda reader, writer: reader.read(), "127.0.0.1", 0)
    else:
        server = await loop.create_server(smtp, "127.0.0.1", 0, ssl=context if mode == "tls" else None)
    say(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
