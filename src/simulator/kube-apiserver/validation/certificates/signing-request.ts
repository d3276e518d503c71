// CertificateSigningRequests (pkg/apis/certificates/validation and pkg/apis/core/validation, ValidateSignerName, Kubernetes 1.36).
import { duplicate, invalid, notSupported, required, tooLong } from '../../../../api/field-error.ts';
import { FieldPath } from '../../../../api/field-path.ts';
import { nilList } from '../../../../api/decoding/go-value.ts';
import { byteLength, quote } from '../../../../api/go-text.ts';
import { dns1123LabelProblems, dns1123SubdomainProblems } from '../../../../api/names.ts';
import type { CertificateSigningRequest, CertificateSigningRequestSpec } from '../../../../api/object.ts';
import { parseRequest } from '../../certificates/request.ts';
import type { Errors } from '../checks.ts';
import { checkMetadata, checkMetadataUpdate } from '../object-meta.ts';
import type { KindRules } from '../validation.ts';

const path = FieldPath.of('spec');
const meta = { namespaced: false, name: () => [] };
const shortest = 600;
const domainLimit = 253;
const signerLimit = 571;

const usages = (
  'any,cert sign,client auth,code signing,content commitment,crl sign,data encipherment,decipher only,digital signature,' +
  'email protection,encipher only,ipsec end system,ipsec tunnel,ipsec user,key agreement,key encipherment,microsoft sgc,' +
  'netscape sgc,ocsp signing,s/mime,server auth,signing,timestamping'
).split(',');

/** Says of the first part that is none what is wrong with it. */
function checkParts(text: string, problems: (part: string) => string[], at: FieldPath, errors: Errors): void {
  for (const part of text.split('.')) {
    const found = problems(part);
    for (const problem of found) errors.push(invalid(at, text, `validating label ${quote(part)}: ${problem}`));
    if (found.length) return;
  }
}

function checkSigner(name: string, at: FieldPath, errors: Errors): void {
  if (!name) return void errors.push(required(at));
  const [domain = '', rest, ...others] = name.split('/');
  if (rest === undefined || others.length) {
    const detail = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    return void errors.push(invalid(at, name, detail));
  }
  if (byteLength(domain) > domainLimit) errors.push(tooLong(at, domainLimit));
  checkParts(domain, dns1123LabelProblems, at, errors);
  if (!domain.includes('.')) {
    errors.push(invalid(at, domain, 'should be a domain with at least two segments separated by dots'));
  }
  checkParts(rest, dns1123SubdomainProblems, at, errors);
  if (byteLength(name) > signerLimit) errors.push(tooLong(at, signerLimit));
}

/** Bytes that were not given, or none of them, are a list. */
function checkRequest(request: string | readonly never[] | undefined, at: FieldPath, errors: Errors): void {
  const text = typeof request === 'string' ? request : '';
  const parsed = parseRequest(text);
  if (!parsed) return;
  if ('problem' in parsed) errors.push(invalid(at, text || (request === nilList ? null : ''), parsed.problem));
  else if (typeof parsed.signature === 'object') errors.push(invalid(at, text, parsed.signature.problem));
}

function checkSpec(spec: Partial<CertificateSigningRequestSpec>, errors: Errors): void {
  const { request, usages: given = [], signerName = '', expirationSeconds: seconds } = spec;
  checkRequest(request, path.child('request'), errors);
  const at = path.child('usages');
  if (!given.length) errors.push(required(at));
  given.forEach((usage, i) => {
    if (!usages.includes(usage)) errors.push(notSupported(at.index(i), usage, usages));
  });
  given.forEach((usage, i) => {
    if (given.indexOf(usage) < i) errors.push(duplicate(at.index(i), usage));
  });
  const signer = path.child('signerName');
  if (signerName === 'kubernetes.io/legacy-unknown') {
    errors.push(invalid(signer, signerName, 'the legacy signerName is not allowed via this API version'));
  } else checkSigner(signerName, signer, errors);
  if (seconds !== undefined && seconds < shortest) {
    const detail = 'may not specify a duration less than 600 seconds (10 minutes)';
    errors.push(invalid(path.child('expirationSeconds'), seconds, detail));
  }
}

export const signingRequestRules: KindRules<CertificateSigningRequest> = {
  create({ metadata, spec }, errors) {
    checkMetadata(metadata, meta, errors);
    checkSpec(spec, errors);
  },
  // all but the metadata stays as it was
  update({ metadata }, old, errors) {
    checkMetadata(metadata, meta, errors);
    checkMetadataUpdate(metadata, old.metadata, errors);
  },
  unmodelled: [
    {
      pattern: 'spec.request',
      reason: 'whether the request is signed with its key',
      applies(request) {
        const parsed = parseRequest(String(request));
        return !parsed || (!('problem' in parsed) && parsed.signature === 'unknown');
      },
    },
  ],
};
