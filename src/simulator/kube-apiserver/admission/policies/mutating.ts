// What mutating policies make of a request (apiserver/pkg/admission/plugin/policy/mutating, Kubernetes 1.36). What expressions cost is
// not counted.
import type { KubeObject, MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding } from '../../../../api/object.ts';
import { forbidden, type ApiStatus } from '../../../../api/status.ts';
import { Attached } from '../../../../base/attached.ts';
import { deepEqual } from '../../../../base/json.ts';
import { changedPaths } from '../../stages/changed-paths.ts';
import { Evaluation, unmodelledText, valuesOf } from './evaluation.ts';
import { anotherVersion, dispatch, type Invocation } from './invocations.ts';
import { mutate } from './mutations.ts';
import type { AdmissionContext, AdmissionRequest, AdmissionVerdict } from '../plugin.ts';

type Step = Invocation<MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding>;

/** What is remembered of a request until its plugins are asked again (reinvocationcontext.go). */
interface Memory {
  output: KubeObject;
  /** Policies that may be asked again, once something has changed after them. */
  readonly invoked: Set<string>;
  readonly again: Set<string>;
}

const memories = new Attached<AdmissionRequest, Memory>();

const keyOf = ({ policy, binding, params }: Step) =>
  [policy, binding, params].map((one) => `${one?.metadata.namespace ?? ''}/${one?.metadata.name ?? ''}`).join(' ');

function askAgain({ invoked, again }: Memory): void {
  for (const key of invoked) again.add(key);
  invoked.clear();
}

interface Problem {
  readonly message: string;
  readonly isConfiguration: boolean;
}

class Mutations {
  object: KubeObject;
  status: ApiStatus | undefined;
  unknown: string | undefined;
  readonly problems: Problem[] = [];
  #isDirty = false;
  readonly #request: AdmissionRequest;
  readonly #context: AdmissionContext;
  readonly #memory: Memory;
  readonly #isAgain: boolean;

  constructor(request: AdmissionRequest, context: AdmissionContext) {
    this.object = request.object;
    this.#request = request;
    this.#context = context;
    const known = memories.get(request);
    this.#isAgain = known !== undefined;
    this.#memory = known ?? { output: request.object, invoked: new Set(), again: new Set() };
    if (known && !deepEqual(known.output, request.object)) askAgain(known);
  }

  run(): void {
    const { steps, unmodelled } = dispatch(this.#context.policies.mutating, this.#request, this.#context.reader);
    for (const policy of unmodelled) this.unknown ??= anotherVersion(policy);
    for (const step of steps) {
      if ('problem' in step) this.#fail(step, step.problem, true);
      else this.#invoke(step);
      if (this.status) return;
    }
    if (this.#isDirty) askAgain(this.#memory);
    this.#memory.output = this.object;
    memories.set(this.#request, this.#memory);
  }

  /** Whether the plugins are to be asked again. */
  get again(): boolean {
    return this.#isDirty;
  }

  #fail(
    step: Pick<Step, 'policy'> & { readonly binding?: Step['binding'] },
    why: string,
    isConfiguration = false,
  ): void {
    const { policy, binding } = step;
    if (policy.spec?.failurePolicy === 'Ignore') return;
    const name = policy.metadata.name ?? '';
    const by = binding ? `'${name}' with binding '${binding.metadata.name}'` : `"${name}"`;
    this.problems.push({ message: `policy ${by} denied request: ${why}`, isConfiguration });
  }

  #invoke(step: Step): void {
    const { spec = {}, metadata } = step.policy;
    const note = (expression: string) => {
      this.unknown ??= unmodelledText('MutatingAdmissionPolicy', metadata.name ?? '', expression);
    };
    const values = valuesOf(this.#request, this.#context.reader);
    const conditions = new Evaluation(spec, values, this.object, step.params).matches(spec.matchConditions);
    if ('unmodelled' in conditions) return note(conditions.unmodelled);
    if ('error' in conditions) return this.#fail(step, conditions.error);
    if (conditions.value !== true) return;
    const key = keyOf(step);
    if (this.#isAgain && !this.#memory.again.has(key)) return;
    const before = this.object;
    for (const mutation of spec.mutations ?? []) {
      const evaluation = new Evaluation(spec, values, this.object, step.params);
      const result = mutate(mutation, evaluation, this.object, this.#request);
      if ('unmodelled' in result) note(result.unmodelled);
      else if ('error' in result) this.#fail(step, result.error);
      else if ('status' in result) {
        this.status = result.status;
        return;
      } else {
        this.object = result.object;
        this.#isDirty = true;
      }
    }
    if (!deepEqual(before, this.object)) askAgain(this.#memory);
    if (spec.reinvocationPolicy === 'IfNeeded') this.#memory.invoked.add(key);
  }
}

/** The first problem is the answer, all are its causes. */
function refusalFor(
  [first, ...more]: readonly Problem[],
  { resource, object }: AdmissionRequest,
): ApiStatus | undefined {
  if (!first) return undefined;
  const { name, generateName } = object.metadata;
  const status = forbidden(resource, name || generateName || 'Unknown!', '');
  const causes = [first, ...more].map(({ message }) => ({ message }));
  const reason = first.isConfiguration ? status.reason : 'Invalid';
  return { ...status, message: first.message, reason, details: { ...status.details, causes } };
}

export function mutatedByPolicies(request: AdmissionRequest, context: AdmissionContext): AdmissionVerdict {
  const mutations = new Mutations(request, context);
  mutations.run();
  const { object, unknown, again } = mutations;
  const refusal = mutations.status ?? refusalFor(mutations.problems, request);
  if (refusal) return { refusal };
  const open = unknown === undefined ? undefined : { unknown };
  if (!again) return open;
  return { object, changed: changedPaths(request.object, object), again, ...open };
}
