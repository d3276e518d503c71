// The chain of authorizers that kubeadm sets up, Node and then RBAC, with what was decided before kept at hand.
import { failure, forbidden, type ApiStatus } from '../../../api/status.ts';
import type { ClusterReader } from '../registry/reader.ts';
import type { User } from '../request.ts';
import { bootstrapRoles } from './bootstrap-policy.generated.ts';
import { allows, rbacReason, type AccessAttributes } from './rbac.ts';

export interface Authorization {
  readonly allowed: boolean;
  /** As the authorizer gives it; empty where it gives none. */
  readonly reason: string;
  /** The decision had been made before, for a request like this one. */
  readonly known: boolean;
  /** It holds in every namespace and for every name. */
  readonly everywhere: boolean;
}

/** Informers are shared by all controllers, and ask as the program itself. */
const controllerManager: User = { name: 'system:kube-controller-manager', groups: ['system:authenticated'] };

export class Authorizer {
  readonly #reader: ClusterReader;
  readonly #decided = new Map<string, Authorization>();
  #version = 0;

  constructor(reader: ClusterReader) {
    this.#reader = reader;
  }

  /** Counts the changes of roles and bindings: what was decided before is worth nothing after. */
  get version(): number {
    return this.#version;
  }

  /** Whether the user may; `controller` says that the user is one of kube-controller-manager's controllers. */
  authorize(user: User, attributes: AccessAttributes, controller: boolean): Authorization {
    const { verb, group, resource, subresource, namespace = '', path = '' } = attributes;
    const key = `${user.name} ${verb} ${group}/${resource}/${subresource} ${namespace} ${path}`;
    const known = this.#decided.get(key);
    if (known) return known;
    const general = this.#reason(user, { ...attributes, name: undefined }, controller);
    // What is allowed for one name alone is asked again for the next.
    const reason = general ?? this.#reason(user, attributes, controller);
    const everywhere =
      general !== undefined &&
      this.#reason(user, { ...attributes, name: undefined, namespace: undefined }, controller) !== undefined;
    const decision = { allowed: reason !== undefined, reason: reason ?? '', known: false, everywhere };
    if (general !== undefined) this.#decided.set(key, { ...decision, known: true });
    return decision;
  }

  /** Roles or bindings have changed. */
  forget(): void {
    this.#decided.clear();
    this.#version++;
  }

  #reason(user: User, attributes: AccessAttributes, controller: boolean): string | undefined {
    return (
      nodeReason(user, attributes) ??
      rbacReason(user, attributes, this.#reader) ??
      (controller && isReading(attributes.verb) ? rbacReason(controllerManager, attributes, this.#reader) : undefined)
    );
  }
}

const isReading = (verb: string) => verb === 'get' || verb === 'list' || verb === 'watch';

/**
 * The Node authorizer lets kubelets do what the ClusterRole system:node lists. The real one also asks whether the object belongs to
 * the node; the simulated kubelets ask for no others (plugin/pkg/auth/authorizer/node).
 */
function nodeReason(user: User, attributes: AccessAttributes): string | undefined {
  if (!user.groups.includes('system:nodes')) return undefined;
  return bootstrapRoles['system:node']?.some((rule) => allows(rule, attributes)) ? '' : undefined;
}

/** The answer to a user who may not (apiserver/pkg/endpoints/handlers/responsewriters, forbiddenMessage). */
export function forbiddenStatus(user: User, attributes: AccessAttributes): ApiStatus {
  const { verb, group, resource, subresource, namespace, name = '', path } = attributes;
  const who = `User "${user.name}" cannot ${verb}`;
  if (path !== undefined) return failure(403, 'Forbidden', `forbidden: ${who} path "${path}"`, {});
  const what = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  const why = `${who} resource "${what}" in API group "${group}" ${where}`;
  return forbidden({ group, plural: resource }, name, why);
}
