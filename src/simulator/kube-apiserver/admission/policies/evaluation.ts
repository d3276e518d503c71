// Evaluates the expressions of one policy about one request (apiserver/pkg/admission/plugin/cel, Kubernetes 1.36). The server has
// compiled them when the policy was created: what the library refuses to compile is unknown here.
import { remembering } from '../../../../base/remembering.ts';
import { quote } from '../../../../api/go-text.ts';
import type { KubeObject, MatchCondition, Namespace, Variable } from '../../../../api/object.ts';
import { CelAuthorizer, addAuthorizer } from '../../../../cel/authorizer.ts';
import { CelError } from '../../../../cel/error.ts';
import { addMessages, withMessageCalls } from '../../../../cel/messages.ts';
import { compile, kubernetesEnvironment, type CelEnvironment, type CelProgram } from '../../../../cel/program.ts';
import { plainValue } from '../../../../cel/values.ts';
import { Authorizer } from '../../authorization/authorizer.ts';
import { isComponent } from '../../authentication.ts';
import { canonicalize } from '../../decoding/decode.ts';
import type { ClusterReader } from '../../registry/reader.ts';
import type { AdmissionRequest } from '../plugin.ts';
import { namespaceOf, versionOf } from './matching.ts';

/** A value, the text of the error, or why it is not known. */
export type Evaluated = { readonly value: unknown } | { readonly error: string } | { readonly unmodelled: string };

let environment: CelEnvironment | undefined;
const untyped = ['object', 'oldObject', 'params', 'request', 'namespaceObject'];

function policyEnvironment(): CelEnvironment {
  if (environment) return environment;
  environment = kubernetesEnvironment();
  addMessages(environment);
  addAuthorizer(environment);
  for (const name of untyped) environment.registerVariable(name, 'dyn');
  environment.registerType('kubernetes.variables', LazyVariables).registerVariable('variables', 'kubernetes.variables');
  return environment;
}

/** What expressions were compiled to; undefined for those that the library refuses. */
const programOf = remembering(500, (expression): CelProgram | undefined => {
  const result = compile(policyEnvironment(), withMessageCalls(expression));
  return 'summary' in result ? undefined : result;
});

/** Thrown through the library where a variable's expression cannot be followed. */
class Unfollowed extends Error {}

/** The variables of a policy: each is evaluated when it is first asked for. */
class LazyVariables extends Map<string, unknown> {
  readonly #evaluate: (name: string) => unknown;

  constructor(names: readonly string[], evaluate: (name: string) => unknown) {
    super(names.map((name) => [name, undefined]));
    this.#evaluate = evaluate;
  }

  override get(name: string): unknown {
    if (!super.has(name)) return undefined;
    const known = super.get(name);
    if (known !== undefined) return known;
    const value = this.#evaluate(name);
    super.set(name, value);
    return value;
  }
}

/** The request as expressions see it, for all policies alike. */
export class RequestValues {
  readonly request: unknown;
  readonly oldObject: unknown;
  readonly namespaceObject: unknown;
  readonly authorizer: CelAuthorizer;
  readonly reader: ClusterReader;
  readonly #stored: (object: KubeObject) => KubeObject;

  constructor(request: AdmissionRequest, reader: ClusterReader, isTrusted: boolean) {
    this.reader = reader;
    // What a component sends is in the form in which it is stored.
    this.#stored = isTrusted ? (object) => object : canonicalize;
    this.request = plainValue(requestOf(request));
    this.oldObject = request.old ? this.objectValue(request.old) : null;
    this.namespaceObject = plainValue(namespaceObject(request, reader) ?? null);
    const { resource, subresource, object, user } = request;
    const own = { group: resource.group, resource: resource.plural, subresource };
    const place = { namespace: namespaceOf(request) ?? '', name: object.metadata.name ?? '' };
    this.authorizer = new CelAuthorizer(user, { ...own, ...place }, (who, attributes) =>
      new Authorizer(reader).authorize(who, attributes, false, true),
    );
  }

  objectValue(object: KubeObject): unknown {
    return plainValue(this.#stored(object));
  }
}

export const valuesOf = (
  request: AdmissionRequest & { readonly actor?: string },
  reader: ClusterReader,
): RequestValues => new RequestValues(request, reader, request.actor !== undefined && isComponent(request.actor));

const optionKinds = { CREATE: 'CreateOptions', UPDATE: 'UpdateOptions', DELETE: 'DeleteOptions' };

function requestOf(request: AdmissionRequest): Readonly<Record<string, unknown>> {
  const { operation, resource, subresource, object, user, options } = request;
  const { group, plural } = resource;
  const version = versionOf(request);
  const kind = { group, version, kind: object.kind };
  const named = { group, version, resource: plural };
  const namespace = namespaceOf(request);
  const { name } = object.metadata;
  const { dryRun = false, fieldManager, fieldValidation } = options;
  return {
    uid: '',
    kind,
    resource: named,
    requestKind: kind,
    requestResource: named,
    ...(subresource && { subResource: subresource, requestSubResource: subresource }),
    ...(name && { name }),
    ...(namespace && { namespace }),
    operation,
    userInfo: {
      username: user.name,
      ...(user.uid && { uid: user.uid }),
      ...(user.groups.length > 0 && { groups: user.groups }),
    },
    dryRun,
    options: {
      kind: optionKinds[operation],
      apiVersion: 'meta.k8s.io/v1',
      ...(dryRun && { dryRun: ['All'] }),
      ...(fieldManager && { fieldManager }),
      ...(fieldValidation && { fieldValidation }),
    },
  };
}

/** The namespace that the object is in, without what is of no use to expressions (CreateNamespaceObject). */
function namespaceObject(request: AdmissionRequest, reader: ClusterReader): object | undefined {
  const { namespace, resourceName } = request;
  if (!namespace || resourceName === 'namespaces') return undefined;
  const found = reader.get<Namespace>('namespaces', undefined, namespace);
  if (!found) return undefined;
  const { managedFields: _, ownerReferences: __, ...metadata } = found.metadata;
  return { metadata, spec: found.spec ?? {}, status: found.status ?? {} };
}

export interface PolicyExpressions {
  readonly variables?: readonly Variable[];
  readonly matchConditions?: readonly MatchCondition[];
}

/** One policy and its parameters, about the object of the request as it is at the moment. */
export class Evaluation {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(policy: PolicyExpressions, values: RequestValues, object: KubeObject | null, params: KubeObject | null) {
    const { request, oldObject, namespaceObject, authorizer } = values;
    const expressions = new Map((policy.variables ?? []).map(({ name, expression }) => [name, expression]));
    const variables: LazyVariables = new LazyVariables([...expressions.keys()], (name) =>
      this.#variable(name, expressions),
    );
    this.#values = {
      object: object && values.objectValue(object),
      oldObject,
      params: params && plainValue(params),
      request,
      namespaceObject,
      authorizer,
      variables,
    };
  }

  #variable(name: string, expressions: ReadonlyMap<string, string>): unknown {
    const outcome = programOf(expressions.get(name) ?? '')?.evaluate(this.#values);
    if (!outcome) throw new Unfollowed(expressions.get(name));
    if ('value' in outcome) return outcome.value;
    if (outcome.isForeign) throw new Unfollowed(expressions.get(name));
    throw new CelError(`composited variable ${quote(name)} fails to evaluate: ${outcome.error}`);
  }

  /** Errors are told with the expression. `withNamespace`: conditions do not see the namespace. */
  evaluate(expression: string, withNamespace = true): Evaluated {
    const program = programOf(expression);
    if (!program) return { unmodelled: expression };
    try {
      const outcome = program.evaluate(withNamespace ? this.#values : { ...this.#values, namespaceObject: null });
      if ('value' in outcome) return outcome;
      if (outcome.isForeign) return { unmodelled: expression };
      return { error: `expression '${expression}' resulted in error: ${outcome.error}` };
    } catch (error) {
      if (error instanceof Unfollowed) return { unmodelled: error.message };
      throw error;
    }
  }

  /** Whether all conditions hold: one that does not counts for more than errors in others (matchconditions/matcher.go). */
  matches(conditions: readonly MatchCondition[] = []): Evaluated {
    const outcomes = conditions.map(({ expression }) => this.evaluate(expression, false));
    if (outcomes.some((outcome) => 'value' in outcome && outcome.value === false)) return { value: false };
    const open = outcomes.find((outcome) => 'unmodelled' in outcome);
    if (open) return open;
    const errors = [...new Set(outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : [])))];
    if (errors.length === 0) return { value: true };
    return { error: errors.length === 1 ? (errors[0] ?? '') : `[${errors.join(', ')}]` };
  }
}

/** What cannot be said of a policy. */
export const unmodelledText = (kind: string, name: string, expression: string): string =>
  `${kind} ${name} is evaluated for the request, and its expression ${quote(expression.trim())} cannot be followed`;
