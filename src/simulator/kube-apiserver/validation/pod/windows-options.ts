// Options for containers on Windows (pkg/apis/core/validation, validateWindowsSecurityContextOptions, Kubernetes 1.36).
import { invalid } from '../../../../api/field-error.ts';
import type { FieldPath } from '../../../../api/field-path.ts';
import { byteLength } from '../../../../api/go-text.ts';
import type { WindowsSecurityContextOptions } from '../../../../api/object.ts';
import type { Errors } from '../checks.ts';
import { checkSubdomain } from '../labels.ts';

const credentialSpecLimit = 64 * 1024;
const domainLimit = 256;
const userLimit = 104;

const netBiosName = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsLabel = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const dnsName = new RegExp(`^${dnsLabel}(?:\\.${dnsLabel})*$`);

function userNameProblems(name: string): string[] {
  if (!name) return ['runAsUserName cannot be an empty string'];
  // eslint would have control characters escaped as names; this is the class [[:cntrl:]]
  if (/\p{Cc}/u.test(name)) return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const user = parts.at(-1) ?? '';
  const domain = parts.length === 2 ? parts[0] : undefined;
  const found: string[] = [];
  if (domain !== undefined) {
    if (byteLength(domain) >= domainLimit) {
      found.push(`runAsUserName's Domain length must be under ${domainLimit} characters`);
    }
    if (!netBiosName.test(domain) && !dnsName.test(domain)) {
      found.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
    }
  }
  if (!user) found.push("runAsUserName's User cannot be empty");
  else if (byteLength(user) > userLimit) {
    found.push(`runAsUserName's User length must not be longer than ${userLimit} characters`);
  }
  if (/^[. ]+$/.test(user)) found.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) {
    found.push('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  }
  return found;
}

export function checkWindowsOptions(
  options: WindowsSecurityContextOptions | undefined,
  path: FieldPath,
  errors: Errors,
): void {
  if (!options) return;
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options;
  if (gmsaCredentialSpecName !== undefined) {
    checkSubdomain(gmsaCredentialSpecName, path.child('gmsaCredentialSpecName'), errors);
  }
  if (gmsaCredentialSpec !== undefined) {
    const at = path.child('gmsaCredentialSpec');
    if (!gmsaCredentialSpec)
      errors.push(invalid(at, gmsaCredentialSpec, 'gmsaCredentialSpec cannot be an empty string'));
    else if (byteLength(gmsaCredentialSpec) > credentialSpecLimit) {
      errors.push(invalid(at, gmsaCredentialSpec, 'gmsaCredentialSpec size must be under 64 KiB'));
    }
  }
  if (runAsUserName !== undefined) {
    for (const problem of userNameProblems(runAsUserName)) {
      errors.push(invalid(path.child('runAsUserName'), runAsUserName, problem));
    }
  }
}
