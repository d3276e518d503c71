// Replaces what is random or depends on the clock by the fixed symbols of the recordings.
import { isObject } from '../../../src/base/json.ts';
import { controllerOf, type KubeObject, type Service } from '../../../src/api/object.ts';
import { normalizeTables } from './tables.ts';

const podRange = /\b10\.244\.\d+\./g;
const serviceAddress = /\b10\.(9[6-9]|1[01]\d)\.\d+\.\d+\b/g;
const generated = '[bcdfghjklmnpqrstvwxz2456789]{5}';
const refusedPod = new RegExp(`pods \\\\?"([a-z0-9.-]+-)(${generated})\\\\?" is forbidden`, 'g');

export class Normalizer {
  readonly #names = new Map<string, string>();
  #order: string[] = [];
  readonly #uids = new Map<string, string>();
  readonly #ids = new Map<string, string>();
  readonly #addresses = new Map<string, string>();
  readonly #nodePorts = new Map<number, number>();
  readonly #ranges = new Map<string, string>();
  readonly #counters = new Map<string, number>();
  #refused = 0;

  /** Notes the Pod range of the i-th node. */
  learnRange(podCidr: string, index: number): void {
    const range = podCidr.match(podRange)?.[0];
    if (range) this.#ranges.set(range, `10.244.${index}.`);
  }

  /** Notes the random names, addresses and ports of a new object; returns the name it goes by in the recordings. */
  learn(object: KubeObject): string {
    const { name = '', generateName = '' } = object.metadata;
    if (
      generateName &&
      name.startsWith(generateName) &&
      name.length - generateName.length === 5 &&
      !this.#names.has(name)
    ) {
      this.#rename(name, `${this.#known(generateName)}x${String(this.#count(generateName)).padStart(4, '0')}`);
    }
    const isTimed = object.kind === 'Job' && controllerOf(object)?.kind === 'CronJob';
    if (isTimed && !this.#names.has(name)) {
      const prefix = name.replace(/\d+$/, '');
      this.#rename(name, `${prefix}${10_000_000 + this.#count(prefix)}`);
    }
    if (object.kind === 'Service') this.#learnService(object);
    return this.#names.get(name) ?? name;
  }

  /** The name of a generated object that the recordings call by this symbol. */
  originalName(symbol: string): string {
    for (const [name, to] of this.#names) if (to === symbol) return name;
    return symbol;
  }

  #known(text: string): string {
    return this.#order.reduce((known, name) => known.replaceAll(name, this.#names.get(name) ?? name), text);
  }

  #count(prefix: string): number {
    const count = (this.#counters.get(prefix) ?? 0) + 1;
    this.#counters.set(prefix, count);
    return count;
  }

  #rename(from: string, to: string): void {
    this.#names.set(from, to);
    this.#order = [...this.#names.keys()].sort((a, b) => b.length - a.length);
  }

  #learnService({ spec }: Service): void {
    const address = spec?.clusterIP ?? '';
    if (address && !['None', '10.96.0.1', '10.96.0.10'].includes(address) && !this.#addresses.has(address)) {
      this.#addresses.set(address, `10.96.100.${this.#addresses.size + 1}`);
    }
    for (const { nodePort } of spec?.ports ?? []) {
      if (nodePort && !this.#nodePorts.has(nodePort)) this.#nodePorts.set(nodePort, 30001 + this.#nodePorts.size);
    }
  }

  /** Normalises one string, which is no table. */
  text(original: string): string {
    for (const [, prefix = '', suffix = ''] of original.matchAll(refusedPod)) {
      if (!this.#names.has(prefix + suffix)) {
        this.#rename(prefix + suffix, `${prefix}y${String(++this.#refused).padStart(4, '0')}`);
      }
    }
    return this.#known(original)
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (uid) => this.#uid(uid))
      .replace(/(sha256:)?[0-9a-f]{64}/g, (id) => this.#id(id))
      .replace(serviceAddress, (address) => this.#addresses.get(address) ?? address)
      .replace(podRange, (range) => this.#ranges.get(range) ?? range)
      .replace(/kube-api-access-[0-9a-z]{5}/g, 'kube-api-access-x0000')
      .replace(
        /( in )[0-9.]+(?:ms|s|µs)( \()[0-9.]+(?:m?[0-9.]*)(?:ms|s|µs)( including waiting\))/g,
        '$1<duration>$2<duration>$3',
      )
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
      .replace(/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>')
      .replace(/(\d+\.\d+\.\d+\.\d+:)\d{4,5}(->)/g, '$1<port>$2');
  }

  #uid(uid: string): string {
    if (uid.startsWith('00000000-0000-0000')) return uid;
    const known = this.#uids.get(uid) ?? `00000000-0000-0000-0000-${String(this.#uids.size + 1).padStart(12, '0')}`;
    this.#uids.set(uid, known);
    return known;
  }

  #id(id: string): string {
    if (id.startsWith('sha256:')) return id;
    const known = this.#ids.get(id) ?? String(this.#ids.size + 1).padStart(64, '0');
    this.#ids.set(id, known);
    return known;
  }

  /** Normalises a cell or line of kubectl's output: text, node ports, and lists of addresses by number. */
  cell(original: string): string {
    return this.text(original)
      .replace(/:(3[0-2]\d{3})\//g, (_, port: string) => `:${this.#nodePorts.get(Number(port)) ?? port}/`)
      .replace(
        /(NodePort:\s+\S+\s+)(\d{5})\//g,
        (_, before: string, port: string) => `${before}${this.#nodePorts.get(Number(port)) ?? port}/`,
      )
      .replace(/\b\d+\.\d+\.\d+\.\d+(:\d+)?(,\d+\.\d+\.\d+\.\d+(:\d+)?)+/g, (list) =>
        list
          .split(',')
          .sort((a, b) => (byNumber(a) < byNumber(b) ? -1 : 1))
          .join(','),
      );
  }

  /** Normalises the output of a kubectl command, tables included. */
  output(text: string): string {
    this.text(text); // refused Pods are numbered by their appearance in the raw text
    return normalizeTables(text, (cell) => this.cell(cell));
  }

  /** Normalises every string in a JSON value, names in keys too. */
  value(value: unknown, key = ''): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') return key === 'nodePort' ? (this.#nodePorts.get(value) ?? value) : value;
    if (Array.isArray(value)) return value.map((item) => this.value(item, key));
    if (!isObject(value)) return value;
    const ofPort = typeof value.path === 'string' && value.path.endsWith('.nodePort');
    const entries = Object.entries(value).map(([k, item]) => [
      /[-/]/.test(k) ? this.text(k) : k,
      this.value(item, ofPort && (k === 'from' || k === 'to') ? 'nodePort' : k),
    ]);
    return Object.fromEntries(entries) as unknown;
  }
}

const byNumber = (text: string) => text.replace(/\d+/g, (digits) => digits.padStart(5, ' '));
