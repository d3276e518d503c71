// The contract of an admission plugin. A plugin is one file; the registry says what exists, the order what runs
// (k8s.io/apiserver/pkg/admission, Kubernetes 1.36).
import type { KubeObject } from '../../../api/object.ts';
import type { ApiResource } from '../../../api/resources.ts';
import { forbidden, type ApiStatus } from '../../../api/status.ts';
import type { Client, WriteOptions } from '../../client/client.ts';
import type { CustomKind } from '../custom-resources/custom-kind.ts';
import type { ClusterReader } from '../registry/reader.ts';
import type { User } from '../request.ts';
import type { ActivePolicies } from './policies/source.ts';

/** What a plugin is told of a request (admission.Attributes). */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly resource: ApiResource;
  /** `pods` or `deployments.apps`. */
  readonly resourceName: string;
  readonly subresource: string;
  readonly namespace: string | undefined;
  /** As it will be stored; of a deletion the object that goes. */
  readonly object: KubeObject;
  readonly old: KubeObject | undefined;
  readonly user: User;
  readonly options: WriteOptions;
  /** The versions of a kind that a CustomResourceDefinition makes known. */
  readonly custom?: readonly CustomKind[] | undefined;
}

/** The same request while plugins replace the object one after the other. */
export type AdmittedRequest = Omit<AdmissionRequest, 'object'> & { object: KubeObject };

/** What a plugin may look at and use besides the request. */
export interface AdmissionContext {
  readonly reader: ClusterReader;
  /** Five characters for a generated name. */
  readonly suffix: () => string;
  readonly policies: ActivePolicies;
  /** The server as a client of itself. */
  readonly loopback: Pick<Client, 'update'>;
}

/** What the client is warned of, and that the plugin would act on the request in a way that is not modelled. */
interface Remarks {
  readonly warnings?: readonly string[];
  readonly unknown?: string;
  readonly path?: string;
}

/**
 * What a plugin says: nothing; the object it made, with the paths it set (`again`: all are asked a second time); a refusal; remarks
 * along with these or alone.
 */
export type AdmissionVerdict =
  | undefined
  | ({ readonly object: KubeObject; readonly changed: readonly string[]; readonly again?: boolean } & Remarks)
  | ({ readonly refusal: ApiStatus } & Remarks)
  | Remarks;

export interface AdmissionPlugin {
  /** Exactly as kube-apiserver registers it. */
  readonly name: string;
  /** The resources it looks at, by their qualified names; without: all. */
  readonly resources?: readonly string[];
  /** May change the object; comes before validation. */
  admit?(request: AdmissionRequest, context: AdmissionContext): AdmissionVerdict;
  /** Sees the object as it will be stored. */
  validate?(request: AdmissionRequest, context: AdmissionContext): AdmissionVerdict;
}

/** admission.NewForbidden: names the object, or what its name is generated from. */
export function refuse({ resource, object }: AdmissionRequest, why: string): AdmissionVerdict {
  const { name, generateName } = object.metadata;
  return { refusal: forbidden(resource, name || generateName || 'Unknown!', why) };
}

/** Whether the request is about a Pod itself, not about one of its subresources. */
export function isPod({ resourceName, subresource }: AdmissionRequest): boolean {
  return resourceName === 'pods' && subresource === '';
}
