// An apply that is looked at while its files are being typed in. What kubectl would send decides whether it is run again. Where a run takes long,
// the objects that have changed are applied alone to what the last run left behind, and the whole follows: Pods compete for nodes, so in the
// end only the whole run is right.
import { PodTemplates, describedPodOf } from '../analyzer/pod-templates.ts';
import type { KubeObject } from '../api/object.ts';
import type { Gradual, IsDue } from '../base/gradual.ts';
import { leftBehind, loadObjects } from '../simulator/index.ts';
import { applyGradually, isNode, sifted, type Applied, type ApplyRequest } from './apply.ts';
import { applyOf, type CheckRequest } from './check.ts';
import { changesBetween, type DocumentChanges } from './document-changes.ts';
import { at, locate, type LocatedFinding } from './locate.ts';
import type { Outcome } from './outcome.ts';
import { DeclarationIndex, inNamespace, sourceFor, type ParsedFile } from './sources.ts';
import type { Surroundings } from './surroundings.ts';
import { isAboutText, unreadable } from './unreadable.ts';

export interface LiveRequest extends CheckRequest {
  readonly files: readonly ParsedFile[];
  /** What further files declare that are not applied. */
  readonly surroundings?: Surroundings;
}

/** What is known of the files as they are now. */
export interface Told {
  readonly files: readonly ParsedFile[];
  readonly findings: readonly LocatedFinding[];
  /** How the applied objects stand, by {@link outcomeKey}. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** The last whole run, and what was asked for. */
  readonly applied: Applied;
  readonly request: ApplyRequest;
  /** Nothing is left to be found out. */
  readonly isWhole: boolean;
}

interface Run {
  readonly live: LiveRequest;
  readonly request: ApplyRequest;
  readonly applied: Applied;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** Lines of the trace from which on a run is long: the whole is not waited for. */
const long = 1500;
/** As many documents as are run alone; more were not typed. */
const fewDocuments = 8;

export class LiveApply {
  #last: Run | undefined;
  #ground: { readonly key: string; readonly run: Run; readonly request: ApplyRequest } | undefined;

  /** Tells what is known, at once where the whole takes long, and in the end the whole; undefined where a pause is due. Undefined in the end if nothing is there to apply. */
  *tell(live: LiveRequest, isDue: IsDue): Generator<Told | undefined, Told | undefined> {
    const changes = this.#changes(live);
    if (this.#last && changes?.every(({ isSame }) => isSame)) {
      return this.#toldAgain(this.#last, live, true);
    }
    if (this.#last && changes) {
      const quick = yield* this.#quick(this.#last, live, changes, isDue);
      if (quick) yield quick;
    }
    const request = applyOf(live.files, live, live.surroundings);
    if (!request) return undefined;
    const applied = yield* applyGradually(request, isDue);
    this.#last = { live, request, applied, outcomes: byKey(applied.outcomes) };
    this.#ground = undefined;
    return this.#toldAgain(this.#last, live, true);
  }

  /** What has changed in each file since the last run; undefined if more than texts has. */
  #changes(live: LiveRequest): DocumentChanges[] | undefined {
    const last = this.#last?.live;
    if (
      last?.cluster !== live.cluster ||
      last.surroundings !== live.surroundings ||
      last.namespace !== live.namespace ||
      last.files.length !== live.files.length ||
      last.files.some(({ name }, index) => name !== live.files[index]?.name)
    )
      return undefined;
    return live.files.map((file, index) => changesBetween(last.files[index]!, file));
  }

  /** The last run's findings where they are now: of what has changed since, and the texts, they are told anew. */
  #toldAgain(run: Run, live: LiveRequest, isWhole: boolean, without?: DeclarationIndex, fresh?: Applied): Told {
    const { files, namespace } = live;
    const index = new DeclarationIndex(files, namespace);
    const { findings, ignored } = run.applied;
    const kept = [...findings, ...ignored].filter(
      (finding) => !isAboutText(finding) && !without?.find(finding.subject),
    );
    const own = fresh ? [...fresh.findings, ...fresh.ignored].filter((finding) => !isAboutText(finding)) : [];
    const moved = [...kept, ...own].flatMap((finding) => movedTo(finding, index, files) ?? []);
    return {
      files,
      applied: run.applied,
      request: { ...run.request, files },
      isWhole,
      outcomes: fresh ? new Map([...run.outcomes, ...byKey(fresh.outcomes)]) : run.outcomes,
      findings: sifted([...unreadable(files), ...moved], files).findings,
    };
  }

  *#quick(run: Run, live: LiveRequest, changes: readonly DocumentChanges[], isDue: IsDue): Gradual<Told | undefined> {
    const gone = changes.flatMap((change) => change.gone);
    const fresh = changes.flatMap((change) => change.fresh);
    const documents = new Set(changes.flatMap((change) => [...change.documents]));
    if (run.applied.trace.length < long || documents.size > fewDocuments) return undefined;
    if (gone.some(isNode) || fresh.some(isNode)) return undefined;
    const files = live.files.flatMap((file) => {
      const declared = fresh.filter((one) => one.file === file);
      const own = file.manifest.documents.filter((document) => documents.has(document));
      return declared.length ? [{ ...file, declared, manifest: { ...file.manifest, documents: own } }] : [];
    });
    const without = new DeclarationIndex([{ ...live.files[0]!, declared: gone }], live.namespace);
    if (files.length === 0) return this.#toldAgain(run, live, false, without);
    const { namespace = 'default' } = live;
    const objects = [...gone, ...fresh].map(({ object }) => inNamespace(object, namespace));
    const ground = this.#groundFor(run, objects, live);
    const named = live.surroundings?.namedIn(fresh) ?? [];
    const state = named.length ? loadObjects(ground.cluster.state, named) : ground.cluster.state;
    const applied = yield* applyGradually({ ...ground, cluster: { ...ground.cluster, state }, files }, isDue);
    return this.#toldAgain(run, live, false, without, applied);
  }

  /** What the last run left behind, without some objects: the same ones are typed in again and again. */
  #groundFor(run: Run, objects: readonly KubeObject[], live: LiveRequest): ApplyRequest {
    const keys = objects.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.namespace, metadata.name]);
    const key = JSON.stringify(keys);
    if (this.#ground?.run === run && this.#ground.key === key) return this.#ground.request;
    const { cluster, elsewhere } = run.request;
    const templates = new PodTemplates(...(live.surroundings ? [live.surroundings.templates] : []));
    for (const { declared } of live.files) {
      for (const { object } of declared) {
        const pod = describedPodOf(object);
        if (pod) templates.add(pod);
      }
    }
    const request: ApplyRequest = {
      ...run.request,
      cluster: { ...cluster, state: leftBehind(cluster.state, run.applied.state(), objects) },
      elsewhere: {
        templates,
        customKinds: elsewhere?.customKinds ?? new Set(),
        services: elsewhere?.services ?? new Set(),
      },
    };
    this.#ground = { key, run, request };
    return request;
  }
}

export const outcomeKey = ({ kind, namespace = '', name }: Outcome['object']) => `${kind} ${namespace}/${name}`;

const byKey = (outcomes: readonly Outcome[]) => new Map(outcomes.map((one) => [outcomeKey(one.object), one]));

/** A finding at its place in another version of the files; undefined if what it is about is not written any more. */
function movedTo(
  finding: LocatedFinding,
  index: DeclarationIndex,
  files: readonly ParsedFile[],
): LocatedFinding | undefined {
  const declared = index.find(finding.subject);
  if (declared) return locate(finding, declared);
  const file = files.find(({ name }) => name === finding.file || sourceFor(name) === finding.source);
  return file && at(finding, file, { start: 0, end: 0 });
}
