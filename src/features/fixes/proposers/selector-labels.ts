// A workload whose selector does not mean its own template: the template gets the labels, or the selector asks for those that are there.
import { valueAt } from '../../../analyzer/value-places.ts';
import { isObject } from '../../../base/json.ts';
import type { KubeObject } from '../../../api/object.ts';
import { set, type Change } from '../change.ts';
import type { FixContext, Proposer } from '../proposer.ts';

export const selectorLabels: Proposer = {
  findings: ['invalid-field'],
  propose(context) {
    const { field, message } = context.finding;
    const isMismatch = message.includes('`selector` does not match template `labels`');
    if (!isMismatch && !(field.path === 'spec.selector' && message.endsWith('Required value'))) return [];
    const { selector, labels } = labelsOf(context.declared.object);
    if (Object.keys(selector).length === 0)
      return labels && Object.keys(labels).length ? [asSelector(context, labels)] : [];
    return isMismatch ? [labelled(context, selector, labels), ...corrected(context, selector, labels)] : [];
  },
};

type Labels = Readonly<Record<string, string>>;

function labelsOf(object: KubeObject): { selector: Labels; labels: Labels } {
  const texts = (value: unknown) =>
    Object.fromEntries(
      Object.entries(isObject(value) ? value : {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  return {
    selector: texts(valueAt(object, 'spec.selector.matchLabels')),
    labels: texts(valueAt(object, 'spec.template.metadata.labels')),
  };
}

const shown = ([key, value]: readonly [string, string]) => `${key}=${value}`;

/** A selector that is missing asks for what the template has. */
function asSelector({ declared }: FixContext, labels: Labels): Change {
  return {
    id: 'selector from template',
    title: `Select the labels of the template (${Object.entries(labels).map(shown).join(', ')})`,
    cost: 2,
    risk: 1,
    isCertain: true,
    edits: [set(declared, 'spec.selector', { matchLabels: labels })],
  };
}

function labelled({ declared }: FixContext, selector: Labels, labels: Labels): Change {
  const missing = Object.entries(selector).filter(([key, value]) => labels[key] !== value);
  return {
    id: `label the template ${missing.map(shown).join(' ')}`,
    title: `Give the template the label ${missing.map(shown).join(' and ')}`,
    cost: missing.length,
    risk: 1,
    isCertain: true,
    edits: missing.map(([key, value]) => set(declared, `spec.template.metadata.labels[${key}]`, value)),
  };
}

/** Where the template has other values for the labels, the selector may mean those. */
function corrected({ declared }: FixContext, selector: Labels, labels: Labels): Change[] {
  const wrong = Object.entries(selector).filter(([key, value]) => labels[key] !== value);
  const others = wrong.flatMap(([key]) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  if (others.length < wrong.length) return [];
  return [
    {
      id: `select ${others.map(shown).join(' ')}`,
      title: `Let the selector ask for ${others.map(shown).join(' and ')}`,
      cost: others.length,
      risk: 2,
      isCertain: true,
      edits: others.map(([key, value]) => set(declared, `spec.selector.matchLabels[${key}]`, value)),
    },
  ];
}
