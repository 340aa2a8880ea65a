import { generateDemo, SPOILED, MARKED } from "./fixtures/demo/index.ts";
import { buildOffre } from "./src/feed/index.ts";
import { serialise } from "./src/lheo/index.ts";
import { checkAction, checkFormation, startXsd } from "./src/validation/index.ts";
const d = generateDemo((process.argv[2]??"small") as any, "20261124");
const of = new Map([...d.organismes()].map(r=>[r.numero,r]));
const certs = new Map([...d.certifications()].map(r=>[r.numero,r.contenu]));
const hab = new Map<string, Map<string, any>>(); for (const h of d.habilitations()) { const m = hab.get(h.contenu.organisme) ?? new Map(); m.set(h.contenu.certification, h.contenu); hab.set(h.contenu.organisme, m); }
const byAction = new Map<string, any[]>(); for (const s of d.sessions()) { const l = byAction.get(s.contenu.action) ?? []; l.push(s); byAction.set(s.contenu.action,l); }
const xsd = startXsd();
const codes = new Map<string, {n:number; sev:string; p:Set<string>; ex:string}>();
const seen = (c:any, where:string) => { const k=c.code; const o = codes.get(k) ?? {n:0, sev:c.severity, p:new Set(), ex:where+" "+c.path+" "+c.message.slice(0,110)}; o.n++; for (const p of c.partners??[]) o.p.add(p); codes.set(k,o); };
for (const a of d.actions()) { const ss = byAction.get(a.numero) ?? [];
 const o = buildOffre({ action:a, organisme: of.get(a.contenu.organisme)!, sessions: ss, certifications: certs, habilitations: hab.get(a.contenu.organisme) ?? new Map(), certifieeDepuis:new Map() }, { base:"72", maintenant: new Date("2026-11-24T10:00:00Z") });
 const fn = checkFormation(o.formation as any); for (const c of fn) { seen(c, a.numero); }
 for (const [i,x] of o.actions.entries()) for (const c of checkAction(x.action as any, o.formation as any)) seen(c, a.numero+"/"+x.session);
 const [r] = await xsd.validate([serialise("formation", {...o.formation, action:o.actions.map(x=>x.action)} as any)]);
 for (const q of r!) seen({code:"xsd", severity:"bloquant", path:"", message: JSON.stringify(q)}, a.numero);
 const b=[...fn, ...o.actions.flatMap(x=>checkAction(x.action as any, o.formation as any))].filter(c=>c.severity==="bloquant"||c.partners?.length); if (b.length||r!.length) console.log(a.numero, a.version, SPOILED.find(s=>s.numero===a.numero||s.actions.includes(a.numero))?.defaut ?? SPOILED.filter(s=>ss.some((x:any)=>x.numero===s.numero)).map(s=>s.defaut+" "+s.ecarte).join(","), "=>", b.map(c=>c.code+(c.severity==="bloquant"?"!":"")+"["+(c.partners??"")+"]").join(" "), r!.length?"xsd "+r!.length:"");
}
await xsd.close();
for (const [k,o] of [...codes].sort((a,b)=>b[1].n-a[1].n)) console.log(k,o.n,o.sev,[...o.p].join(","),"|",o.ex);
