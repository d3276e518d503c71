// metav1.Status: how the server says no. The texts are those of k8s.io/apimachinery/pkg/api/errors.
import { copyWith } from '../base/copy.ts';
import { qualifiedName, type ApiResource } from './resources.ts';

export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** A failure as the server answers it. */
export interface ApiStatus {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Failure';
  readonly message: string;
  readonly reason: string;
  readonly details?: {
    readonly name?: string;
    readonly group?: string;
    readonly kind?: string;
    readonly causes?: readonly StatusCause[];
    readonly retryAfterSeconds?: number;
  };
  readonly code: number;
}

type Named = Pick<ApiResource, 'group' | 'plural'>;

export function failure(code: number, reason: string, message: string, details?: ApiStatus['details']): ApiStatus {
  const base = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason } as const;
  return details ? copyWith(base, { details, code }) : copyWith(base, { code });
}

/** Details name the plural resource as `kind`, as the real server does for everything but Invalid. */
function named(resource: Named, name: string): ApiStatus['details'] {
  return resource.group ? { name, group: resource.group, kind: resource.plural } : { name, kind: resource.plural };
}

export function notFound(resource: Named, name: string): ApiStatus {
  return failure(404, 'NotFound', `${qualifiedName(resource)} "${name}" not found`, named(resource, name));
}

export function alreadyExists(resource: Named, name: string): ApiStatus {
  return failure(409, 'AlreadyExists', `${qualifiedName(resource)} "${name}" already exists`, named(resource, name));
}

export function conflict(resource: Named, name: string, why: string): ApiStatus {
  const message = `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${why}`;
  return failure(409, 'Conflict', message, named(resource, name));
}

export const objectModified =
  'the object has been modified; please apply your changes to the latest version and try again';

export function forbidden(resource: Named, name: string, why: string): ApiStatus {
  const what = name ? ` "${name}"` : '';
  return failure(403, 'Forbidden', `${qualifiedName(resource)}${what} is forbidden: ${why}`, named(resource, name));
}

export function badRequest(message: string): ApiStatus {
  return failure(400, 'BadRequest', message);
}
