/** A route as it was declared. */
export interface KnownRoute {
  readonly methods: readonly string[];
  readonly url: string;
}

/** The methods that some route would answer at this address; none when there is nothing there. */
export function allowedMethods(routes: readonly KnownRoute[], url: string): string[] {
  const path = url.split("?", 1)[0] ?? "";
  const found = routes.filter((route) => patternOf(route.url).test(path)).flatMap(({ methods }) => methods);
  return [...new Set(found)].sort();
}

function patternOf(url: string): RegExp {
  const escaped = url.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/:\w+/g, "[^/]+").replace(/\*/g, ".*")}$`);
}
