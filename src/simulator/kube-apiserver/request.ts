// The vocabulary of the request pipeline: who asks, what is written, and what comes of it.
import type { KubeObject } from '../../api/object.ts';
import type { ApiResource } from '../../api/resources.ts';
import type { ApiStatus } from '../../api/status.ts';
import type { CustomKind } from './custom-resources/custom-kind.ts';
import type { Client, WriteOptions } from '../client/client.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Participant } from '../trace.ts';
import type { ActivePolicies } from './admission/policies/source.ts';
import type { ClusterReader } from './registry/reader.ts';

/** Who a request is made by, as authentication finds out (k8s.io/apiserver authentication/user.Info). */
export interface User {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
}

/** Who writes, where, and how. */
export interface WriteTarget {
  readonly resource: ApiResource;
  /** `pods` or `deployments.apps`. */
  readonly resourceName: string;
  /** Empty for the object itself. */
  readonly subresource: string;
  /** The subresource by which the object itself is written. */
  readonly through?: string;
  /** Server-side apply, which says itself whose the fields are. */
  readonly applies?: boolean;
  readonly namespace: string | undefined;
  /** The version that is asked for, where it is not the resource's own. */
  readonly apiVersion?: string | undefined;
  /** As the URL has it: empty for a creation, but for one of a subresource. */
  readonly name: string;
  readonly actor: Participant;
  readonly user: User;
  readonly options: WriteOptions;
  readonly warnings: string[];
  /** The versions of a kind that a CustomResourceDefinition makes known. */
  readonly custom?: readonly CustomKind[] | undefined;
}

/** One object on its way into the store. Each stage replaces `object` by the object as it leaves the stage. */
export interface WriteRequest extends WriteTarget {
  readonly operation: 'CREATE' | 'UPDATE';
  /** What is stored now; absent for a creation. */
  readonly old: KubeObject | undefined;
  /** Whose fields a new object's are, where that is kept. */
  readonly managedFields?: KubeObject['metadata']['managedFields'];
  object: KubeObject;
  /** The object as the request brought it. */
  readonly sent: KubeObject;
}

/** The request to write an object in place of an old one, or as a new one. */
export function writeRequest(target: WriteTarget, old: KubeObject | undefined, object: KubeObject): WriteRequest {
  const { resource, resourceName, subresource, name, actor, user, options, warnings, custom } = target;
  const namespace = target.namespace ?? (resource.namespaced ? object.metadata.namespace : undefined);
  const operation = old ? 'UPDATE' : 'CREATE';
  return {
    operation,
    resource,
    resourceName,
    subresource,
    namespace,
    name,
    actor,
    user,
    options,
    warnings,
    custom,
    old,
    object,
    sent: object,
  };
}

/** What the stages share: the trace to write into, and the cluster to look at. */
export interface StageContext {
  readonly kernel: Kernel;
  readonly reader: ClusterReader;
  /** Five characters for a generated name. */
  readonly suffix: () => string;
  readonly policies: ActivePolicies;
  /** The server as a client of itself. */
  readonly loopback: Pick<Client, 'update'>;
}

/** A stage of the pipeline: changes `request.object`, or answers why the request goes no further. */
export type Stage = (request: WriteRequest, context: StageContext) => ApiStatus | undefined;

/** What comes of a request: an object, or a Status that says why not. */
export type Answer =
  | { readonly code: number; readonly object: KubeObject; readonly status?: never }
  | { readonly code: number; readonly status: ApiStatus; readonly object?: never };

export const accepted = (code: number, object: KubeObject): Answer => ({ code, object });
export const refused = (status: ApiStatus): Answer => ({ code: status.code, status });
