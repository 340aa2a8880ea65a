import type { EtatAction, RoleCatalogue } from "../../../catalogue/index.ts";

/** S44, S45, H9: what is left to do for an action that left; nothing for one that did not. */
export function Sortie({
  etat,
  role,
  contact,
}: {
  etat: EtatAction;
  role: RoleCatalogue;
  contact: string | undefined;
}) {
  if (etat !== "archivee" && etat !== "supprimee") return null;
  if (etat === "supprimee")
    return (
      <p class="note">
        Une action supprimée ne se modifie plus et ne revient pas : son historique reste lisible.
      </p>
    );
  if (role === "controle")
    return <p class="note">Une action archivée se remet en ligne depuis son historique.</p>;
  return (
    <p class="note">
      Une action archivée ne se modifie plus. Pour la remettre en ligne, écrivez à{" "}
      {contact === undefined ? "l'équipe de contrôle" : <a href={`mailto:${contact}`}>{contact}</a>} en
      donnant sa référence.
    </p>
  );
}
