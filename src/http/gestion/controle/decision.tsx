import type { Connexion } from "../../../access/index.ts";
import type { Examen } from "../../../catalogue/index.ts";
import { Formulaire } from "../../pages/form.tsx";
import { instant } from "../../pages/format.ts";
import { Section } from "../../pages/layout.tsx";
import type { Membre } from "../scope.ts";

/** Publish, correct, take in hand. */
export function Decision({
  qui,
  place,
  examen,
}: Membre & {
  examen: Examen;
}) {
  const { attente, fiche, verification } = examen;
  const { pris } = attente;
  const mine = pris?.acteur === place.auteur.acteur;
  const here = `/gestion/controle/${fiche.id}`;
  return (
    <Section titre="Décider">
      <p>
        {pris === undefined
          ? "Personne ne s'en occupe encore."
          : `En cours de contrôle par ${mine ? "vous" : pris.nom}, depuis le ${instant(pris.at)}.`}
      </p>
      {verification.bloquante ? (
        <p class="souci">
          Elle ne peut pas être publiée telle quelle : corrigez les champs signalés plus bas, ou demandez un
          complément.
        </p>
      ) : null}
      <div class="actions">
        {verification.bloquante ? null : (
          <Formulaire qui={qui} vers={`${here}/publier`} champs={{ revision: String(fiche.revision) }}>
            <button type="submit">Publier</button>
          </Formulaire>
        )}
        <a class="bouton" href={`/gestion/actions/${fiche.id}`}>
          Corriger dans la fiche
        </a>
        <Formulaire qui={qui} vers={`${here}/${mine ? "rendre" : "prendre"}`}>
          <button type="submit" class="second">
            {mine ? "Rendre à la file" : "Je m'en occupe"}
          </button>
        </Formulaire>
      </div>
    </Section>
  );
}

/** S36–S38: what the OF reads in blue on top of its form. */
export function Complement({
  qui,
  id,
  message,
}: {
  qui: Connexion | undefined;
  id: number;
  message: string;
}) {
  return (
    <Section
      titre="Demander un complément"
      aide="L'organisme retrouve l'action sous « Alerte », avec ce message en haut de sa fiche."
    >
      <Formulaire qui={qui} vers={`/gestion/controle/${id}/complement`} classe="fiche">
        <p class="champ">
          <label for="message">Ce qu'il faut compléter ou corriger</label>
          <textarea id="message" name="message" rows={4} required maxLength={3000} defaultValue={message} />
        </p>
        <p>
          <button type="submit" class="second">
            Demander ce complément
          </button>
        </p>
      </Formulaire>
    </Section>
  );
}
