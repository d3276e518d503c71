// Answers the cases of api/decoding*: what the server says about a body before it looks at what the object means.
import { parse } from 'yaml';
import { deprecationWarning } from '../../../src/api/deprecations.ts';
import { resourceOfKind } from '../../../src/api/resources.ts';
import { isObject } from '../../../src/base/json.ts';
import { decode } from '../../../src/simulator/kube-apiserver/decoding/decode.ts';

interface DecodingQuestion {
  readonly id: string;
  readonly base: string;
  readonly manifest: string;
  readonly contentType?: string;
}

export function answer({ id, base, manifest, contentType }: DecodingQuestion): unknown {
  const body: unknown = parse(manifest, { version: '1.1', uniqueKeys: false });
  const { apiVersion, kind } =
    contentType || !isObject(body) ? kindOfBase(base) : { apiVersion: body['apiVersion'], kind: body['kind'] };
  const resource = resourceOfKind(String(apiVersion), String(kind));
  if (!resource) return { id, unknown: `${kind} is not a built-in kind` };
  const decoded = decode(body, resource, { strict: true });
  if (!('status' in decoded)) return { id, unknown: 'the body decodes; what follows is not asked here' };
  const warning = deprecationWarning(String(apiVersion), resource.kind);
  const { code, reason, message } = decoded.status;
  return { id, expect: { code, status: { reason, message }, ...(warning && { warnings: [warning] }) } };
}

/** A case with a YAML body names its collection as `v1 Pod`. */
function kindOfBase(base: string): { apiVersion: string; kind: string } {
  const [apiVersion = '', kind = ''] = base.split(' ');
  return { apiVersion, kind };
}
