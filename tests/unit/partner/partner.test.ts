import { describe, expect, test } from "vitest";
import { fileNameOf, zPartner, zTransport } from "../../../src/partner/index.ts";

const partner = (transport: unknown, fields: Record<string, unknown> = {}) =>
  zPartner.safeParse({ id: "essai", nom: "Essai", profil: "rco", transport, ...fields });

describe("how a partner is reached", () => {
  test("over https with what is usual", () => {
    expect(zTransport.parse({ type: "https", url: "https://exemple.fr/depot" })).toEqual({
      type: "https",
      url: "https://exemple.fr/depot",
      methode: "PUT",
      compression: "gzip",
      fichier: "offre-info-{profil}.xml",
      deja_recu: [],
      delais: { connexion: 10, envoi: 60, entetes: 300, reponse: 30 },
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
    { type: "pigeon" },
  ])("%j is refused", (transport) => {
    expect(partner(transport).success).toBe(false);
  });

  test("under a name that says the profile and the form", () => {
    expect(fileNameOf({ fichier: "offre-info-{profil}.xml" }, "rco", true)).toBe("offre-info-rco.xml.gz");
    expect(fileNameOf({ fichier: "flux.xml" }, "rco", false)).toBe("flux.xml");
  });
});
