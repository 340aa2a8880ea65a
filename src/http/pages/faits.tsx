import type { ComponentChildren } from "preact";

/** One fact of a list of facts: `<dl class="faits">`. */
export function Fait({ titre, children }: { titre: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{titre}</dt>
      <dd>{children}</dd>
    </div>
  );
}
