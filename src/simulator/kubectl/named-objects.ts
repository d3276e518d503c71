// Objects as a command line names them: `pods`, `pod a b`, `nodes,svc`, `deploy/web pod/a` (k8s.io/cli-runtime/pkg/resource, Builder).
import type { ApiResource } from '../../api/resources.ts';
import { textFailure, type Failure } from './failure.ts';
import { customByAnyName, resourceByAnyName, resourcesOfCategory } from './resource-names.ts';

/** A resource, and the objects of it that are meant: all if no names are given. */
export interface Selection {
  readonly resource: ApiResource;
  readonly names: readonly string[];
}

export interface Selections {
  readonly selections: readonly Selection[];
  /** Whether single objects are named rather than whole resources. */
  readonly byName: boolean;
}

/** Reads the arguments after a command's name. `usage` tells what is missing when there are none. */
export function selectionsOf(
  positional: readonly string[],
  missing: string,
  custom: readonly ApiResource[] = [],
): Selections | Failure {
  if (positional.length === 0) return textFailure(missing);
  const isSlashed = positional.some((arg) => arg.includes('/'));
  return isSlashed ? typeAndName(positional, custom) : typesThenNames(positional, custom);
}

export const isFailure = <T extends object>(value: T | Failure): value is Failure => 'type' in value;

/** `deploy/web pod/a`: every argument names its object. */
function typeAndName(positional: readonly string[], custom: readonly ApiResource[]): Selections | Failure {
  const selections: Selection[] = [];
  for (const arg of positional) {
    const [types = '', name = '', ...more] = arg.split('/');
    if (!arg.includes('/')) {
      return textFailure(
        `there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'`,
      );
    }
    if (more.length > 0 || types === '' || name === '') {
      return textFailure('arguments in resource/name form may not have more than one slash');
    }
    const resources = resourcesOf(types, custom);
    if (isFailure(resources)) return resources;
    selections.push(...resources.map((resource) => ({ resource, names: [name] })));
  }
  return { selections, byName: true };
}

/** `pods,svc a b`: the first argument says what, the others which. */
function typesThenNames(
  [types = '', ...names]: readonly string[],
  custom: readonly ApiResource[],
): Selections | Failure {
  const resources = resourcesOf(types, custom);
  if (isFailure(resources)) return resources;
  return { selections: resources.map((resource) => ({ resource, names })), byName: names.length > 0 };
}

/** The resources of `pods,svc`, categories resolved. */
function resourcesOf(types: string, custom: readonly ApiResource[]): readonly ApiResource[] | Failure {
  const resources: ApiResource[] = [];
  for (const type of types.split(',').filter((text) => text !== '')) {
    const category = resourcesOfCategory(type);
    const resource = category.length > 0 ? undefined : (resourceByAnyName(type) ?? customByAnyName(type, custom));
    if (category.length === 0 && !resource) return noSuchResource(type);
    resources.push(...(resource ? [resource] : category));
  }
  return resources;
}

/** meta.NoResourceMatchError, as kubectl words it. */
export function noSuchResource(type: string): Failure {
  return textFailure(`error: the server doesn't have a resource type "${type}"`);
}
