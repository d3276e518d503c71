// What an admission plugin says no to, in its own words: the field that it means, the other object that stands behind it, and what to do.
import { compareQuantities, parseQuantity } from '../api/quantity.ts';
import { isObject } from '../base/json.ts';
import type { RelatedPlace } from './finding.ts';

export interface ForbiddenPlace {
  /** In the Pod or claim; empty for the whole object. */
  readonly path: string;
  readonly explanation: string;
  readonly related: readonly RelatedPlace[];
}

/** The place of a sentence of LimitRanger, ResourceQuota or PodSecurity. The object may be of any shape. */
export function placeOfForbidden(message: string, object: unknown, namespace = 'default'): ForbiddenPlace | undefined {
  return ofLimitRange(message, object) ?? ofQuota(message, object, namespace) ?? ofPodSecurity(message, object);
}

/** Whether the one that says no is an object somebody wrote: no cluster is assumed to have quotas, policies or levels. */
export const isDecreed = (message: string): boolean =>
  /violates PodSecurity|(?:exceeded|failed) quota: | per (?:Container|Pod|PersistentVolumeClaim) is |ValidatingAdmissionPolicy '/.test(
    message,
  );

interface Holder {
  readonly path: string;
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The containers of a Pod, where they stand. */
function containersOf(object: unknown): Holder[] {
  const spec = isObject(object) ? object.spec : undefined;
  return ['containers', 'initContainers'].flatMap((list) => {
    const items: unknown = isObject(spec) ? spec[list] : undefined;
    if (!Array.isArray(items)) return [];
    return items.flatMap((value: unknown, i) =>
      isObject(value) ? [{ path: `spec.${list}[${i}]`, name: String(value.name), value }] : [],
    );
  });
}

function amountIn({ value }: Holder, list: string, resource: string): string | number | undefined {
  const resources = value.resources;
  const amounts = isObject(resources) ? resources[list] : undefined;
  const amount = isObject(amounts) ? amounts[resource] : undefined;
  return typeof amount === 'string' || typeof amount === 'number' ? amount : undefined;
}

function isSameAmount(a: string | number | undefined, b: string): boolean {
  const [one, other] = [a === undefined ? undefined : parseQuantity(a), parseQuantity(b)];
  return one !== undefined && other !== undefined && compareQuantities(one, other) === 0;
}

const limitRange =
  /(minimum|maximum) (\S+) usage per (Container|Pod|PersistentVolumeClaim) is ([^\s,\]]+?)(?:, but (request|limit) is ([^\s,\]]+)|\. +No (request|limit) is specified)/g;

/** One bound of a LimitRange that an object does not keep to. */
export interface LimitBreach {
  readonly bound: 'minimum' | 'maximum';
  readonly resource: string;
  readonly per: string;
  /** The bound, as it is written. */
  readonly allowed: string;
  readonly list: 'requests' | 'limits';
  /** Whose `resources` it is about: the containers with that amount, or the claim's spec; of a whole Pod none is to blame. */
  readonly holders: readonly string[];
}

/** What LimitRanger says that a Pod or a claim does not keep to. */
export function limitBreaches(message: string, object: unknown): LimitBreach[] {
  return Array.from(
    message.matchAll(limitRange),
    ([, bound = '', resource = '', per = '', allowed = '', given, amount = '', missing]) => {
      const list = `${given ?? missing ?? 'request'}s` as LimitBreach['list'];
      const containers = per === 'Container' ? containersOf(object) : [];
      const holders = containers.filter((one) => {
        const own = amountIn(one, list, resource);
        return missing ? own === undefined : isSameAmount(own, amount);
      });
      return {
        bound: bound as LimitBreach['bound'],
        resource,
        per,
        allowed,
        list,
        holders: per === 'PersistentVolumeClaim' ? ['spec'] : holders.map(({ path }) => path),
      };
    },
  );
}

function ofLimitRange(message: string, object: unknown): ForbiddenPlace | undefined {
  const [breach] = limitBreaches(message, object);
  if (!breach) return undefined;
  const { bound, resource, per, allowed, list, holders } = breach;
  const path = holders[0] ?? (per === 'Container' ? containersOf(object)[0]?.path : undefined);
  const most = bound === 'maximum' ? 'at most' : 'at least';
  return {
    path: path === undefined ? 'spec.containers' : `${path}.resources.${list}[${resource}]`,
    explanation: `A LimitRange of the namespace wants ${most} ${allowed} of ${resource} for each ${per}: ask for ${bound === 'maximum' ? 'less' : 'more'}.`,
    related: [],
  };
}

/** What a quota had to refuse, of the first of its resources. */
export interface QuotaShortage {
  readonly quota: string;
  /** `requests.cpu`. */
  readonly key: string;
  /** Amounts as they are written: what the object asks for, what others have, what there may be. */
  readonly requested: string;
  readonly used: string;
  readonly limited: string;
}

export function quotaShortage(message: string): QuotaShortage | undefined {
  const [, quota, ...lists] =
    /exceeded quota: ([^,]+), requested: (\S+), used: (\S+), limited: (\S+)/.exec(message) ?? [];
  const [requested, used, limited] = lists.map(
    (list) => new Map(list.split(',').map((entry) => entry.split('=') as [string, string])),
  );
  const [first] = requested ?? [];
  if (quota === undefined || !first || !used || !limited) return undefined;
  const [key, amount] = first;
  return { quota, key, requested: amount, used: used.get(key) ?? '', limited: limited.get(key) ?? '' };
}

function ofQuota(message: string, object: unknown, namespace: string): ForbiddenPlace | undefined {
  const shortage = quotaShortage(message);
  if (shortage) {
    const { quota, key, requested, used, limited } = shortage;
    const related = { object: quotaRef(quota, namespace), path: `spec.hard[${key}]`, note: `quota ${quota}: ${key}` };
    return {
      path: askedPath(key, object),
      explanation: `The quota ${quota} of the namespace allows ${limited} of ${key}, ${used} are used, and this asks for ${requested}: ask for less, or raise the quota.`,
      related: [related],
    };
  }
  const [, failed = '', what = '', who = ''] =
    /failed quota: ([^:]+): must specify (\S+) for: ([^;]+)/.exec(message) ?? [];
  if (!failed) return undefined;
  const names = who.split(',');
  const container = containersOf(object).find(({ name }) => names.includes(name));
  return {
    path: container ? `${container.path}.resources` : 'spec.containers',
    explanation: `The quota ${failed} of the namespace counts ${what}: every container has to say how much it needs.`,
    related: [{ object: quotaRef(failed, namespace), path: `spec.hard[${what}]`, note: `quota ${failed}: ${what}` }],
  };
}

const quotaRef = (name: string, namespace: string) => ({ apiVersion: 'v1', kind: 'ResourceQuota', namespace, name });

/** `requests.cpu`, or `cpu` for short, is what containers request; other keys count objects. */
function askedPath(key: string, object: unknown): string {
  const [, list = 'requests', resource = key] = /^(requests|limits)\.(.+)$/.exec(key) ?? [];
  const asking = containersOf(object).filter((one) => amountIn(one, list, resource) !== undefined);
  const [first, ...others] = asking.map((holder) => ({
    holder,
    amount: parseQuantity(amountIn(holder, list, resource)!),
  }));
  const largest = others.reduce(
    (most, one) => (most?.amount && one.amount && compareQuantities(one.amount, most.amount) > 0 ? one : most),
    first,
  );
  return largest ? `${largest.holder.path}.resources.${list}[${resource}]` : '';
}

function ofPodSecurity(message: string, object: unknown): ForbiddenPlace | undefined {
  const [, level = ''] = /violates PodSecurity "([^"]+)"/.exec(message) ?? [];
  if (!level) return undefined;
  const demands = [...message.matchAll(/\(([^()]*must (?:not )?set [^()]*)\)/g)].map(([, text = '']) => text);
  const [, name, field] =
    /containers? "([^"]+)".* must (?:not )?set (securityContext[\w.]*)/.exec(demands[0] ?? '') ?? [];
  const container = containersOf(object).find((one) => one.name === name);
  const more = demands.length > 1 ? `, and ${demands.length - 1} more` : '';
  return {
    path: container && field ? `${container.path}.${field}` : 'spec',
    explanation: `The namespace enforces the Pod Security Standard ${level}${demands[0] ? `: ${demands[0]}${more}` : ''}.`,
    related: [],
  };
}
