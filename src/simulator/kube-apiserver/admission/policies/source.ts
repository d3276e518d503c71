// Which admission policies are looked at: those that the server noticed when it last read policies and bindings, which it does
// once a second where something has changed (apiserver/pkg/admission/plugin/policy/generic/policy_source.go, Kubernetes 1.36).
// A policy therefore says nothing yet to what is applied along with it.
import type {
  KubeObject,
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../../../api/object.ts';
import { compareBytes } from '../../../../base/order.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { ClusterReader } from '../../registry/reader.ts';
import { serverName } from '../../server-name.ts';

/** A policy with those of its bindings that are known. */
export interface Hook<P extends KubeObject, B extends KubeObject> {
  readonly policy: P;
  readonly bindings: readonly B[];
}

export type ValidatingHook = Hook<ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding>;
export type MutatingHook = Hook<MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding>;

export interface ActivePolicies {
  readonly validating: readonly ValidatingHook[];
  readonly mutating: readonly MutatingHook[];
}

const group = 'admissionregistration.k8s.io';
const interval = 1000;

export class PolicySource implements ActivePolicies {
  validating: readonly ValidatingHook[] = [];
  mutating: readonly MutatingHook[] = [];
  readonly #kernel: Kernel;
  readonly #reader: ClusterReader;
  #isDirty = false;

  constructor(kernel: Kernel, reader: ClusterReader) {
    this.#kernel = kernel;
    this.#reader = reader;
    this.#read();
  }

  /** An object of the group has changed: it is read with the next second. */
  changed(): void {
    if (this.#isDirty) return;
    this.#isDirty = true;
    this.#kernel.after(interval - (this.#kernel.now % interval), serverName, () => this.#read());
  }

  #read(): void {
    this.#isDirty = false;
    this.validating = this.#hooks('validatingadmissionpolicies', 'validatingadmissionpolicybindings');
    this.mutating = this.#hooks('mutatingadmissionpolicies', 'mutatingadmissionpolicybindings');
  }

  /** The server goes through them in any order; here they are sorted by name, as etcd has them. */
  #hooks<P extends KubeObject, B extends KubeObject & { readonly spec?: { readonly policyName?: string } }>(
    policies: string,
    bindings: string,
  ): readonly Hook<P, B>[] {
    const byPolicy = new Map<string, B[]>();
    for (const binding of this.#reader.list<B>(`${bindings}.${group}`)) {
      const name = binding.spec?.policyName ?? '';
      const known = byPolicy.get(name);
      if (known) known.push(binding);
      else byPolicy.set(name, [binding]);
    }
    return [...byPolicy]
      .sort(([a], [b]) => compareBytes(a, b))
      .flatMap(([name, bound]) => {
        const policy = this.#reader.get<P>(`${policies}.${group}`, undefined, name);
        return policy ? [{ policy, bindings: bound }] : [];
      });
  }
}
