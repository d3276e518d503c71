// A policy with one of its bindings and one of its parameters, for a request that it is about
// (apiserver/pkg/admission/plugin/policy/generic/policy_dispatcher.go, Kubernetes 1.36).
import type { KubeObject, MatchResources, ParamKind, ParamRef } from '../../../../api/object.ts';
import type { ClusterReader } from '../../registry/reader.ts';
import type { AdmissionRequest } from '../plugin.ts';
import { matchesResources, namespaceOf } from './matching.ts';
import { collectParams, configurationProblem } from './params.ts';
import type { Hook } from './source.ts';

interface Policy extends KubeObject {
  readonly spec?: { readonly matchConstraints?: MatchResources; readonly paramKind?: ParamKind };
}
interface Binding extends KubeObject {
  readonly spec?: { readonly matchResources?: MatchResources; readonly paramRef?: ParamRef };
}

export interface Invocation<P, B> {
  readonly policy: P;
  readonly binding: B;
  readonly params: KubeObject | null;
}

/** What stands in the way of a policy, or of its binding. */
export interface Obstacle<P, B> {
  readonly policy: P;
  readonly binding?: B;
  readonly problem: string;
}

export interface Dispatched<P, B> {
  readonly steps: readonly (Invocation<P, B> | Obstacle<P, B>)[];
  /** Policies that would be evaluated for another version of the object: converting it is not modelled. */
  readonly unmodelled: readonly P[];
}

/** In the order of policies and bindings. */
export function dispatch<P extends Policy, B extends Binding>(
  hooks: readonly Hook<P, B>[],
  request: AdmissionRequest,
  reader: ClusterReader,
): Dispatched<P, B> {
  const steps: (Invocation<P, B> | Obstacle<P, B>)[] = [];
  const unmodelled = new Set<P>();
  for (const { policy, bindings } of hooks) {
    const { matchConstraints, paramKind } = policy.spec ?? {};
    const matches = matchesResources(matchConstraints, request, reader);
    if (!matches) continue;
    const problem = configurationProblem(paramKind, reader);
    if (problem !== undefined) {
      steps.push({ policy, problem: `failed to configure policy: ${problem}` });
      continue;
    }
    for (const binding of bindings) {
      const { matchResources, paramRef } = binding.spec ?? {};
      const bound = matchesResources(matchResources, request, reader);
      if (!bound) continue;
      const collected = collectParams(paramKind, paramRef, namespaceOf(request), reader);
      if (matches !== true || bound !== true) unmodelled.add(policy);
      else if ('error' in collected) {
        steps.push({ policy, binding, problem: `failed to configure binding: ${collected.error}` });
      } else steps.push(...collected.params.map((params) => ({ policy, binding, params })));
    }
  }
  return { steps, unmodelled: [...unmodelled] };
}

export const anotherVersion = ({ kind, metadata }: KubeObject): string =>
  `${kind} ${metadata.name} is evaluated for another version of the object, to which converting it is not modelled`;
