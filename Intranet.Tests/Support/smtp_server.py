"""A real SMTP server for tests: STARTTLS and login demanded, mails written to a folder.

Arguments: port folder certificate key user password. Prints "ready" when it listens. Without a certificate ("-") it offers
neither STARTTLS nor login.
rules.json in the folder, read for every recipient: {"address": [451, "text"]} answers RCPT TO;
the address "*" stands for all, "DATA" answers after the content instead. While a file hold-rcpt or hold-data is there, the
answer to a recipient, or to a mail that is stored already, waits. Ends with its standard input.
"""
import asyncio
import json
import os
import ssl
import sys
import uuid

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

port, folder, certificate, key, user, password = sys.argv[1:]


def rules():
    try:
        with open(os.path.join(folder, "rules.json"), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


async def wait_while(name):
    while os.path.exists(os.path.join(folder, name)):
        await asyncio.sleep(0.02)


def answer(rule):
    return f"{rule[0]} {rule[1]}"


class Mailbox:
    async def handle_RCPT(self, server, session, envelope, address, options):
        await wait_while("hold-rcpt")
        known = rules()
        rule = known.get(address.lower()) or known.get("*")
        if rule:
            return answer(rule)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        rule = rules().get("DATA")
        if rule:
            return answer(rule)
        name = os.path.join(folder, uuid.uuid4().hex)
        with open(name + ".json", "w", encoding="utf-8") as file:
            json.dump({"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None}, file)
        with open(name + ".part", "wb") as file:
            file.write(envelope.original_content)
        # Renamed last: a reader never sees half a mail.
        os.rename(name + ".part", name + ".eml")
        await wait_while("hold-data")
        return "250 Stored"


class Server(SMTP):
    async def smtp_AUTH(self, arg):
        # .NET writes "AUTH login"; every server but this one takes either case (RFC 4422: names are upper case).
        mechanism, _, rest = (arg or "").partition(" ")
        return await super().smtp_AUTH(f"{mechanism.upper()} {rest}".strip())


class Listener(Controller):
    def factory(self):
        return Server(self.handler, **self.SMTP_kwargs)


def login(server, session, envelope, mechanism, data):
    right = data.login == user.encode() and data.password == password.encode()
    return AuthResult(success=right, handled=right)


secure = {}
if certificate != "-":
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    secure = dict(tls_context=tls, require_starttls=True, authenticator=login, auth_required=True, auth_require_tls=True)
controller = Listener(Mailbox(), hostname="127.0.0.1", port=int(port), data_size_limit=50 * 1024 * 1024, **secure)
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
