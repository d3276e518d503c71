// The chain of authorizers that kubeadm sets up, Node and then RBAC, with what was decided before kept at hand.
import { copyWith } from '../../../base/copy.ts';
import type { KubeObject } from '../../../api/object.ts';
import { failure, forbidden, type ApiStatus } from '../../../api/status.ts';
import type { ClusterReader } from '../registry/reader.ts';
import type { Participant } from '../../trace.ts';
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

type Decision = Omit<Authorization, 'known'>;

/** Decisions that hold for every name, by what is asked for; and the roles and bindings they were made by. */
interface Policy {
  readonly objects: readonly KubeObject[];
  readonly decisions: Map<string, Decision>;
  /** What programs of the cluster may do everywhere: actions by actor and resource. */
  readonly granted: Map<Participant, Map<string, Set<string>>>;
}

/** Simulations begin from the same cluster again and again: what was decided in one holds in the next. */
let latest: Policy = { objects: [], decisions: new Map(), granted: new Map() };
const mostDecisions = 10_000;

function policyOf(reader: ClusterReader): Policy {
  const objects = ['clusterroles', 'clusterrolebindings', 'roles', 'rolebindings'].flatMap((plural) =>
    reader.list(`${plural}.rbac.authorization.k8s.io`),
  );
  const isSame = objects.length === latest.objects.length && objects.every((object, i) => object === latest.objects[i]);
  if (!isSame || latest.decisions.size > mostDecisions) latest = { objects, decisions: new Map(), granted: new Map() };
  return latest;
}

export class Authorizer {
  readonly #reader: ClusterReader;
  /** What was asked for since roles or bindings last changed. */
  readonly #asked = new Set<string>();
  #policy: Policy | undefined;
  #version = 0;

  constructor(reader: ClusterReader) {
    this.#reader = reader;
  }

  /** Counts the changes of roles and bindings: what was decided before is worth nothing after. */
  get version(): number {
    return this.#version;
  }

  /** What a program may do with a resource everywhere, as far as that is known, from this simulation or one before it. */
  grantsOf(actor: Participant, resource: string): Set<string> {
    const { granted } = (this.#policy ??= policyOf(this.#reader));
    let byResource = granted.get(actor);
    if (!byResource) granted.set(actor, (byResource = new Map<string, Set<string>>()));
    let actions = byResource.get(resource);
    if (!actions) byResource.set(resource, (actions = new Set()));
    return actions;
  }

  /**
   * Whether the user may; `controller` says that the user is one of kube-controller-manager's controllers, `silent` that nobody
   * is told: the same request counts as new when somebody is.
   */
  authorize(user: User, attributes: AccessAttributes, controller: boolean, silent: boolean): Authorization {
    const { verb, group, resource, subresource, namespace = '', path = '' } = attributes;
    const who = `${user.name} ${user.groups.join(' ')} ${controller}`;
    const key = `${who} ${verb} ${group}/${resource}/${subresource} ${namespace} ${path}`;
    const { decisions } = (this.#policy ??= policyOf(this.#reader));
    let decision = decisions.get(key);
    if (!decision) {
      decision = this.#decide(user, copyWith(attributes, { name: undefined }), controller);
      // What is allowed for one name alone is asked again for the next.
      if (!decision.allowed) return { ...this.#decide(user, attributes, controller), known: false, everywhere: false };
      decisions.set(key, decision);
    }
    const known = this.#asked.has(key);
    if (!known && !silent) this.#asked.add(key);
    const { allowed, reason, everywhere } = decision;
    return { allowed, reason, known, everywhere };
  }

  /** Roles or bindings have changed. */
  forget(): void {
    this.#policy = undefined;
    this.#asked.clear();
    this.#version++;
  }

  #decide(user: User, attributes: AccessAttributes, controller: boolean): Decision {
    const reason = this.#reason(user, attributes, controller);
    if (reason === undefined) return { allowed: false, reason: '', everywhere: false };
    const everywhere = this.#reason(user, copyWith(attributes, { namespace: undefined }), controller) !== undefined;
    return { allowed: true, reason, everywhere };
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
