// Which objects a list or watch is about: label selectors, and the few fields that each resource can be selected by
// (the ToSelectableFields of pkg/registry/*, Kubernetes 1.36).
import { remembering } from '../../../base/remembering.ts';
import { matchesRequirement, parseSelector } from '../../../api/label-selector.ts';
import type { KubeObject } from '../../../api/object.ts';
import { isObject } from '../../../base/json.ts';
import type { ListOptions } from '../../client/client.ts';

interface FieldCondition {
  readonly path: readonly string[];
  readonly equal: boolean;
  readonly value: string;
}

const everywhere: readonly string[] = ['metadata.name', 'metadata.namespace'];

const selectable: Readonly<Record<string, readonly string[]>> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  secrets: ['type'],
  services: ['spec.clusterIP', 'spec.type'],
  replicationcontrollers: ['status.replicas'],
  'replicasets.apps': ['status.replicas'],
  'jobs.batch': ['status.successful'],
  'certificatesigningrequests.certificates.k8s.io': ['spec.signerName'],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
};

const fieldsOf = remembering(1_000, parseFields);

/** A selector understood once, for every object it is asked about. */
export class Selection {
  readonly #labels: ReturnType<typeof parseSelector>;
  readonly #fields: readonly FieldCondition[];

  static readonly everything = new Selection([], []);

  private constructor(labels: ReturnType<typeof parseSelector>, fields: readonly FieldCondition[]) {
    this.#labels = labels;
    this.#fields = fields;
  }

  /** The selection, or a text that says what is wrong with it. `resource` is the qualified name (`pods`). */
  static parse(resource: string, { labelSelector = '', fieldSelector = '' }: ListOptions): Selection | string {
    if (!labelSelector && !fieldSelector) return Selection.everything;
    const labels = parseSelector(labelSelector);
    if (!labels) return `unable to parse requirement: ${labelSelector}`;
    const fields = fieldsOf(fieldSelector);
    if (typeof fields === 'string') return fields;
    const known = selectable[resource === 'events.events.k8s.io' ? 'events' : resource] ?? [];
    for (const { path } of fields) {
      const field = path.join('.');
      if (!everywhere.includes(field) && !known.includes(field)) return `field label not supported: ${field}`;
    }
    return new Selection(labels, fields);
  }

  /** Whether every object is selected. */
  get all(): boolean {
    return this.#fields.length === 0 && this.#labels?.length === 0;
  }

  /** The value a field must have, where the selection says so. */
  required(field: string): string | undefined {
    return this.#fields.find(({ path, equal }) => equal && path.join('.') === field)?.value;
  }

  matches(object: KubeObject): boolean {
    return (
      this.#fields.every(({ path, equal, value }) => (valueAt(object, path) === value) === equal) &&
      (this.#labels ?? []).every((requirement) => matchesRequirement(requirement, object.metadata.labels))
    );
  }
}

/** fields.ParseSelector: `spec.nodeName=node1,metadata.name!=x`. */
function parseFields(text: string): readonly FieldCondition[] | string {
  const conditions: FieldCondition[] = [];
  for (const part of text.split(',').filter((term) => term !== '')) {
    const match = /^([^=!]+)(!=|==?)(.*)$/.exec(part);
    const [, field = '', operator, value = ''] = match ?? [];
    if (!match) return `invalid selector: '${text}'; can't understand '${part}'`;
    conditions.push({ path: field.split('.'), equal: operator !== '!=', value });
  }
  return conditions;
}

/** The field as the server compares it: what is absent is the empty text, of an Event's source the component counts. */
function valueAt(object: KubeObject, path: readonly string[]): string {
  let value: unknown = object;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  if (isObject(value)) value = value['component'];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : zeroOf(path);
}

/** Fields that are no texts are compared as Go prints their zero value. */
function zeroOf(path: readonly string[]): string {
  const name = path.at(-1);
  if (name === 'unschedulable' || name === 'hostNetwork') return 'false';
  return name === 'replicas' || name === 'successful' ? '0' : '';
}
