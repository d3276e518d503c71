// Names end up in URLs, so some characters cannot be in the name of anything that is asked for
// (k8s.io/apimachinery/pkg/api/validation/path, IsValidPathSegmentName).

/** What a client says that is asked to get an object of such a name, or undefined for a usable one. */
export function invalidPathSegment(name: string): string | undefined {
  const problems: string[] = [];
  if (name === '.' || name === '..') problems.push(`may not be '${name}'`);
  else
    for (const character of ['/', '%']) if (name.includes(character)) problems.push(`may not contain '${character}'`);
  return problems.length ? `invalid resource name "${name}": [${problems.join(' ')}]` : undefined;
}
