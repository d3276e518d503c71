// The formats of strings that schemas of custom resources may ask for (k8s.io/kube-openapi/pkg/validation/strfmt, Kubernetes 1.36).
import { dns1123LabelProblems, dns1123SubdomainProblems } from '../../../api/names.ts';
import { isBase64, isDate, isDateTime, isRequestUri, isUuid } from '../../../api/text-formats.ts';
import { parseAddress } from '../../../base/ip-address.ts';

type Format = (text: string) => boolean;

const matching =
  (pattern: RegExp): Format =>
  (text) =>
    pattern.test(text);

/** By name without dashes: `date-time` is `datetime`. */
const formats: Readonly<Record<string, Format>> = {
  bsonobjectid: matching(/^[0-9a-fA-F]{24}$/),
  byte: isBase64,
  cidr: isBlock,
  creditcard: isCreditCard,
  date: isDate,
  datetime: isDateTime,
  duration: isDuration,
  email: isEmail,
  hexcolor: matching(/^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/),
  hostname: isHostname,
  ipv4: (text) => text.includes('.') && parseAddress(text) !== undefined,
  ipv6: (text) => text.includes(':') && parseAddress(text) !== undefined,
  isbn: (text) => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  k8slongname: (text) => dns1123SubdomainProblems(text).length === 0,
  k8sshortname: (text) => dns1123LabelProblems(text).length === 0,
  mac: isMac,
  password: () => true,
  rgbcolor: matching(/^rgb\(\s*(\d{1,2}|1\d\d|2[0-4]\d|25[0-5])\s*(,\s*(\d{1,2}|1\d\d|2[0-4]\d|25[0-5])\s*){2}\)$/),
  ssn: matching(/^\d{3}[- ]?\d{2}[- ]?\d{4}$/),
  uri: isRequestUri,
  uuid: isUuid(),
  uuid3: isUuid('3'),
  uuid4: isUuid('4', '[89ab]'),
  uuid5: isUuid('5', '[89ab]'),
};

/** The rule of a format; a format that is not supported asks for nothing. */
export function formatOf(name: string | undefined): Format | undefined {
  const normalized = name?.replaceAll('-', '') ?? '';
  return Object.hasOwn(formats, normalized) ? formats[normalized] : undefined;
}

/** Go's (`1h30m`), or numbers with units in words (`22 ns`, `2 weeks`). */
function isDuration(text: string): boolean {
  if (/^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(text)) return true;
  const units = /^(?:ns|nano.*|us|µs|micro.*|ms|milli.*|s|sec.*|m|min.*|h|hr|hour.*|d|day.*|w|wk|week.*)$/;
  return [...text.matchAll(/\d+\s*([A-Za-zµ]+)/g)].some(([, unit = '']) => units.test(unit.toLowerCase()));
}

/** mail.ParseAddress, for addresses as people write them. */
function isEmail(text: string): boolean {
  const [, bracketed] = /^[^<>]*<([^<>]*)>\s*$/.exec(text) ?? [];
  const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\uffff-]+";
  const address = new RegExp(
    `^(?:${atom}(?:\\.${atom})*|"(?:[^"\\\\]|\\\\.)*")@(?:${atom}(?:\\.${atom})*|\\[[^\\]]*\\])$`,
  );
  return address.test((bracketed ?? text).trim());
}

function isHostname(text: string): boolean {
  const letter = '[a-zA-Z0-9\\p{S}\\p{L}]';
  const pattern = `^(${letter}((-?${letter}{0,62})?)|(${letter}(([a-zA-Z0-9\\-\\p{S}\\p{L}]{0,61}${letter})?)(\\.)){1,}([a-zA-Z\\p{L}]){2,63})$`;
  return (
    new RegExp(pattern, 'u').test(text) && text.length <= 255 && text.split('.').every((part) => part.length <= 63)
  );
}

function isBlock(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  const bytes = parseAddress(address);
  return more.length === 0 && bytes !== undefined && /^\d+$/.test(length) && Number(length) <= bytes.length * 8;
}

/** net.ParseMAC: six, eight or twenty bytes in pairs, or in groups of four digits. */
function isMac(text: string): boolean {
  const pairs = /^[0-9a-fA-F]{2}(?:(:|-)[0-9a-fA-F]{2})(?:\1[0-9a-fA-F]{2})*$/.test(text);
  const fours = /^[0-9a-fA-F]{4}(?:\.[0-9a-fA-F]{4})+$/.test(text);
  return (pairs || fours) && [6, 8, 20].includes(text.replace(/[:.-]/g, '').length / 2);
}

const digitsOf = (text: string) => text.replace(/[\s-]+/g, '');

function isIsbn10(text: string): boolean {
  const digits = digitsOf(text);
  if (!/^\d{9}[\dX]$/.test(digits)) return false;
  const sum = [...digits].reduce((total, digit, i) => total + (i + 1) * (digit === 'X' ? 10 : Number(digit)), 0);
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = digitsOf(text);
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0);
  return /^\d{13}$/.test(digits) && sum % 10 === 0;
}

function isCreditCard(text: string): boolean {
  const digits = text.replace(/\D+/g, '');
  const brands =
    /^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|6(?:011|5\d\d)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:2131|1800|35\d{3})\d{11})$/;
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return brands.test(digits) && sum % 10 === 0;
}
