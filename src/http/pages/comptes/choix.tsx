import { LIBELLES_ROLES, ROLES, type Role } from "../../../access/index.ts";
import { AIDE_MOT_DE_PASSE } from "../form.tsx";

const PEUT: Readonly<Record<Role, string>> = {
  membre: "ce que ses structures lui donnent",
  lecteur: "tout voir",
  operateur: "voir, et agir sur les diffusions",
  administrateur: "tout, partenaires et comptes compris",
};

/** Which role, each with what it may do. */
export function ChoixRole({ role }: { role: Role }) {
  return (
    <p class="champ">
      <label for="role">Rôle</label>
      <select id="role" name="role" aria-describedby="role-aide">
        {ROLES.map((one) => (
          <option value={one} selected={one === role} key={one}>
            {LIBELLES_ROLES[one]}
          </option>
        ))}
      </select>
      <small id="role-aide" class="discret">
        {ROLES.map((one) => `${LIBELLES_ROLES[one]} : ${PEUT[one]}`).join(" ; ")}.
      </small>
    </p>
  );
}

/** A password typed for someone else; left empty, they choose it themselves by a link. */
export function MotDePasseOuLien() {
  return (
    <p class="champ">
      <label for="mot_de_passe">Mot de passe (facultatif)</label>
      <input
        type="password"
        id="mot_de_passe"
        name="mot_de_passe"
        autocomplete="new-password"
        aria-describedby="mot_de_passe-aide"
      />
      <small id="mot_de_passe-aide" class="discret">
        Laissez vide pour obtenir un lien, valable une fois et 24 heures, par lequel la personne choisit le
        sien. Sinon : {AIDE_MOT_DE_PASSE}
      </small>
    </p>
  );
}
