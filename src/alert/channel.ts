import type { Logger } from "../log/index.ts";
import type { AlertMessage } from "./message.ts";

/** A way to tell an operator. */
export interface Channel {
  /** As rows name it. */
  readonly id: "journal" | "webhook" | "mail";
  /** A transition waits that long, so that one that is undone at once makes one message; minutes. */
  readonly attente: number;
  /** Between two messages about the same thing, minutes: what comes and goes is grouped. */
  readonly intervalle: number;
  /** @throws ChannelError when it could not be told; anything else is a fault of ours */
  send(message: AlertMessage, maintenant: Date): Promise<void>;
}

/** It could not be told. The message is in French and holds no secret. */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
}

/** The journal of this process: it is always there. */
export function journalChannel(log: Logger): Channel {
  return {
    id: "journal",
    attente: 0,
    intervalle: 0,
    async send({ id, etat, sujet, alerte: { cle, code, message, detail } }) {
      const line = { alerte: id, cle, code, message, detail };
      if (etat === "ouverte") log.warn(line, sujet);
      else log.info(line, sujet);
    },
  };
}
