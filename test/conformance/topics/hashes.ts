// Answers the cases of hashes/: a template as a person writes it, through decoding, defaulting and storage, to what controllers call it.
import type { PodTemplateSpec } from '../../../src/api/object.ts';
import { typeNamed } from '../../../src/api/schema.ts';
import { podTemplateHash, statefulSetRevisionHash } from '../../../src/api/template-hash.ts';
import { inFormOf } from '../../../src/simulator/kube-apiserver/decoding/decode.ts';
import { defaultPodTemplate } from '../../../src/simulator/kube-apiserver/defaulting/index.ts';

interface HashQuestion {
  readonly id: string;
  readonly template: unknown;
  readonly collisionCounts?: readonly string[];
}

export function answer({ id, template, collisionCounts }: HashQuestion): unknown {
  const type = typeNamed('core/v1.PodTemplateSpec');
  const decoded = inFormOf(type, template, 'decoded') as PodTemplateSpec;
  const stored = inFormOf(type, defaultPodTemplate(decoded), 'stored') as PodTemplateSpec;
  const hash = podTemplateHash(stored);
  if (hash === undefined) return { id, unknown: 'a template with a timestamp or managedFields' };
  const answered = { id, hash, revision: statefulSetRevisionHash(stored) };
  if (!collisionCounts) return answered;
  const each = (hashOf: (count: number) => string | undefined) =>
    Object.fromEntries(collisionCounts.map((count) => [count, hashOf(Number(count))]));
  return {
    ...answered,
    collision: each((count) => podTemplateHash(stored, count)),
    revisionCollision: each((count) => statefulSetRevisionHash(stored, count)),
  };
}
