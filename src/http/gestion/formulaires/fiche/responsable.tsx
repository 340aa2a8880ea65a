import { LIBELLES_QUALIOPI } from "../mots.ts";

export interface ResponsableVu {
  readonly nom: string;
  readonly siret: string | null;
  readonly ville: string | null;
  readonly qualiopi: readonly string[];
  /** The person acts for several structures. */
  readonly plusieurs: boolean;
}

/** S63–S66: who bears the training is the active structure. */
export function Responsable({
  responsable: { nom, siret, ville, qualiopi, plusieurs },
}: {
  responsable: ResponsableVu;
}) {
  return (
    <section class="partie" id="responsable" aria-labelledby="responsable-titre">
      <h2 id="responsable-titre">Organisme responsable</h2>
      <p class="aide">
        Le porteur de la formation ; pour l'apprentissage, celui qui signe les contrats.{" "}
        {plusieurs ? "Pour saisir au nom d'une autre de vos structures, choisissez-la en haut à droite." : ""}
      </p>
      <dl class="faits">
        <div>
          <dt>Organisme</dt>
          <dd>
            {nom}
            {ville === null ? "" : `, ${ville}`}
          </dd>
        </div>
        <div>
          <dt>SIRET</dt>
          <dd>{siret ?? "à renseigner dans « Mes structures »"}</dd>
        </div>
        <div>
          <dt>Qualiopi</dt>
          <dd>
            {qualiopi.length === 0
              ? "aucune certification enregistrée"
              : qualiopi.map((one) => LIBELLES_QUALIOPI[one] ?? one).join(", ")}
          </dd>
        </div>
      </dl>
      <p class="discret">
        Ses coordonnées sont publiées avec la formation : tenez-les à jour dans{" "}
        <a href="/gestion/structures">Mes structures</a>.
      </p>
    </section>
  );
}
