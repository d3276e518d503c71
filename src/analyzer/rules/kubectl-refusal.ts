// kubectl refused a document by itself, before anything reached the API server: it knows no such kind, or cannot make an object of it.
import { linesOf } from '../lines.ts';
import type { CustomResourceDefinition, KubeObject, ObjectRef } from '../../api/object.ts';
import { refOf } from '../../api/object.ts';
import { builtinKinds, isBuiltinGroup, versionsOfKind } from '../../api/resources.ts';
import type { Trace } from '../../simulator/index.ts';
import { customKind, groupOf } from '../custom-kinds.ts';
import type { Evidence, Finding, Rule, Severity } from '../finding.ts';
import { nearest } from '../suggest.ts';
import { placeOfKind } from '../value-places.ts';
import { invalidItems } from './own-validation.ts';
import { mistypedPart } from './refused-parts.ts';

type Said = readonly [sentence: string, ...parts: string[]];

interface Refusal {
  readonly says: RegExp;
  /** `before`: how often the same was said before. */
  readonly find: (said: Said, evidence: Evidence, before: number) => Omit<Finding, 'steps' | 'related'>;
}

export const kubectlRefusal: Rule = {
  ids: ['unknown-kind', 'kubectl'],
  find: (evidence) => {
    const said = new Map<string, number>();
    return printedErrors(evidence.trace).flatMap(({ text, seq }) =>
      [
        ...invalidItems(text, evidence.applied),
        ...refusals.flatMap(({ says, find }) =>
          [...text.matchAll(says)].map((match) => {
            const before = said.get(match[0]) ?? 0;
            said.set(match[0], before + 1);
            return find(match as unknown as Said, evidence, before);
          }),
        ),
      ].map((finding): Finding => ({ ...finding, related: [], steps: [seq] })),
    );
  },
};

/** What kubectl printed to stderr. */
function printedErrors(trace: Trace): { text: string; seq: number }[] {
  return linesOf(trace, 'output').filter(({ stream }) => stream === 'stderr');
}

const noSubject: ObjectRef = { apiVersion: '', kind: '', name: '' };
const unquoted = (quoted: string) => {
  const value: unknown = JSON.parse(quoted);
  return String(value);
};
const quoted = '"(?:[^"\\\\]|\\\\.)*"';

/** A refusal of a whole object or document. */
const whole = (subject: ObjectRef, source: string, message: string, explanation: string) => ({
  ...({ id: 'kubectl', severity: 'error', field: { path: '' } } as const),
  subject,
  source,
  message,
  explanation,
});

const refusals: readonly Refusal[] = [
  {
    says: new RegExp(
      `resource mapping not found for name: (${quoted}) namespace: (${quoted}) from (${quoted}): no matches for kind (${quoted}) in version (${quoted})`,
      'g',
    ),
    find: unknownKind,
  },
  {
    says: new RegExp(`unable to recognize no matches for kind (${quoted}) in version (${quoted})`, 'g'),
    find: ([sentence, kind = '""', version = '""'], evidence) => {
      const isMeant = (object: KubeObject) => object.kind === unquoted(kind) && object.apiVersion === unquoted(version);
      const { name = '', namespace = '' } = evidence.applied.find(isMeant)?.metadata ?? {};
      const [nameText, space] = [JSON.stringify(name), JSON.stringify(namespace)];
      return unknownKind([sentence, nameText, space, '""', kind, version], evidence);
    },
  },
  {
    says: new RegExp(
      `error when retrieving current configuration of:\\n.*GroupVersionKind: "([^"]*), Kind=([^"]*)"\\nName: "([^"]*)", Namespace: "([^"]*)"\\nfrom server for: (${quoted}): (.*)`,
      'g',
    ),
    find: ([, apiVersion = '', kind = '', name = '', namespace = '', source = '""', message = '']) => ({
      ...whole(
        { apiVersion: apiVersion.replace(/^\//, ''), kind, name, ...(namespace && { namespace }) },
        unquoted(source),
        message,
        'kubectl apply finds an object by its name: give it one.',
      ),
      field: { path: 'metadata.name' },
    }),
  },
  {
    says: /from (\S+): cannot use generate name with apply/g,
    find: ([message, prefix = ''], { applied }) => {
      const object = applied.find(({ metadata: { name, generateName } }) => !name && generateName === prefix);
      const explanation = 'kubectl apply finds an object by its name: give it one, or make it with kubectl create.';
      return {
        ...whole(object ? { ...refOf(object), name: prefix } : noSubject, '', message, explanation),
        field: { path: 'metadata.generateName' },
      };
    },
  },
  {
    says: /the namespace from the provided object "([^"]*)" does not match the namespace "([^"]*)"\. You must pass '[^']*' to perform this operation\./g,
    find: ([message, own = '', asked = ''], { applied }) => {
      const object = applied.find(({ metadata }) => metadata.namespace === own);
      const explanation = `The object names the namespace ${own}, the command ${asked}: make them the same.`;
      return {
        ...whole(object ? refOf(object) : noSubject, '', message, explanation),
        field: { path: 'metadata.namespace' },
      };
    },
  },
  {
    says: new RegExp(`unable to decode (${quoted}): (.*)`, 'g'),
    find: ([, source = '""', message = ''], { applied }, before) =>
      undecodable(message, unquoted(source), applied, before),
  },
  {
    says: new RegExp(
      `error validating (${quoted}): (error validating data: (?!\\[?ValidationError).*?); if you choose to ignore these errors`,
      'g',
    ),
    find: ([, source = '""', message = '']) =>
      whole(
        noSubject,
        unquoted(source),
        message,
        'kubectl takes this document for an object that does not say what it is.',
      ),
  },
];

function unknownKind(
  [sentence, name = '""', space = '""', source = '""', kindText = '""', version = '""']: Said,
  evidence: Evidence,
) {
  const [kind, apiVersion] = [unquoted(kindText), unquoted(version)];
  const namespace = unquoted(space);
  const group = groupOf(apiVersion);
  const definition = definitionOf(group, kind, evidence);
  const isElsewhere = isOfKubernetes(group) && versionsOfKind(kind).length > 0;
  const subject = { apiVersion, kind, name: unquoted(name), ...(namespace && { namespace }) };
  const message = sentence.slice(sentence.indexOf('no matches for kind'));
  if (definition) return { ...whole(subject, unquoted(source), message, ''), ...notServed(definition, apiVersion) };
  return {
    ...whole(subject, unquoted(source), message, kindExplanation(group, kind, evidence)),
    id: 'unknown-kind',
    severity: severityOf(group, isElsewhere),
    field: { path: isElsewhere ? 'apiVersion' : 'kind' },
  } as const;
}

/** What makes a kind known, now that all is applied. */
function definitionOf(group: string, kind: string, { cluster }: Evidence): CustomResourceDefinition | undefined {
  if (isOfKubernetes(group)) return undefined;
  const definitions = cluster.objects<CustomResourceDefinition>('customresourcedefinitions.apiextensions.k8s.io');
  return definitions.find(
    ({ spec }) => spec?.group === group && spec.names?.kind === kind && (spec.versions ?? []).length > 0,
  );
}

/** The kind is defined: in other versions, or too late for this command. */
function notServed({ metadata, spec }: CustomResourceDefinition, apiVersion: string) {
  const kind = spec?.names?.kind ?? '';
  const served = (spec?.versions ?? []).filter((one) => one.served).map(({ name }) => `${spec?.group}/${name}`);
  const isLate = served.includes(apiVersion);
  return {
    id: 'unknown-kind',
    severity: 'error',
    field: { path: isLate ? 'kind' : 'apiVersion' },
    explanation: isLate
      ? `The CustomResourceDefinition ${metadata.name} is created by this very command, but kubectl asks what the server serves before it sends anything: apply the definition first, in a command of its own, or run kubectl apply a second time.`
      : `The CustomResourceDefinition ${metadata.name} serves ${kind} as ${served.join(', ') || 'nothing'}.`,
    ...(isLate && { dependsOn: 'objects' as const }),
  } as const;
}

/**
 * No definition can add a kind to a group without a dot, so there this is certain, as it is of a kind that is built in; every group that
 * is not built in may have been defined in the real cluster.
 */
function severityOf(group: string, isElsewhere: boolean): Severity {
  if (!isOfKubernetes(group)) return 'info';
  return isElsewhere || !group.includes('.') ? 'error' : 'warning';
}

/** Built in, now or in versions of the past. */
const isOfKubernetes = (group: string) => isBuiltinGroup(group) || group === 'extensions';

function kindExplanation(group: string, kind: string, { customKinds }: Evidence): string {
  if (customKinds.has(customKind(group, kind))) {
    return `The definition of ${kind} has to be applied first, and its objects in a second kubectl apply: kubectl asks what the server serves before it sends anything.`;
  }
  if (group === 'kustomize.config.k8s.io')
    return `A ${kind} is not for the server: kubectl apply -k reads it, and applyscope check -k judges what it builds.`;
  const served = versionsOfKind(kind);
  if (served.length && isOfKubernetes(group)) return `Kubernetes 1.36 serves ${kind} as ${served.join(', ')}.`;
  if (isOfKubernetes(group)) {
    const meant = nearest(kind, builtinKinds());
    return `Kubernetes 1.36 has no kind ${kind} there${meant ? `: did you mean ${meant}?` : '.'}`;
  }
  return `No CustomResourceDefinition for ${kind} is known: whether the cluster serves it is unknown.`;
}

/** kubectl itself decodes metadata; its errors name the field, but not the object: they come in the objects' order. */
function undecodable(message: string, source: string, applied: readonly KubeObject[], before: number) {
  const object = applied.filter((one) => isMeant(message, one))[before];
  const part = object && mistypedPart(message, object);
  const subject = object ? refOf(object) : noSubject;
  return part
    ? { ...part, severity: 'error' as const, subject, source }
    : whole(subject, source, message, 'kubectl cannot make an object of this document.');
}

function isMeant(message: string, object: KubeObject): boolean {
  const [, kind = '', path = ''] = /cannot unmarshal (\w+).* into Go struct field \w+\.(\S+)/.exec(message) ?? [];
  return path !== '' && placeOfKind(object, path, kind) !== undefined;
}
