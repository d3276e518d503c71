// The figures that were reached: kept in figures.json, shown in README, allowed only to rise.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Figures } from './compare/judge.ts';

type Kept = Pick<Figures, 'cases' | 'exact' | 'verdict' | 'unknown' | 'missing'>;
type Part = 'full' | 'part';
type File = Record<Part, Record<string, Kept>>;

const file = new URL('figures.json', import.meta.url);
const readme = new URL('../../README.md', import.meta.url);

const kept = (): File => JSON.parse(readFileSync(file, 'utf8')) as File;
const falseVerdicts = ({ cases, verdict, unknown, missing }: Kept) => cases - verdict - unknown - missing;

/** What became worse, as sentences. A scenario's total moves with what is answered, so its misses are compared too. */
function worse(topic: string, before: Kept | undefined, now: Kept): string[] {
  if (!before) return [];
  const complaints: string[] = [];
  const exact = topic.startsWith('flow/')
    ? now.cases - now.exact > before.cases - before.exact
    : now.exact < before.exact;
  if (exact) complaints.push(`${topic}: exact ${now.exact}/${now.cases}, was ${before.exact}/${before.cases}`);
  if (topic.startsWith('flow/')) return complaints;
  if (now.verdict < before.verdict) complaints.push(`${topic}: verdict ${now.verdict}, was ${before.verdict}`);
  if (falseVerdicts(now) > falseVerdicts(before)) {
    complaints.push(`${topic}: ${falseVerdicts(now)} false verdicts, were ${falseVerdicts(before)}`);
  }
  return complaints;
}

/** What fell below the kept figures, as sentences. A topic that is not kept yet falls from nothing. */
export function fallen(part: Part, figures: readonly Figures[]): string[] {
  const before = kept()[part];
  return figures.flatMap((now) => worse(now.topic, before[now.topic], now));
}

/** Whether no figure fell; says which did. */
export function ratchet(part: Part, figures: readonly Figures[]): boolean {
  const complaints = fallen(part, figures);
  for (const complaint of complaints) console.log(`fallen: ${complaint}`);
  return complaints.length === 0;
}

/** Keeps the figures; those that would fall are left, and said. */
export function updateFigures(part: Part, figures: readonly Figures[]): void {
  const all = kept();
  for (const { topic, cases, exact, verdict, unknown, missing } of figures) {
    const now = { cases, exact, verdict, unknown, missing };
    const complaints = worse(topic, all[part][topic], now);
    for (const complaint of complaints) console.log(`not lowered: ${complaint}`);
    if (complaints.length === 0) all[part][topic] = now;
  }
  all[part] = Object.fromEntries(Object.entries(all[part]).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, JSON.stringify(all, null, 1) + '\n');
}

/** The rows of README's table: what a reader knows it by, and the topics it sums up. */
const rows: readonly (readonly [string, RegExp])[] = [
  [
    'Pending Pods: taints, node affinity, resources, ports, node names, gates, images',
    /^scheduling\/(taints|node-affinity|resources|ports|node-name|gates|images)$/,
  ],
  ['Scheduling, the other topics', /^scheduling\//],
  ['Unknown and mistyped fields', /^api\/decoding/],
  ['Defaults', /^api\/defaulting$/],
  ['Validation', /^api\/validation/],
  ['Pod template hashes', /^hashes\//],
  [
    'The flow from apply to Running, nine scenarios (records)',
    /^flow\/(tutorial-pod|pod-three-nodes|pod-control-plane|pending-taint-.*|deployment-service|service-no-endpoints)$/,
  ],
  ['The flow, all other scenarios (records)', /^flow\//],
  ['kubectl sessions', /^api\/kubectl/],
  ['Updates, admission, custom resources', /^api\//],
  ['Networking', /^network\//],
];

function table(): string {
  const topics = Object.entries(kept().full);
  const taken = new Set<string>();
  const lines = rows.map(([title, pattern]) => {
    const own = topics.filter(([topic]) => pattern.test(topic) && !taken.has(topic));
    for (const [topic] of own) taken.add(topic);
    const sum = (pick: (figures: Kept) => number) => own.reduce((total, [, figures]) => total + pick(figures), 0);
    const cases = sum(({ cases: n }) => n);
    const share = (n: number) => (cases ? `${(Math.floor((1000 * n) / cases) / 10).toFixed(1)} %` : '–');
    const open = sum(({ unknown, missing }) => unknown + missing);
    // a scenario's records are equal or not: what a run left open is said in its trace, not in a figure
    if (title.startsWith('The flow'))
      return `| ${title} | ${cases} | ${share(sum(({ exact }) => exact))} | – | – | – |`;
    return `| ${title} | ${cases} | ${share(sum(({ exact }) => exact))} | ${share(sum(({ verdict }) => verdict))} | ${share(open)} | ${share(sum(falseVerdicts))} |`;
  });
  return [
    '| What | Cases | Exact | Verdict | Unknown | False |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}

function withTable(text: string): string {
  return text.replace(/(<!-- accuracy -->)[^]*?(<!-- \/accuracy -->)/, (_, before: string, after: string) =>
    [before, table(), after].join('\n\n'),
  );
}

export function writeReadme(): void {
  writeFileSync(readme, withTable(readFileSync(readme, 'utf8')));
}

/** Whether README shows the kept figures. */
export function checkReadme(): boolean {
  const text = readFileSync(readme, 'utf8');
  const current = withTable(text) === text;
  if (!current) console.error('README’s accuracy table is not current: npm run conformance -- --readme');
  return current;
}
