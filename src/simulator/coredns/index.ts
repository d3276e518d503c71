// CoreDNS: gives Services their names. It watches the API and answers from what it saw.
import { keyOf, refOf, type EndpointSlice, type Service } from '../../api/object.ts';
import { deepEqual } from '../../base/json.ts';
import type { ComponentContext } from '../client/component.ts';
import { Informer } from '../client/informer.ts';
import { recordsOf, type DnsRecord } from './records.ts';

export { resolve, type DnsCluster } from './resolve.ts';
export { dnsQueries, namesTried } from './search-path.ts';

const serviceNameLabel = 'kubernetes.io/service-name';

/** Starts CoreDNS. The records of Services that are there are taken to stand. */
export function startCoreDns(context: ComponentContext): void {
  new CoreDns(context).start();
}

class CoreDns {
  readonly #context: ComponentContext;
  readonly #services: Informer<Service>;
  readonly #slices: Informer<EndpointSlice>;
  readonly #slicesByService = new Map<string, Map<string, EndpointSlice>>();
  readonly #records = new Map<string, readonly DnsRecord[]>();
  #started = false;

  constructor(context: ComponentContext) {
    this.#context = context;
    const refresh = (service: Service) => this.#refresh(keyOf(service));
    this.#services = new Informer<Service>(context.client, 'services');
    this.#services.handle({ onAdd: refresh, onUpdate: refresh, onDelete: refresh });
    const put = (slice: EndpointSlice) => this.#put(slice);
    this.#slices = new Informer<EndpointSlice>(context.client, 'endpointslices.discovery.k8s.io');
    this.#slices.handle({ onAdd: put, onUpdate: put, onDelete: (slice) => this.#remove(slice) });
  }

  start(): void {
    this.#services.start();
    this.#slices.start();
    this.#started = true;
  }

  #put(slice: EndpointSlice): void {
    const key = serviceKeyOf(slice);
    const slices = this.#slicesByService.get(key) ?? new Map<string, EndpointSlice>();
    this.#slicesByService.set(key, slices.set(keyOf(slice), slice));
    this.#refresh(key);
  }

  #remove(slice: EndpointSlice): void {
    const key = serviceKeyOf(slice);
    this.#slicesByService.get(key)?.delete(keyOf(slice));
    this.#refresh(key);
  }

  #refresh(key: string): void {
    const service = this.#services.get(key);
    const slices = [...(this.#slicesByService.get(key)?.values() ?? [])];
    const records = service ? recordsOf(service, slices) : [];
    const before = this.#records.get(key) ?? [];
    if (records.length > 0) this.#records.set(key, records);
    else this.#records.delete(key);
    if (this.#started) this.#tell(service, records, before);
  }

  #tell(service: Service | undefined, records: readonly DnsRecord[], before: readonly DnsRecord[]): void {
    const { kernel, client } = this.#context;
    const subject = service && refOf(service);
    const known = new Map(before.map((record) => [record.name, record]));
    const record = (name: string, addresses: readonly string[]) => {
      const action = { type: 'dns-record', name, addresses } as const;
      kernel.record(client.actor, client.actor, { type: 'action', ...(subject && { subject }), action });
    };
    for (const { name, addresses, cname } of records) {
      const same = deepEqual(known.get(name), { name, addresses, cname });
      known.delete(name);
      if (!same) record(name, cname === undefined ? addresses : [cname]);
    }
    for (const name of known.keys()) record(name, []);
  }
}

const serviceKeyOf = ({ metadata }: EndpointSlice) =>
  `${metadata.namespace}/${metadata.labels?.[serviceNameLabel] ?? ''}`;
