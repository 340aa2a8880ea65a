import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPublicAddress, type Resolve, resolveTarget } from "../../../src/delivery/index.ts";

const to =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
const never: Resolve = () => {
  throw new Error("must not be resolved");
};

describe("addresses that a partner may have", () => {
  test.each([
    "8.8.8.8",
    "193.252.1.1",
    "172.15.255.255",
    "172.32.0.0",
    "100.63.0.1",
    "2001:4860:4860::8888",
    "2a01:e00::1",
  ])("%s is public", (address) => expect(isPublicAddress(address)).toBe(true));

  test.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "192.0.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:7f00:1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "pas une adresse",
  ])("%s is not", (address) => expect(isPublicAddress(address)).toBe(false));

  test("nothing of a private range is ever public", () => {
    const octet = fc.nat(255);
    const inside = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(127), octet, octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
    );
    fc.assert(
      fc.property(inside, (parts) => {
        expect(isPublicAddress(parts.join("."))).toBe(false);
        expect(isPublicAddress(`::ffff:${parts.join(".")}`)).toBe(false);
      }),
    );
  });
});

describe("what is dialled", () => {
  test("a public name leads to its addresses", async () => {
    expect(
      await resolveTarget(new URL("https://exemple.fr/flux"), false, to("193.252.1.1", "2a01:e00::1")),
    ).toEqual([
      { address: "193.252.1.1", family: 4 },
      { address: "2a01:e00::1", family: 6 },
    ]);
  });

  test("one inside address among others is enough to refuse", async () => {
    const found = await resolveTarget(
      new URL("https://exemple.fr"),
      false,
      to("193.252.1.1", "169.254.169.254"),
    );
    expect(found).toMatchObject({ classe: "adresse_interdite" });
  });

  test.each([
    "https://127.0.0.1",
    "https://[::1]",
    "https://0x7f.1",
    "https://2130706433",
    "https://[::ffff:127.0.0.1]",
  ])("%s is refused without asking anyone", async (url) =>
    expect(await resolveTarget(new URL(url), false, never)).toMatchObject({ classe: "adresse_interdite" }),
  );

  test("without TLS only an internal partner is reached", async () => {
    expect(await resolveTarget(new URL("http://exemple.fr"), false, never)).toMatchObject({
      classe: "adresse_interdite",
    });
    expect(await resolveTarget(new URL("http://127.0.0.1:9"), true, never)).toEqual([
      { address: "127.0.0.1", family: 4 },
    ]);
  });

  test("a name that does not resolve is a failure that says so", async () => {
    const failing: Resolve = async () => {
      throw Object.assign(new Error("nope"), { code: "ENOTFOUND" });
    };
    expect(await resolveTarget(new URL("https://exemple.fr"), false, failing)).toMatchObject({
      classe: "dns",
    });
    expect(await resolveTarget(new URL("https://exemple.fr"), false, to())).toMatchObject({ classe: "dns" });
  });
});
