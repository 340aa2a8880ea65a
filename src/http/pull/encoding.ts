/**
 * Would a client rather have the gzip of a text? By `Accept-Encoding` (RFC 9110, 12.5.3): when it takes gzip, at least as
 * gladly as the plain text.
 */
export function prefersGzip(header: string | string[] | undefined): boolean {
  if (header === undefined) return false;
  const qualities = new Map<string, number>();
  for (const item of String(header).split(",")) {
    const [coding = "", ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    const quality = q === undefined ? 1 : Number(q.slice(2));
    if (coding !== "") qualities.set(coding, Number.isNaN(quality) ? 0 : quality);
  }
  const any = qualities.get("*");
  const gzip = qualities.get("gzip") ?? qualities.get("x-gzip") ?? any ?? 0;
  return gzip > 0 && gzip >= (qualities.get("identity") ?? 0);
}
