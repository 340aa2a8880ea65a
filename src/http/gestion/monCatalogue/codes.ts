import { keyOfCertification } from "../../../feed/index.ts";
import type { CodesCertification } from "../../../published/contract/index.ts";

/** Certifications as people know them: « RNCP35819, RS5500 ». */
export const codesOf = (certifications: readonly CodesCertification[]): string =>
  certifications.flatMap((one) => keyOfCertification(one) ?? []).join(", ");
