import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** One mail that was accepted. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came, quoted-printable undone. */
  readonly source: string;
}

export interface Smtp {
  readonly url: string;
  readonly port: number;
  readonly mails: readonly Mail[];
  close(): Promise<void>;
}

/** Starts a real mail server on this machine. @param port a free one when not given */
export async function startSmtp(
  options: { port?: number; account?: { user: string; pass: string } } = {},
): Promise<Smtp> {
  const { port = 0, account } = options;
  const mails: Mail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: account === undefined,
    allowInsecureAuth: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      const known = username === account?.user && password === account?.pass;
      if (known) done(null, { user: username });
      else done(new Error("unknown account"));
    },
    onData(stream, { envelope }, done) {
      text(stream).then((raw) => {
        mails.push({
          from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          source: decoded(raw),
        });
        done();
      }, done);
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const found = (server.server.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${found}`,
    port: found,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Undoes what mail does to accents and to long lines. */
function decoded(raw: string): string {
  const [head = "", ...body] = raw.split("\r\n\r\n");
  const words = head
    .replace(/\?=\r\n =\?UTF-8\?Q\?/g, "")
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/g, (_, word: string) => unquoted(word.replaceAll("_", " ")));
  return `${words}\n\n${unquoted(body.join("\n\n").replace(/=\r\n/g, ""))}`;
}

function unquoted(printable: string): string {
  return printable.replace(/(?:=[0-9A-F]{2})+/g, (hex) =>
    Buffer.from(hex.replaceAll("=", ""), "hex").toString("utf8"),
  );
}
