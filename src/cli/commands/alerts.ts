import { ChannelError, channelsOf, consigneOf, messageOf, readAlerts, type Vue } from "../../alert/index.ts";
import { horloge } from "../../db/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { EXIT, instant, print, printJson } from "../output.ts";

/** `offre-info alerts list`: exit 1 when one is open. */
export async function alertsList(options: { all?: true; json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const alerts = await readAlerts(db, { closed: options.all === true });
    if (options.json === true) printJson(alerts);
    else if (alerts.length === 0) print("Aucune alerte.");
    else print(alerts.map(describe).join("\n\n"));
    if (alerts.some(({ closed_at }) => closed_at === null)) process.exitCode = EXIT.negative;
  });
}

function describe({ id, cle, code, message, opened_at, closed_at }: Vue): string {
  const { titre, remede } = consigneOf(code);
  const over = closed_at === null ? "" : `, terminée le ${instant(closed_at)}`;
  return [
    `n° ${id}  ${titre}  [${cle}]`,
    `  depuis le ${instant(opened_at)}${over}`,
    `  ${message}`,
    ...(closed_at === null ? [`  Que faire : ${remede}`] : []),
  ].join("\n");
}

/** `offre-info alerts test`: exit 1 when a channel fails. */
export async function alertsTest(): Promise<void> {
  const context = readContext();
  await withDatabase(openDatabase(context), async ({ db }) => {
    const now = await horloge(db);
    const alerte: Vue = {
      id: 0,
      cle: "essai",
      code: "essai",
      message: "Ceci est un essai : les alertes d'offre-info arrivent jusqu'à vous.",
      detail: {},
      opened_at: now,
      closed_at: now,
    };
    for (const channel of channelsOf(context.config, context.log)) {
      try {
        await channel.send(messageOf([{ alerte, transition: "resolue" }]), now);
        print(`${channel.id} : envoyé`);
      } catch (error) {
        if (!(error instanceof ChannelError)) throw error;
        print(`${channel.id} : ${error.message}`);
        process.exitCode = EXIT.negative;
      }
    }
  });
}
