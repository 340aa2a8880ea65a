import { beforeAll } from "vitest";

/**
 * What is made before the tests of a file, handed out at its top; call it there.
 * @param what its name, for who reads it before it is there
 */
export function useMade<T extends object>(what: string, make: () => Promise<T>): T {
  let made: T | undefined;
  beforeAll(async () => {
    made = await make();
  });
  return new Proxy({} as T, {
    get(_, name: string & keyof T) {
      if (made === undefined) throw new Error(`${what} is there in tests only`);
      return made[name];
    },
  });
}
