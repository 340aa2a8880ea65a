/**
 * Where our own requests may go: names resolved once, inside addresses refused, what was looked at dialled and nothing
 * else.
 */
export {
  type Address,
  isPublicAddress,
  type NoAddress,
  pinnedLookup,
  type Resolve,
  resolveHost,
  resolveTarget,
} from "./address.ts";
