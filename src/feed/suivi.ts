import type { Attributes } from "../lheo/index.ts";
import type { TelQuel, Version } from "../published/contract/index.ts";
import { jourDe } from "./jours.ts";

/** What a record says of its own dates. */
export interface Suivi {
  readonly datecrea?: string | null | undefined;
  readonly datemaj?: string | null | undefined;
}

type Suivie = Pick<Version<Suivi>, "contenu" | "misEnLigneAt" | "premiereMiseEnLigneAt">;

/** `@datecrea`, AAAAMMJJ: as the source gives it, else the day of the first mise en ligne. */
export function datecrea({ contenu, premiereMiseEnLigneAt }: Suivie): string {
  return contenu.datecrea ?? jourDe(premiereMiseEnLigneAt);
}

/** `@datemaj`, AAAAMMJJ: as the source gives it, else the day this version was published. */
export function datemaj({ contenu, misEnLigneAt }: Suivie): string {
  return contenu.datemaj ?? jourDe(misEnLigneAt);
}

/** `@numero`, `@datecrea`, `@datemaj` of a record that is one LHEO element. */
export function attributsDeSuivi(numero: string, record: Suivie): Attributes {
  return { numero, datecrea: datecrea(record), datemaj: datemaj(record) };
}

/**
 * The same for the LHEO `action`, which is made of the session and of the action of the catalogue: it is as new as
 * the newer of the two, unless the source of the session dated it itself.
 */
export function attributsDeSuiviAction(
  numero: string,
  session: Suivie & { readonly contenu: { readonly tel_quel: TelQuel } },
  action: Suivie,
): Attributes {
  const propres = session.contenu.tel_quel.find(({ chemin }) => chemin === "")?.attributs;
  const [deLaSession, deLAction] = [datemaj(session), datemaj(action)];
  return {
    numero,
    datecrea: propres?.datecrea ?? datecrea(session),
    datemaj: propres?.datemaj ?? (deLaSession > deLAction ? deLaSession : deLAction),
  };
}
