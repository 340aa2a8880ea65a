import { describe, expect, test } from "vitest";
import { fileNameOf, zPartner, zTransport } from "../../../src/partner/index.ts";

const EMPREINTE = `SHA256:${"A".repeat(43)}`;

const partner = (transport: unknown, fields: Record<string, unknown> = {}) =>
  zPartner.safeParse({ id: "essai", nom: "Essai", profil: "rco", transport, ...fields });

describe("how a partner is reached", () => {
  test("over https with what is usual", () => {
    expect(zTransport.parse({ type: "https", url: "https://exemple.fr/depot" })).toEqual({
      type: "https",
      url: "https://exemple.fr/depot",
      methode: "PUT",
      auth: { type: "aucune" },
      mtls: false,
      entetes: {},
      entetes_secrets: [],
      compression: "gzip",
      fichier: "offre-info-{profil}.xml",
      deja_recu: [],
      delais: { connexion: 10, envoi: 60, entetes: 300, reponse: 30 },
    });
  });

  test("over SFTP with what is usual", () => {
    const sftp = { type: "sftp", hote: "sftp.exemple.fr", utilisateur: "agence", empreintes: [EMPREINTE] };
    expect(zTransport.parse(sftp)).toEqual({
      ...sftp,
      port: 22,
      auth: "mot_de_passe",
      dossier: ".",
      compression: "gzip",
      fichier: "offre-info-{profil}.xml",
      delais: { connexion: 10, envoi: 60, reponse: 30 },
    });
  });

  test("without TLS only when it is internal", () => {
    const plain = { type: "https", url: "http://exemple.fr/depot" };
    expect(partner(plain).success).toBe(false);
    expect(partner(plain, { interne: true }).success).toBe(true);
    expect(partner({ type: "dossier", chemin: "/var/depot" }).success).toBe(true);
  });

  test.each([
    { type: "https", url: "ftp://exemple.fr" },
    { type: "https", url: "exemple.fr" },
    { type: "https", url: "https://exemple.fr", deja_recu: [404] },
    { type: "https", url: "https://exemple.fr", motDePasse: "x" },
    { type: "https", url: "https://exemple.fr", delais: { connexion: 0 } },
    { type: "dossier", chemin: "depot" },
    { type: "dossier", chemin: "/var/depot", fichier: "../flux.xml" },
    { type: "dossier", chemin: "/var/depot", fichier: "a/b.xml" },
    { type: "dossier", chemin: "/var/depot", fichier: "flux.part" },
    { type: "dossier", chemin: "/var/depot", fichier: ".flux.xml" },
    { type: "dossier", chemin: "/var/depot", fichier: "{jour}.xml" },
    { type: "dossier", chemin: "/var/depot", fichier: "{{date}.xml" },
    { type: "https", url: "https://exemple.fr", entetes: { "Content-Digest": "x" } },
    { type: "https", url: "https://exemple.fr", entetes: { "Webhook-Id": "x" } },
    { type: "https", url: "https://exemple.fr", entetes: { "X-Agence": "a\r\nHost: b" } },
    { type: "https", url: "https://exemple.fr", entetes_secrets: ["Authorization"] },
    { type: "https", url: "https://exemple.fr", auth: { type: "basic", identifiant: "a:b" } },
    { type: "https", url: "https://exemple.fr", auth: { type: "bearer", jeton: "x" } },
    { type: "sftp", hote: "sftp.exemple.fr", utilisateur: "agence" },
    { type: "sftp", hote: "sftp.exemple.fr", utilisateur: "agence", empreintes: [] },
    { type: "sftp", hote: "sftp.exemple.fr", utilisateur: "agence", empreintes: ["MD5:00:11"] },
    {
      type: "sftp",
      hote: "sftp.exemple.fr",
      utilisateur: "agence",
      empreintes: [EMPREINTE],
      dossier: "../a",
    },
    { type: "pigeon" },
  ])("%j is refused", (transport) => {
    expect(partner(transport).success).toBe(false);
  });

  const naming = {
    profil: "rco",
    gzip: false,
    // Already the next day in Paris.
    depart: new Date("2026-11-24T23:30:00Z"),
    sha256: "0123456789abcdef".repeat(4),
    diffusion: "20261124T233000Z-essai-3f9a1c",
  };

  test.each([
    ["offre-info-{profil}.xml", "offre-info-rco.xml"],
    ["flux.xml", "flux.xml"],
    ["{date}_{profil}_{sha8}.xml", "20261125_rco_01234567.xml"],
    ["{diffusion}.xml", "20261124T233000Z-essai-3f9a1c.xml"],
  ])("%s leaves as %s", (fichier, nom) => {
    expect(fileNameOf(fichier, naming)).toBe(nom);
    expect(fileNameOf(fichier, { ...naming, gzip: true })).toBe(`${nom}.gz`);
  });
});
