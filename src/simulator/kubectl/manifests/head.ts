// What kind of object a document is: the first thing that kubectl looks at
// (k8s.io/kubectl/pkg/validation and k8s.io/kubectl/pkg/util/openapi, getObjectKind).
import { isObject } from '../../../base/json.ts';

export interface Head {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Why a document cannot be validated: it is no object, or does not say what it is. Undefined if it does. */
export function headProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'invalid object to validate';
  const problems = [versionProblem(value.apiVersion), kindProblem(value.kind)].filter((text) => text !== undefined);
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0];
}

function versionProblem(apiVersion: unknown): string | undefined {
  if (apiVersion === undefined || apiVersion === null) return 'apiVersion not set';
  if (typeof apiVersion !== 'string') return "apiVersion isn't string type";
  const slashes = apiVersion.split('/').length - 1;
  return slashes > 1 ? `unexpected GroupVersion string: ${apiVersion}` : undefined;
}

function kindProblem(kind: unknown): string | undefined {
  if (kind === undefined || kind === null) return 'kind not set';
  return typeof kind === 'string' ? undefined : "kind isn't string type";
}

/** Whether a value says what it is, so that it can be decoded. */
export function hasHead(value: unknown): value is Readonly<Record<string, unknown>> & Head {
  return isObject(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string' && value.kind !== '';
}

export function headOf(value: unknown): Head {
  return hasHead(value) ? value : { apiVersion: '', kind: '' };
}
