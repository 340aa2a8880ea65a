import { describeSync, sync } from "../../published/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { EXIT, print, printJson, say } from "../output.ts";

/** `offre-info sync`: exit 1 when nothing was written or some rows were refused. */
export async function syncCommand(options: { schema?: string; force?: true; json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const report = await sync(db, { schema: options.schema, force: options.force === true, log: say });
    if (options.json === true) printJson(report);
    else print(describeSync(report));
    if (!report.fait || report.notices.length > 0) process.exitCode = EXIT.negative;
  });
}
