// Image references as people write them and as runtimes store them: nginx is docker.io/library/nginx:latest.
// The grammar and the texts are those of github.com/distribution/reference, which kubelet and containerd both use.
import { remembering } from '../base/remembering.ts';

/** A reference with everything filled in. */
export interface ImageReference {
  /** `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…`. */
  readonly digest?: string;
}

const alphanumeric = '[a-z0-9]+';
const separator = '(?:[._]|__|[-]+)';
const pathComponent = `${alphanumeric}(?:${separator}${alphanumeric})*`;
const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainComponent}(?:\\.${domainComponent})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const shape = new RegExp(
  `^((?:${domain}/)?${pathComponent}(?:/${pathComponent})*)` +
    '(?::([\\w][\\w.-]{0,127}))?' +
    '(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$',
);
const digestLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** Docker's rule for whether the first part of a name is a registry. */
function splitDomain(name: string): [domain: string, rest: string] {
  const slash = name.indexOf('/');
  const first = name.slice(0, slash);
  const isDomain = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const host = isDomain ? first : 'docker.io';
  const rest = isDomain ? name.slice(slash + 1) : name;
  if (host === 'index.docker.io') return ['docker.io', rest.includes('/') ? rest : `library/${rest}`];
  return [host, host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest];
}

type Parsed = ImageReference | { readonly error: string };

/** The reference, or the error's text (reference.ParseNormalizedNamed). A tag is not filled in. */
export const parseImageReference = remembering(1_000, parse);

function parse(text: string): Parsed {
  if (/^[a-f0-9]{64}$/.test(text)) {
    return { error: `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings` };
  }
  const [host, rest] = splitDomain(text);
  const [remote = ''] = rest.split(/[:@]/, 1);
  if (remote.toLowerCase() !== remote) {
    return { error: `invalid reference format: repository name (${remote}) must be lowercase` };
  }
  const match = shape.exec(`${host}/${rest}`);
  if (!match) return { error: 'invalid reference format' };
  const [, repository = '', tag, digest] = match;
  if (repository.length - host.length - 1 > 255) {
    return { error: 'repository name must not be more than 255 characters' };
  }
  if (digest) {
    const [algorithm = '', hex = ''] = digest.split(':');
    const length = digestLengths[algorithm];
    if (length === undefined) return { error: 'unsupported digest algorithm' };
    if (hex.length !== length) return { error: 'invalid checksum digest length' };
  }
  return { repository, ...(tag && { tag }), ...(digest && { digest }) };
}

/** The name under which a runtime stores an image: with a tag, or with the digest alone if there is one. */
export function canonicalImage(text: string): string {
  const reference = parseImageReference(text);
  if ('error' in reference) return text;
  const { repository, tag = 'latest', digest } = reference;
  return digest ? `${repository}@${digest}` : `${repository}:${tag}`;
}
