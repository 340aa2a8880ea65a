import { withAtelier } from "./bench/lib/server.ts";
import { runContender, timeCommand } from "./bench/lib/process.ts";
await withAtelier(async (a) => {
  const t=performance.now(); const url = await a.database((process.argv[2]??"small") as any); console.log("loaded", ((performance.now()-t)/1000).toFixed(1));
  for (const m of (process.argv[3]??"create").split(",")) console.log(m, await runContender("xmlbuilder", [url, a.dossier, m, "/work/main/xsd/lheo-2.3.xsd"]));
  const x = a.dossier + "/create.xml";
  console.log("psql", await timeCommand("psql", [url, "-qc", "COPY (SELECT numero, version, contenu FROM published_session WHERE retired_at IS NULL) TO STDOUT", "-c", "COPY (SELECT numero, version, contenu FROM published_action WHERE retired_at IS NULL) TO STDOUT"]));
  console.log("gzip", await timeCommand("gzip", ["-6","-c",x]));
  console.log("xmllint", await timeCommand("xmllint", ["--stream","--noout","--schema","/work/main/xsd/lheo-2.3.xsd",x]));
});
