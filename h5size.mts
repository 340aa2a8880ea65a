import { generateDemo, SPOILED } from "./fixtures/demo/index.ts";
import { buildOffre, keyOfCertification } from "./src/feed/index.ts";
import { serialise, ENVELOPE } from "./src/lheo/index.ts";
import { createGzip } from "node:zlib"; import { createWriteStream } from "node:fs"; import { writeFileSync } from "node:fs";
const size = (process.argv[2] ?? "small") as any;
const d = generateDemo(size, "20261124");
const of = new Map([...d.organismes()].map(r=>[r.numero,r]));
const certs = new Map([...d.certifications()].map(r=>[r.numero,r.contenu]));
const hab = new Map<string, Map<string, any>>(); for (const h of d.habilitations()) { const m = hab.get(h.contenu.organisme) ?? new Map(); m.set(h.contenu.certification, h.contenu); hab.set(h.contenu.organisme, m); }
const bad = new Set(SPOILED.flatMap(s=>[...s.sessions])); const badA=new Set(SPOILED.flatMap(s=>s.actions)); const badV=new Set(SPOILED.filter(s=>s.ecarte==="rien").map(s=>s.numero));
const byAction = new Map<string, any[]>(); for (const s of d.sessions()) { if (bad.has(s.numero) || (badV.has(s.numero)&&s.version>1)) continue; const l = byAction.get(s.contenu.action) ?? []; l.push(s); byAction.set(s.contenu.action,l); }
const gz = createGzip({level:6}); let out=0; gz.on("data",c=>out+=c.length);
let n=0, chars=0, bytes=0, ns=0; const parts:string[]=[]; let tb=0, ts=0; const notices = new Map<string,number>();
const w=(s:string)=>{ const b=Buffer.from(s); bytes+=b.length; gz.write(b); if(size==="small") parts.push(s); };
w(ENVELOPE.open());
for (const a of d.actions()) { if (badA.has(a.numero)||(badV.has(a.numero)&&a.version>1)) continue; const ss = byAction.get(a.numero) ?? []; if(!ss.length) continue; n++; ns+=ss.length;
 const t0=performance.now();
 const o = buildOffre({ action:a, organisme: of.get(a.contenu.organisme)!, sessions: ss, certifications: certs, habilitations: hab.get(a.contenu.organisme) ?? new Map(), certifieeDepuis:new Map() }, { base:"72", maintenant: new Date("2026-11-24T10:00:00Z") });
 const t1=performance.now(); const x = serialise("formation", {...o.formation, action: o.actions.map(x=>x.action)} as any); const t2=performance.now(); tb+=t1-t0; ts+=t2-t1;
 for (const k of o.notices) notices.set(k.code,(notices.get(k.code)??0)+1);
 w(x); }
w(ENVELOPE.close()); await new Promise<void>(r=>gz.end(()=>r()));
console.log({n, ns, bytes, perSession: bytes/ns|0, gz: (bytes/out).toFixed(2), build: tb|0, ser: ts|0}, notices);
if (size==="small") writeFileSync("/tmp/h5small.xml", parts.join(""));
