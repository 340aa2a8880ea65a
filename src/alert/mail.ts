import { createTransport } from "nodemailer";
import { type Channel, ChannelError } from "./channel.ts";

export interface MailOptions {
  /** `smtp://` or `smtps://`, with the account in it if there is one. */
  readonly smtpUrl: string;
  readonly to: readonly string[];
  readonly from: string;
  /** Of each step of the exchange, milliseconds; 15 s when not given. */
  readonly delaiMs?: number;
}

/** Sends the alert by mail. The server is the agency's own: it may live inside. */
export function mailChannel({ smtpUrl, to, from, delaiMs = 15_000 }: MailOptions): Channel {
  return {
    id: "mail",
    attente: 2,
    intervalle: 10,
    async send({ id, sujet, texte }) {
      const transport = createTransport({
        url: smtpUrl,
        connectionTimeout: delaiMs,
        greetingTimeout: delaiMs,
        socketTimeout: delaiMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        const { rejected } = await transport.sendMail({
          from,
          to: [...to],
          subject: sujet,
          text: texte,
          // The same when it is sent again: mailboxes show it once.
          messageId: `<${id}@${domainOf(from)}>`,
          headers: { "Auto-Submitted": "auto-generated" },
        });
        if (rejected.length > 0)
          throw new ChannelError(`Le serveur de courrier a refusé ${rejected.length} destinataire(s).`);
      } catch (error) {
        throw error instanceof ChannelError ? error : new ChannelError(sentenceOf(error));
      } finally {
        transport.close();
      }
    },
  };
}

const domainOf = (from: string): string => /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? "offre-info";

/** In our own words: what the library says may hold what was sent. */
function sentenceOf(error: unknown): string {
  const { code = "", responseCode } = error as { code?: string; responseCode?: number };
  const said = responseCode === undefined ? code : `${responseCode}`;
  if (code === "EAUTH") return `Le serveur de courrier refuse le compte de ALERT_SMTP_URL (${said}).`;
  if (code === "EENVELOPE" || responseCode !== undefined)
    return `Le serveur de courrier refuse le message (${said}). Vérifiez ALERT_MAIL_TO et ALERT_MAIL_FROM.`;
  return `Le serveur de courrier ne répond pas (${said}).`;
}
