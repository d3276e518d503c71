// How a person calls a resource: `po`, `pod`, `pods`, `deploy.apps`, `deployments.v1.apps`, `all`.
import { qualifiedName, resourceByQualifiedName, type ApiResource } from '../../api/resources.ts';
import { builtinResources } from '../../api/resources.generated.ts';

const listable = builtinResources.filter(({ verbs }) => verbs.includes('list'));

/** The names of a resource without its group, as discovery tells them. */
const namesOf = ({ plural, singular, shortNames }: ApiResource) => [plural, singular, ...shortNames];

const preferred = listable.filter((resource) => resourceByQualifiedName(qualifiedName(resource)) === resource);
const byName = new Map(
  [...preferred].reverse().flatMap((resource) => namesOf(resource).map((name) => [name, resource])),
);

/** The resource by any of its names, or undefined if the server has none of that name. */
export function resourceByAnyName(text: string): ApiResource | undefined {
  const name = text.toLowerCase();
  const plain = byName.get(name);
  if (plain) return plain;
  const [first = '', ...rest] = name.split('.');
  const group = rest.join('.');
  const grouped = preferred.find((resource) => resource.group === group && namesOf(resource).includes(first));
  if (grouped) return grouped;
  const [version, ...groupParts] = rest;
  return listable.find(
    (resource) =>
      resource.version === version && resource.group === groupParts.join('.') && namesOf(resource).includes(first),
  );
}

/** The same among resources that are not built in: `widgets`, `widget.example.com`, `widgets.v1.example.com`. */
export function customByAnyName(text: string, custom: readonly ApiResource[]): ApiResource | undefined {
  const [first = '', ...rest] = text.toLowerCase().split('.');
  const where = rest.join('.');
  return custom.find((resource) => {
    const { group, version } = resource;
    return namesOf(resource).includes(first) && ['', group, `${version}.${group}`].includes(where);
  });
}

/** The resources of a category: `all`. */
export function resourcesOfCategory(category: string): readonly ApiResource[] {
  return preferred.filter(({ categories }) => categories.includes(category));
}

/** The lower-case kind with its group, before an object's name: `pod`, `deployment.apps`. */
export function printedKind({ kind, group }: Pick<ApiResource, 'kind' | 'group'>): string {
  return group ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();
}
