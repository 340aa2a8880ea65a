interface ChampProps {
  readonly nom: string;
  readonly titre: string;
  readonly valeur?: string | undefined;
  readonly erreur?: string | undefined;
  readonly aide?: string | undefined;
  readonly requis?: boolean | undefined;
  /** Shown, not to be changed by who reads it (S61). */
  readonly grise?: boolean | undefined;
  readonly long?: boolean | undefined;
}

/** One line to type, with what is wrong with it. */
export function Champ({ nom, titre, valeur = "", erreur, aide, requis, grise, long }: ChampProps) {
  const dits = [aide === undefined ? [] : `${nom}-aide`, erreur === undefined ? [] : `${nom}-erreur`].flat();
  const common = {
    id: nom,
    name: nom,
    disabled: grise,
    required: requis === true && grise !== true,
    autocomplete: "off",
    "aria-invalid": erreur === undefined ? undefined : true,
    "aria-describedby": dits.length === 0 ? undefined : dits.join(" "),
  };
  return (
    <p class="champ">
      <label for={nom}>
        {titre}
        {requis === true ? <Requis /> : null}
      </label>
      {long === true ? (
        <textarea rows={3} {...common} defaultValue={valeur} />
      ) : (
        <input type="text" {...common} value={valeur} />
      )}
      {aide === undefined ? null : (
        <small id={`${nom}-aide`} class="discret">
          {aide}
        </small>
      )}
      {erreur === undefined ? null : (
        <small id={`${nom}-erreur`} class="erreur">
          {erreur}
        </small>
      )}
    </p>
  );
}

/** The red dot of what has to be filled in (S62). */
export function Requis() {
  return (
    <>
      {" "}
      <span class="requis" aria-hidden="true">
        ●
      </span>
      <span class="cache"> (obligatoire)</span>
    </>
  );
}

/** One box to tick. */
export function Case({
  nom,
  valeur = "oui",
  titre,
  coche,
  grise,
}: {
  nom: string;
  valeur?: string;
  titre: string;
  coche: boolean;
  grise?: boolean;
}) {
  return (
    <label class="case">
      <input type="checkbox" name={nom} value={valeur} checked={coche} disabled={grise} /> {titre}
    </label>
  );
}
