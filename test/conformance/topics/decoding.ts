// Answers the cases of api/decoding*: what the server says about a body before it looks at what the object means.
import { deprecationWarning } from '../../../src/api/deprecations.ts';
import { resourceOfKind } from '../../../src/api/resources.ts';
import { isObject } from '../../../src/base/json.ts';
import { parseManifest, type Manifest } from '../../../src/manifest/index.ts';
import { decode, unrecognized } from '../../../src/simulator/kube-apiserver/decoding/decode.ts';

interface DecodingQuestion {
  readonly id: string;
  readonly base: string;
  readonly manifest: string;
  readonly contentType?: string;
}

export function answer({ id, base, manifest, contentType }: DecodingQuestion): unknown {
  const parsed = parseManifest(manifest);
  const body = parsed.documents[0]?.object;
  const { apiVersion, kind } = contentType ? collectionOf(base) : kindOf(body);
  const resource = resourceOfKind(apiVersion, kind);
  if (!resource) return { id, unknown: `${kind} is not a built-in kind` };
  const yaml = contentType ? { text: manifest, problems: duplicateKeys(parsed) } : undefined;
  const refusal = parsed.documents[0]?.errors[0]?.message.replace(/^error converting YAML to JSON: /, '');
  const decoded =
    refusal === undefined
      ? decode(body, resource, { strict: true, ...(yaml && { yaml }) })
      : { status: unrecognized(kind, refusal, manifest) };
  if (!('status' in decoded)) return { id, unknown: 'the body decodes; what follows is not asked here' };
  const warning = deprecationWarning(apiVersion, kind);
  const { code, reason, message } = decoded.status;
  return { id, expect: { code, status: { reason, message }, ...(warning && { warnings: [warning] }) } };
}

function kindOf(body: unknown): { apiVersion: string; kind: string } {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return isObject(body)
    ? { apiVersion: text(body['apiVersion']), kind: text(body['kind']) }
    : { apiVersion: '', kind: '' };
}

/** A case with a YAML body names the collection that it is sent to: `v1 Pod`. */
function collectionOf(base: string): { apiVersion: string; kind: string } {
  const [apiVersion = '', kind = ''] = base.split(' ');
  return { apiVersion, kind };
}

/** What the server's YAML reader says of keys set twice: one problem, a line each. */
function duplicateKeys({ documents, lineIndex }: Manifest): string[] {
  const lines = (documents[0]?.duplicates ?? []).map(
    ({ key, start }) => `\n  line ${lineIndex.positionAt(start).line + 1}: key ${key} already set in map`,
  );
  return lines.length ? [`yaml: unmarshal errors:${lines.join('')}`] : [];
}
