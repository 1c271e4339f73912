"""A server that wants NTLM and has pyspnego judge what it is told. It prints its port."""

import base64
import os
import tempfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import spnego


class Connection(BaseHTTPRequestHandler):
    """One connection: Python makes one of these for each, whatever the number of its requests."""

    protocol_version = "HTTP/1.1"
    context = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        said = self.headers.get("Authorization", "")
        if not said and self.context and self.context.complete:
            return self.say(200, f"still {self.context.client_principal} {body}")
        if not said.startswith("NTLM "):
            return self.say(401, "who is it?", "NTLM")
        token = base64.b64decode(said[len("NTLM "):])
        if token[8] == 1:
            options = spnego.NegotiateOptions.use_ntlm
            self.context = spnego.server(protocol="ntlm", options=options)
        try:
            answer = self.context.step(token)
        except spnego.exceptions.SpnegoError as error:
            self.context = None
            return self.say(401, f"refused: {type(error).__name__}", "NTLM")
        if self.context.complete:
            return self.say(200, f"{self.context.client_principal} {body}")
        return self.say(401, "prove it", "NTLM " + base64.b64encode(answer).decode())

    def say(self, status, text, offer=None):
        self.send_response(status)
        if offer:
            self.send_header("WWW-Authenticate", offer)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


with tempfile.NamedTemporaryFile("w", encoding="utf-8") as users:
    users.write("HOME:anna:Sésame\n:ben:öffne dich\n")
    users.flush()
    os.environ["NTLM_USER_FILE"] = users.name
    server = ThreadingHTTPServer(("127.0.0.1", 0), Connection)
    print(server.server_port, flush=True)
    server.serve_forever()
