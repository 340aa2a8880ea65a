import type { Snapshot } from "./lineage.ts";

/** One file that a profile serves. */
export interface ManifestFile {
  /** Name under the profile's address. */
  readonly name: "offre-info.xml" | "offre-info.xml.gz";
  readonly media_type: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `manifest.json`: what the current feed of a profile is; written after the files it names. */
export interface Manifest {
  readonly profil: string;
  readonly snapshot: number | null;
  readonly edition: number | null;
  readonly generated_at: string;
  /** Versions published after this instant had to wait for this profile. */
  readonly watermark: string;
  readonly lheo_version: "2.3";
  readonly xsd_version: string;
  readonly rules_version: string;
  /** Empty when nothing was in scope: LHEO has no way to write an offer without formation. */
  readonly files: readonly ManifestFile[];
  /** Of the offer alone, whatever the date of export. */
  readonly content_sha256: string;
  readonly previous_sha256: string | null;
  readonly counts: { readonly formations: number; readonly actions: number; readonly sessions: number };
  readonly set_aside: { readonly formations: number; readonly sessions: number };
  /** Values completed by default, by notice code. */
  readonly defaults: Readonly<Record<string, number>>;
}

/** The manifest of a snapshot. */
export function manifestOf(snapshot: Snapshot): Manifest {
  return {
    profil: snapshot.profil,
    snapshot: snapshot.id,
    edition: snapshot.edition,
    generated_at: snapshot.createdAt.toISOString(),
    watermark: snapshot.watermark.toISOString(),
    lheo_version: "2.3",
    xsd_version: snapshot.xsdVersion,
    rules_version: snapshot.reglesVersion,
    files: filesOf(snapshot),
    content_sha256: snapshot.contenuSha256,
    previous_sha256: snapshot.previousSha256,
    counts: { formations: snapshot.formations, actions: snapshot.actions, sessions: snapshot.sessions },
    set_aside: { formations: snapshot.formationsEcartees, sessions: snapshot.sessionsEcartees },
    defaults: snapshot.completeesParDefaut,
  };
}

function filesOf({ file }: Snapshot): readonly ManifestFile[] {
  if (file === null) return [];
  return [
    {
      name: "offre-info.xml",
      media_type: "application/xml; charset=utf-8",
      bytes: file.octets,
      sha256: file.sha256,
    },
    {
      name: "offre-info.xml.gz",
      media_type: "application/gzip",
      bytes: file.octetsGz,
      sha256: file.sha256Gz,
    },
  ];
}
