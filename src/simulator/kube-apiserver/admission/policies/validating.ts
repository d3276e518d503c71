// What validating policies say of a request (apiserver/pkg/admission/plugin/policy/validating, Kubernetes 1.36). What expressions cost
// is not counted.
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  Validation,
} from '../../../../api/object.ts';
import { forbidden, type ApiStatus } from '../../../../api/status.ts';
import { Evaluation, unmodelledText, valuesOf, type Evaluated, type RequestValues } from './evaluation.ts';
import { anotherVersion, dispatch, type Invocation } from './invocations.ts';
import type { AdmissionContext, AdmissionRequest, AdmissionVerdict } from '../plugin.ts';

const kind = 'ValidatingAdmissionPolicy';

type Step = Invocation<ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding>;

/** Why a policy says no; without a reason it is Invalid. */
interface Denial {
  readonly message: string;
  readonly reason?: string;
}

/** What policies have said so far. */
class Findings {
  readonly denials: (Denial & { readonly policy: string; readonly binding?: string })[] = [];
  readonly warnings: string[] = [];
  unknown: string | undefined;

  note(unknown: string): void {
    this.unknown ??= unknown;
  }
}

class Dispatch {
  readonly findings = new Findings();
  readonly #request: AdmissionRequest;
  readonly #context: AdmissionContext;
  #values: RequestValues | undefined;

  constructor(request: AdmissionRequest, context: AdmissionContext) {
    this.#request = request;
    this.#context = context;
  }

  run(): void {
    const { steps, unmodelled } = dispatch(this.#context.policies.validating, this.#request, this.#context.reader);
    for (const policy of unmodelled) this.findings.note(anotherVersion(policy));
    for (const step of steps) {
      if (!('problem' in step)) this.#evaluate(step);
      else if (step.policy.spec?.failurePolicy !== 'Ignore') {
        const binding = step.binding?.metadata.name;
        const denial = { policy: step.policy.metadata.name ?? '', message: step.problem };
        this.findings.denials.push({ ...denial, ...(binding !== undefined && { binding }) });
      }
    }
  }

  #evaluate({ policy, binding, params }: Step): void {
    const { spec = {}, metadata } = policy;
    this.#values ??= valuesOf(this.#request, this.#context.reader);
    const object = this.#request.operation === 'DELETE' ? null : this.#request.object;
    const evaluation = new Evaluation(spec, this.#values, object, params);
    const note = (expression: string) => this.findings.note(unmodelledText(kind, metadata.name ?? '', expression));
    const isIgnored = spec.failurePolicy === 'Ignore';
    const conditions = evaluation.matches(spec.matchConditions);
    if ('unmodelled' in conditions) return note(conditions.unmodelled);
    if ('error' in conditions) {
      if (!isIgnored) this.#deny(policy, binding, { message: conditions.error });
      return;
    }
    if (conditions.value !== true) return;
    for (const validation of spec.validations ?? []) {
      const outcome = evaluation.evaluate(validation.expression);
      if ('unmodelled' in outcome) note(outcome.unmodelled);
      else if ('error' in outcome) {
        if (!isIgnored) this.#deny(policy, binding, { message: outcome.error });
      } else if (outcome.value !== true) {
        const message = messageOf(validation, evaluation);
        if (typeof message !== 'string') note(message.unmodelled);
        else this.#deny(policy, binding, { message, ...(validation.reason && { reason: validation.reason }) });
      }
    }
    for (const { valueExpression } of spec.auditAnnotations ?? []) {
      const problem = annotationProblem(valueExpression, evaluation.evaluate(valueExpression), isIgnored);
      if (problem === undefined) continue;
      if (typeof problem !== 'string') note(problem.unmodelled);
      else
        this.findings.denials.push({
          policy: metadata.name ?? '',
          binding: binding.metadata.name ?? '',
          message: problem,
        });
    }
  }

  #deny(
    { metadata }: ValidatingAdmissionPolicy,
    { metadata: bound, spec }: ValidatingAdmissionPolicyBinding,
    denial: Denial,
  ): void {
    const [policy = '', binding = ''] = [metadata.name, bound.name];
    for (const action of spec?.validationActions ?? []) {
      if (action === 'Deny') this.findings.denials.push({ ...denial, policy, binding });
      if (action !== 'Warn') continue;
      this.findings.warnings.push(
        `Validation failed for ${kind} '${policy}' with binding '${binding}': ${denial.message}`,
      );
    }
  }
}

const longest = 5 * 1024;

/** What the expression for it says, unless that is nothing, too long or of several lines; else the text, else the rule itself. */
function messageOf({ expression, message = '', messageExpression }: Validation, evaluation: Evaluation) {
  const outcome: Evaluated = messageExpression ? evaluation.evaluate(messageExpression) : { value: '' };
  if ('unmodelled' in outcome) return outcome;
  const said = 'value' in outcome && typeof outcome.value === 'string' ? outcome.value.trim() : '';
  if (said !== '' && said.length <= longest && !said.includes('\n')) return said;
  return message ? message.trim() : `failed expression: ${expression.trim()}`;
}

/** Annotations of the audit log are not kept, but what is wrong with one is a denial, whatever the binding's actions are. */
function annotationProblem(expression: string, outcome: Evaluated, isIgnored: boolean) {
  if ('unmodelled' in outcome) return outcome;
  if ('error' in outcome) return isIgnored ? undefined : outcome.error;
  if (outcome.value === null || typeof outcome.value === 'string') return undefined;
  return { unmodelled: expression };
}

const codes: Readonly<Record<string, number>> = { Forbidden: 403, Unauthorized: 401, RequestEntityTooLarge: 413 };

/** The first denial is the answer. */
function refusalFor({ denials: [first] }: Findings, { resource, object }: AdmissionRequest): ApiStatus | undefined {
  if (!first) return undefined;
  const { policy, binding, message, reason = 'Invalid' } = first;
  const by = binding === undefined ? '' : ` with binding '${binding}'`;
  const text = `${kind} '${policy}'${by} denied request: ${message}`;
  const { name, generateName } = object.metadata;
  const status = forbidden(resource, name || generateName || 'Unknown!', text);
  return { ...status, reason, code: codes[reason] ?? 422, details: { ...status.details, causes: [{ message: text }] } };
}

export function validatedByPolicies(request: AdmissionRequest, context: AdmissionContext): AdmissionVerdict {
  const asked = new Dispatch(request, context);
  asked.run();
  const { findings } = asked;
  const warnings = findings.warnings.length > 0 ? { warnings: findings.warnings } : undefined;
  const refusal = refusalFor(findings, request);
  if (refusal) return { refusal, ...warnings };
  return findings.unknown === undefined ? warnings : { unknown: findings.unknown, ...warnings };
}
