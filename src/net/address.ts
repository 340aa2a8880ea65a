import { lookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** One address that was looked at and may be dialled. */
export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Why there is nothing that may be dialled; the message is in French, for the operator. */
export interface NoAddress {
  readonly kind: "echec";
  readonly classe: "dns" | "adresse_interdite";
  readonly message: string;
}

const noAddress = (classe: NoAddress["classe"], message: string): NoAddress => ({
  kind: "echec",
  classe,
  message,
});

/** Resolves a name to all its addresses. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

const INSIDE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  INSIDE.addSubnet(network, bits, "ipv4");

/** Global unicast is all that is public in IPv6; what maps or tunnels IPv4 in it could lead anywhere. */
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet("2000::", 3, "ipv6");
const TUNNELS = new BlockList();
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  TUNNELS.addSubnet(network, bits, "ipv6");

/** May a partner that is not internal be reached at this address? Anything that is not surely public may not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !INSIDE.check(address, "ipv4");
  if (family !== 6 || address.includes("%")) return false;
  return PUBLIC_V6.check(address, "ipv6") && !TUNNELS.check(address, "ipv6");
}

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * Resolves the address of a partner: like `resolveHost`, and in TLS unless it is internal.
 * @returns the addresses to dial, all of them allowed; or why none may be
 */
export async function resolveTarget(
  url: URL,
  interne: boolean,
  resolve?: Resolve,
): Promise<readonly Address[] | NoAddress> {
  if (!interne && url.protocol !== "https:")
    return noAddress(
      "adresse_interdite",
      `L'adresse « ${url.origin} » n'est pas en https : seul un destinataire interne peut s'en passer.`,
    );
  return resolveHost(url.hostname.replace(/^\[|\]$/g, ""), interne, resolve);
}

/**
 * Resolves the host of a partner once: what is dialled afterwards is what was looked at here, so that a name that
 * changes in between leads nowhere else.
 * @returns the addresses to dial, all of them allowed; or why none may be
 */
export async function resolveHost(
  host: string,
  interne: boolean,
  resolve: Resolve = resolveAll,
): Promise<readonly Address[] | NoAddress> {
  const found = isIP(host) === 0 ? await resolved(host, resolve) : [{ address: host, family: isIP(host) }];
  if (!Array.isArray(found)) return found as NoAddress;
  if (found.length === 0) return noAddress("dns", `Le nom « ${host} » ne mène à aucune adresse.`);
  const inside = interne ? undefined : found.find(({ address }) => !isPublicAddress(address));
  if (inside !== undefined)
    return noAddress(
      "adresse_interdite",
      `Le nom « ${host} » mène à l'adresse interne ${inside.address} : rien n'a été envoyé. Si c'est voulu, marquez ce destinataire comme interne.`,
    );
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** Looks a name up as what was already looked at, so that nothing else is dialled. */
export function pinnedLookup(addresses: readonly Address[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family ?? 4);
  };
}

async function resolved(host: string, resolve: Resolve) {
  try {
    return await resolve(host);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return noAddress("dns", `Le nom « ${host} » n'a pas pu être résolu${code === "" ? "" : ` (${code})`}.`);
  }
}
