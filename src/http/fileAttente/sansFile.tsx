import type { Connexion } from "../../access/index.ts";
import { Layout } from "../pages/layout.tsx";

/** There is no queue to look at, which is no fault. */
export function SansFilePage({ qui }: { qui: Connexion | undefined }) {
  return (
    <Layout titre="File d'attente" qui={qui} ici="/file-attente">
      <h1>File d'attente</h1>
      <p class="chapeau">Ici aucune file n'est en service : il n'y a rien à y voir, et rien ne manque.</p>
      <p>
        Les diffusions sont relues régulièrement dans la base (<code>QUEUE=poll</code>, ou un processus qui ne
        diffuse pas). Où en est chacune se lit aux <a href="/diffusions">diffusions</a>.
      </p>
    </Layout>
  );
}
