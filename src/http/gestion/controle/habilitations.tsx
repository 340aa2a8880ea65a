import type { CertificationExaminee, Habilitations } from "../../../catalogue/index.ts";
import { Fait } from "../../pages/faits.tsx";
import { dateLheo } from "../../pages/format.ts";
import { Section, Table } from "../../pages/layout.tsx";
import type { Ton } from "../../pages/words.ts";
import { LIBELLES_QUALIOPI } from "../formulaires/mots.ts";

interface Dit {
  readonly texte: string;
  readonly ton: Ton;
}

const ENREGISTREMENTS: Readonly<Record<CertificationExaminee["enregistrement"], Dit>> = {
  active: { texte: "active", ton: "bien" },
  echue: { texte: "échue", ton: "souci" },
  a_venir: { texte: "pas encore active", ton: "attente" },
  inconnue: { texte: "absente du registre lu", ton: "attente" },
};

const DROITS: Readonly<Record<CertificationExaminee["habilitation"], Dit>> = {
  habilite: { texte: "organisme habilité", ton: "bien" },
  echue: { texte: "habilitation hors de sa période", ton: "souci" },
  non_declaree: { texte: "organisme non déclaré", ton: "souci" },
  sans_declaration: { texte: "personne n'est déclaré pour elle", ton: "attente" },
};

/** S64, S81, S140: may the organisme deliver what it announces? */
export function HabilitationsVue({ habilitations }: { habilitations: Habilitations }) {
  const { certifications, qualiopi, compteKairos } = habilitations;
  return (
    <Section titre="Habilitations et Qualiopi">
      <dl class="faits">
        <Fait titre="Qualiopi">
          {qualiopi.length === 0
            ? "aucune catégorie enregistrée"
            : qualiopi.map((one) => LIBELLES_QUALIOPI[one] ?? one).join(", ")}
        </Fait>
        <Fait titre="Compte Kairos">{compteKairos ? "ouvert" : "non signalé"}</Fait>
      </dl>
      {certifications.length === 0 ? (
        <p>L'action ne prépare à aucune certification.</p>
      ) : (
        <Table
          titre="Certifications de l'action"
          colonnes={["Certification", "Enregistrement", "Droit de l'organisme"]}
        >
          {certifications.map(
            ({ code, intitule, enregistrement, finValidite, habilitation, finHabilitation }) => (
              <tr key={code}>
                <th scope="row">
                  {code}
                  <p class="discret">{intitule ?? ""}</p>
                </th>
                <td>
                  <Vu dit={ENREGISTREMENTS[enregistrement]} fin={finValidite} />
                </td>
                <td>
                  <Vu dit={DROITS[habilitation]} fin={finHabilitation} />
                </td>
              </tr>
            ),
          )}
        </Table>
      )}
    </Section>
  );
}

function Vu({ dit: { texte, ton }, fin }: { dit: Dit; fin: string | undefined }) {
  return (
    <>
      <span class={`etat ${ton}`}>{texte}</span>
      {fin === undefined ? null : <p class="discret">jusqu'au {dateLheo(fin)}</p>}
    </>
  );
}
