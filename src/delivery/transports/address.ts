export {
  type Address,
  isPublicAddress,
  pinnedLookup,
  type Resolve,
  resolveHost,
  resolveTarget,
} from "../../net/index.ts";
