// Label selectors: what they match and how they are written (k8s.io/apimachinery/pkg/labels and meta/v1/helpers.go).
import { compareBytes, sortedKeys } from '../base/order.ts';
import { labelValueProblems, qualifiedNameProblems } from './names.ts';
import type { LabelSelector } from './object.ts';

export type Labels = Readonly<Record<string, string>> | undefined;

export type SelectorOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';

/** One condition on one label; all conditions of a selector must hold. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  readonly values: readonly string[];
}

const operators: Readonly<Record<string, SelectorOperator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

/** labels.Set.AsSelector: every entry must be among the labels. An absent or empty selector matches everything. */
export function matchesLabels(selector: Labels, labels: Labels): boolean {
  for (const key in selector) if (labels?.[key] !== selector[key]) return false;
  return true;
}

/** Whether a LabelSelector selects: an absent one nothing, an empty one everything, one with a bad operator nothing. */
export function matchesLabelSelector(selector: LabelSelector | null | undefined, labels: Labels): boolean {
  if (!selector || !matchesLabels(selector.matchLabels, labels)) return false;
  if (!selector.matchExpressions) return true;
  return selector.matchExpressions.every(({ key, operator: name, values = [] }) => {
    const operator = operators[name];
    return operator !== undefined && matchesRequirement({ key, operator, values }, labels);
  });
}

/** Whether a selector has no conditions. Who asks decides what that selects. */
export function isEmptySelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** Requirement.Matches. A label that is absent satisfies what says "not". */
export function matchesRequirement({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  // a label may be called `constructor`
  const value = labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value);
    default:
      return value !== undefined && comparesAs(operator, integer(value), integer(values[0] ?? ''));
  }
}

function comparesAs(operator: '>' | '<', a: bigint | undefined, b: bigint | undefined): boolean {
  return a !== undefined && b !== undefined && (operator === '>' ? a > b : a < b);
}

/** strconv.ParseInt, 64 bits. */
function integer(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** metav1.FormatLabelSelector: `app=web,tier in (a,b)`; `<none>` for what selects by nothing, `<error>` for a bad operator. */
export function formatLabelSelector(selector: LabelSelector | null | undefined): string {
  const requirements: LabelRequirement[] = [];
  for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) {
    requirements.push({ key, operator: '=', values: [value] });
  }
  for (const { key, operator: name, values = [] } of selector?.matchExpressions ?? []) {
    const operator = operators[name];
    if (!operator) return '<error>';
    requirements.push({ key, operator, values });
  }
  return formatRequirements(requirements) || '<none>';
}

/** labels.FormatLabels: `app=web,tier=front`, sorted; `<none>` for no labels. */
export function formatLabels(labels: Labels): string {
  const text = sortedKeys(labels ?? {}).map((key) => `${key}=${labels?.[key]}`);
  return text.join(',') || '<none>';
}

/** Selector.String: sorted by key, values sorted. */
export function formatRequirements(requirements: readonly LabelRequirement[]): string {
  return [...requirements]
    .sort((a, b) => compareBytes(a.key, b.key))
    .map(requirementText)
    .join(',');
}

function requirementText({ key, operator, values }: LabelRequirement): string {
  if (operator === 'exists') return key;
  if (operator === '!') return `!${key}`;
  const list = [...values].sort(compareBytes).join(',');
  return operator === 'in' || operator === 'notin' ? `${key} ${operator} (${list})` : `${key}${operator}${list}`;
}

const name = '[A-Za-z0-9_./-]+';
const spelling = new RegExp(
  `^\\s*(?:(!)\\s*(${name})|(${name})\\s+(in|notin)\\s*\\(([^()]*)\\)|(${name})\\s*(?:(==?|!=|[<>])\\s*([A-Za-z0-9_.-]*))?)\\s*(?:,|$)`,
);

/** A selector as `kubectl get -l` takes it (labels.Parse), or undefined if the text is none. The empty text selects all. */
export function parseSelector(text: string): readonly LabelRequirement[] | undefined {
  const requirements: LabelRequirement[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const match = spelling.exec(rest);
    if (!match) return undefined;
    const [all, not, absent = '', listed = '', listOperator, list = '', single = '', operator, value = ''] = match;
    if (not) requirements.push({ key: absent, operator: '!', values: [] });
    else if (listOperator) {
      const values = list.split(',').map((item) => item.trim());
      requirements.push({ key: listed, operator: listOperator as SelectorOperator, values });
    } else if (operator) {
      requirements.push({ key: single, operator: operator as SelectorOperator, values: [value] });
    } else requirements.push({ key: single, operator: 'exists', values: [] });
    const ended = all.length === rest.length;
    if (ended && all.trimEnd().endsWith(',')) return undefined;
    rest = rest.slice(all.length);
  }
  return requirements.every(isValid) ? requirements : undefined;
}

/** labels.NewRequirement: names and values must be those of labels, and what is compared must be a number. */
function isValid({ key, operator, values }: LabelRequirement): boolean {
  if (qualifiedNameProblems(key).length || values.some((value) => labelValueProblems(value).length)) return false;
  return (operator !== '>' && operator !== '<') || values.every((value) => integer(value) !== undefined);
}

/** What selects Pods. */
export interface Selecting {
  readonly kind: string;
  readonly spec?: { readonly selector?: LabelSelector | Labels };
}

/** By what a workload selects its Pods; a ReplicationController does by labels alone. */
export function podSelectorOf({ kind, spec }: Selecting): LabelSelector | undefined {
  const selector = spec?.selector;
  return selector && kind === 'ReplicationController' ? { matchLabels: selector as Labels } : selector;
}
