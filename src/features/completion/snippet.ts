// What is written when a field is chosen: its key, and below it what it cannot do without, with stops (`$1`) where something is left to say.
import type { Field, Shape } from './shape.ts';

/** By type, or by field where it differs: what is mostly written, where the schema requires less, in the order in which people write it. */
const usual: Readonly<Record<string, readonly string[]>> = {
  'meta/v1.ObjectMeta': ['name'],
  'meta/v1.LabelSelector': ['matchLabels'],
  'core/v1.PodTemplateSpec': ['metadata', 'spec'],
  'core/v1.PodTemplateSpec.metadata': ['labels'],
  'core/v1.Container': ['name', 'image'],
  'core/v1.EnvVar': ['name', 'value'],
  'core/v1.ResourceRequirements': ['requests', 'limits'],
  'core/v1.VolumeMount': ['name', 'mountPath'],
  'core/v1.ConfigMapEnvSource': ['name'],
  'core/v1.ConfigMapKeySelector': ['name', 'key'],
  'core/v1.ConfigMapVolumeSource': ['name'],
  'core/v1.SecretEnvSource': ['name'],
  'core/v1.SecretKeySelector': ['name', 'key'],
  'core/v1.SecretVolumeSource': ['secretName'],
  'core/v1.LocalObjectReference': ['name'],
  'core/v1.HTTPGetAction': ['path', 'port'],
  'core/v1.Toleration': ['key', 'operator', 'value', 'effect'],
  'core/v1.TopologySpreadConstraint': ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector'],
  'core/v1.PodAffinityTerm': ['topologyKey', 'labelSelector'],
  'core/v1.PersistentVolumeClaimSpec': ['accessModes', 'resources'],
  'core/v1.VolumeResourceRequirements': ['requests'],
  'core/v1.ServiceSpec': ['selector', 'ports'],
  'core/v1.ServicePort': ['port', 'targetPort'],
  'apps/v1.DeploymentSpec': ['replicas', 'selector', 'template'],
  'apps/v1.StatefulSetSpec': ['serviceName', 'replicas', 'selector', 'template'],
  'networking/v1.IngressSpec': ['ingressClassName', 'rules'],
  'networking/v1.IngressRule': ['host', 'http'],
  'networking/v1.HTTPIngressPath': ['path', 'pathType', 'backend'],
  'networking/v1.IngressBackend': ['service'],
  'networking/v1.IngressServiceBackend': ['name', 'port'],
  'networking/v1.ServiceBackendPort': ['number'],
};

export const usualFields = ({ key = '' }: Shape): readonly string[] => usual[key] ?? [];

/** How the document is written. */
export interface Style {
  /** Columns by which the items of a list stand further in than its key. */
  readonly listIndent: number;
  /** Inside of brackets: nothing goes over several lines. */
  readonly isFlow: boolean;
}

/** As most lists of a document are written; of one without any, as kubectl prints them. */
export function listIndentOf(text: string): number {
  const [, , further = ''] = /^( *)[^\s#-][^\n]*:[ \r]*\n(?:\s*#[^\n]*\n)*\1( *)- /m.exec(text) ?? [];
  return further.length;
}

/** The text of a field of an object. Lines but the first begin `indent` columns further in than the line on which it is written. */
export function fieldSnippet(owner: Shape, field: Field, indent: number, style: Style): string {
  if (style.isFlow) return `${literal(field.name)}: `;
  const writer = new Writer(style);
  const text = writer.field(owner, field, indent, 0);
  return writer.stops === 1 ? text.replace('$1', '$0') : text;
}

/** What a snippet would read as its own is escaped. */
export const literal = (text: string) => text.replace(/[\\$}]/g, '\\$&');

/** Deeper than anything that has to be there. */
const deepest = 8;

class Writer {
  stops = 0;
  readonly #style: Style;

  constructor(style: Style) {
    this.#style = style;
  }

  field(owner: Shape, { name, shape }: Field, indent: number, depth: number): string {
    return `${literal(name)}:${this.#content(`${owner.key ?? ''}.${name}`, shape, indent, depth)}`;
  }

  #content(row: string, shape: Shape, indent: number, depth: number): string {
    const { form, element } = shape;
    if (form === 'map') return lineAt(indent + 2) + this.#stop();
    if (form === 'object') return lineAt(indent + 2) + this.#fields(row, shape, indent + 2, depth);
    if (form !== 'list' || !element) return ` ${this.#stop()}`;
    const at = indent + this.#style.listIndent;
    const item = element.form === 'object' ? this.#fields(row, element, at + 2, depth) : this.#stop();
    return `${lineAt(at)}- ${item}`;
  }

  #fields(row: string, shape: Shape, indent: number, depth: number): string {
    const fields = depth < deepest ? needed(row, shape) : [];
    if (fields.length === 0) return this.#stop();
    return fields.map((field) => this.field(shape, field, indent, depth + 1)).join(lineAt(indent));
  }

  #stop(): string {
    return `$${++this.stops}`;
  }
}

const lineAt = (column: number) => `\n${' '.repeat(column)}`;

/** What is required and what is usual. */
function needed(row: string, shape: Shape): Field[] {
  const required = [...shape.fields.values()].filter((field) => field.required).map(({ name }) => name);
  const names = new Set([...(usual[row] ?? usualFields(shape)), ...required]);
  return [...names].flatMap((name) => shape.fields.get(name) ?? []);
}
