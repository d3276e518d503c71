// A LimitRange gives containers resources that they do not name, and bounds what containers, Pods and claims may name
// (plugin/pkg/admission/limitranger, Kubernetes 1.36).
import type { Container, LimitRange, PersistentVolumeClaim, Pod, PodSpec } from '../../../api/object.ts';
import { formatQuantity, milliValue, parseQuantity, value, type Quantity } from '../../../api/quantity.ts';
import { compareBytes, sortedKeys } from '../../../base/order.ts';
import { aggregateContainerResources } from '../../../api/pod-aggregates.ts';
import type { ClusterReader } from '../registry/reader.ts';
import { refuse, type AdmissionPlugin, type AdmissionRequest } from './plugin.ts';

type Amounts = Readonly<Record<string, string | number>>;
type Limit = NonNullable<LimitRange['spec']>['limits'][number];

/** What is named of a container, a Pod or a claim. */
interface Named {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** A Pod's containers cannot be changed, so its updates are not looked at. */
function supports({ operation, resourceName, subresource, old }: AdmissionRequest): boolean {
  if (operation === 'DELETE' || subresource || old?.metadata.deletionTimestamp !== undefined) return false;
  return resourceName === 'persistentvolumeclaims' || (resourceName === 'pods' && operation === 'CREATE');
}

function limitsOf(namespace: string | undefined, reader: ClusterReader): readonly (readonly Limit[])[] {
  if (!namespace) return [];
  return reader.list<LimitRange>('limitranges', namespace).map(({ spec }) => spec?.limits ?? []);
}

/** The container with what it does not name, and a line for the annotation for each of requests and limits. */
function filled(container: Container, kind: string, limits: readonly Limit[]): [Container, string[]] {
  const defaults = limits.filter(({ type }) => type === 'Container');
  const lines: string[] = [];
  const merged = (of: 'requests' | 'limits', from: 'defaultRequest' | 'default') => {
    const given = container.resources?.[of] ?? {};
    const all: Amounts = Object.fromEntries(defaults.flatMap((limit) => Object.entries(limit[from] ?? {})));
    const missing = sortedKeys(all).filter((name) => !Object.hasOwn(given, name));
    if (missing.length === 0) return undefined;
    lines.push(`${missing.join(', ')} ${of.slice(0, -1)} for ${kind} ${container.name}`);
    return { [of]: { ...given, ...Object.fromEntries(missing.map((name) => [name, all[name]])) } };
  };
  const set = { ...merged('requests', 'defaultRequest'), ...merged('limits', 'default') };
  if (lines.length === 0) return [container, lines];
  return [{ ...container, resources: { ...container.resources, ...set } } as Container, lines];
}

interface Defaulted {
  readonly pod: Pod;
  readonly changed: readonly string[];
}

function withDefaults({ pod, changed }: Defaulted, limits: readonly Limit[]): Defaulted {
  const { spec: given } = pod;
  if (!given) return { pod, changed };
  const lines: string[] = [];
  const paths = new Set(changed);
  const fill = (list: readonly Container[], field: string, kind: string) =>
    list.map((container, i) => {
      const [made, said] = filled(container, kind, limits);
      lines.push(...said);
      if (made !== container) paths.add(`spec.${field}[${i}].resources`);
      return made;
    });
  const containers = fill(given.containers, 'containers', 'container');
  const { initContainers: before } = given;
  const initContainers = before && fill(before, 'initContainers', 'init container');
  if (lines.length === 0) return { pod, changed };
  const annotation = { 'kubernetes.io/limit-ranger': `LimitRanger plugin set: ${lines.join('; ')}` };
  const metadata = { ...pod.metadata, annotations: { ...pod.metadata.annotations, ...annotation } };
  const spec = { ...given, containers, ...(initContainers && { initContainers }) };
  return { pod: { ...pod, metadata, spec } as Pod, changed: [...paths.add('metadata.annotations')] };
}

const zero = parseQuantity('0');
const maxMilliValue = (2 ** 63 - 1) / 1000;

/** The three amounts in one unit: thousandths unless one is too large. */
function comparable(...amounts: (Quantity | undefined)[]): number[] {
  const given = amounts.map((amount) => amount ?? zero).filter((amount) => amount !== undefined);
  return given.map(given.every((amount) => value(amount) <= maxMilliValue) ? milliValue : value);
}

interface Constraint {
  readonly type: string;
  readonly resource: string;
  readonly enforced: Quantity;
  readonly request: Quantity | undefined;
  readonly limit: Quantity | undefined;
}

const usage = (bound: string, { type, resource, enforced }: Constraint) =>
  `${bound} ${resource} usage per ${type} is ${formatQuantity(enforced)}`;

function belowMinimum(constraint: Constraint): string | undefined {
  const { request, limit, enforced } = constraint;
  const [asked = 0, capped = 0, least = 0] = comparable(request, limit, enforced);
  const text = usage('minimum', constraint);
  if (!request) return `${text}.  No request is specified`;
  if (asked < least) return `${text}, but request is ${formatQuantity(request)}`;
  return limit && capped < least ? `${text}, but limit is ${formatQuantity(limit)}` : undefined;
}

function aboveMaximum(constraint: Constraint): string | undefined {
  const { request, limit, enforced, type } = constraint;
  const [asked = 0, capped = 0, most = 0] = comparable(request, limit, enforced);
  const text = usage('maximum', constraint);
  // A claim has no limits: its request is what is bounded.
  const bounded = type === 'PersistentVolumeClaim' ? request : limit;
  if (!bounded) return `${text}.  No ${type === 'PersistentVolumeClaim' ? 'request' : 'limit'} is specified`;
  if (limit && capped > most) return `${text}, but limit is ${formatQuantity(limit)}`;
  return request && asked > most ? `${text}, but request is ${formatQuantity(request)}` : undefined;
}

function aboveRatio({ type, resource, enforced, request, limit }: Constraint): string | undefined {
  const [asked = 0, capped = 0] = comparable(request, limit, enforced);
  const text = `${resource} max limit to request ratio per ${type} is ${formatQuantity(enforced)}`;
  if (asked === 0) return `${text}, but no request is specified or request is 0`;
  if (capped === 0) return `${text}, but no limit is specified or limit is 0`;
  const ratio = capped / asked;
  const small = value(enforced) <= maxMilliValue;
  const above = small ? ratio * 1000 > milliValue(enforced) : ratio > value(enforced);
  return above ? `${text}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}

const quantityOf = (amounts: Amounts, name: string) => {
  const amount = Object.hasOwn(amounts, name) ? amounts[name] : undefined;
  return amount === undefined ? undefined : parseQuantity(amount);
};

/** What is wrong with one thing. The server goes through a Go map in any order; here names are sorted. */
function violations(limit: Limit, { requests, limits }: Named): string[] {
  const { type } = limit;
  const check = (amounts: Amounts | undefined, judge: (constraint: Constraint) => string | undefined) =>
    sortedKeys(amounts ?? {}).map((resource) => {
      const enforced = quantityOf(amounts ?? {}, resource);
      const [request, most] = [quantityOf(requests, resource), quantityOf(limits, resource)];
      return enforced && judge({ type, resource, enforced, request, limit: most });
    });
  const ratios = type === 'PersistentVolumeClaim' ? undefined : limit.maxLimitRequestRatio;
  return [...check(limit.min, belowMinimum), ...check(limit.max, aboveMaximum), ...check(ratios, aboveRatio)].filter(
    (text) => text !== undefined,
  );
}

const namedBy = (resources: Container['resources']): Named => ({
  requests: resources?.requests ?? {},
  limits: resources?.limits ?? {},
});

/** What a Pod names as a whole goes before the sum over its containers. */
function ofPod(spec: PodSpec): Named {
  const sum = (of: 'requests' | 'limits') => {
    const amounts = new Map<string, string | number>();
    for (const [name, quantity] of aggregateContainerResources(spec, of)) amounts.set(name, formatQuantity(quantity));
    for (const [name, amount] of Object.entries(spec.resources?.[of] ?? {})) {
      if (name === 'cpu' || name === 'memory') amounts.set(name, amount);
    }
    return Object.fromEntries([...amounts].sort(([a], [b]) => compareBytes(a, b)));
  };
  return { requests: sum('requests'), limits: sum('limits') };
}

function podViolations({ spec }: Pod, limit: Limit): string[] {
  if (!spec) return [];
  if (limit.type === 'Pod') return violations(limit, ofPod(spec));
  if (limit.type !== 'Container') return [];
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  return containers.flatMap(({ resources }) => violations(limit, namedBy(resources)));
}

function claimViolations({ spec }: PersistentVolumeClaim, limit: Limit): string[] {
  if (limit.type !== 'PersistentVolumeClaim') return [];
  return violations(limit, { requests: spec?.resources?.requests ?? {}, limits: {} });
}

/** errors.NewAggregate: one error stands alone, several in brackets, none twice. */
function aggregate(errors: readonly string[]): string {
  const distinct = [...new Set(errors)];
  return distinct.length === 1 ? (distinct[0] ?? '') : `[${distinct.join(', ')}]`;
}

export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  resources: ['pods', 'persistentvolumeclaims'],
  admit(request, { reader }) {
    if (!supports(request) || request.resourceName !== 'pods') return undefined;
    let made: Defaulted = { pod: request.object as Pod, changed: [] };
    for (const limits of limitsOf(request.namespace, reader)) made = withDefaults(made, limits);
    return made.changed.length > 0 ? { object: made.pod, changed: made.changed } : undefined;
  },
  validate(request, { reader }) {
    if (!supports(request)) return undefined;
    const { object, resourceName } = request;
    for (const limits of limitsOf(request.namespace, reader)) {
      const errors = limits.flatMap((limit) =>
        resourceName === 'pods'
          ? podViolations(object as Pod, limit)
          : claimViolations(object as PersistentVolumeClaim, limit),
      );
      if (errors.length > 0) return refuse(request, aggregate(errors));
    }
    return undefined;
  },
};
