import { describe } from "vitest";
import { shortStorm } from "../storm/shortStorm.ts";

describe.each(["postgres", "poll"] as const)("%s", (queue) => {
  shortStorm(queue);
});
