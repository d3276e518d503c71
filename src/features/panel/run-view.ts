// What the panel opens on: the verdict, the objects, the marks of the time line, and the story.
import type { TraceEntry } from '../../simulator/trace.ts';
import type { ObjectView, RunView, StoryDepth, Verdict } from '../../protocol/panel.ts';
import type { Outcome } from '../outcome.ts';
import { bannerOf } from './banner.ts';
import { describable } from './kubectl-view.ts';
import { keyOfRef } from './keys.ts';
import type { PanelRun } from './panel-run.ts';
import { storedView } from './stored-view.ts';
import { storyView } from './story-view.ts';

export function runView(run: PanelRun, depth: StoryDepth = 'story'): RunView {
  const objects = run.applied.outcomes.map((outcome) => objectView(run, outcome));
  return {
    run: run.id,
    title: run.request.title,
    banner: bannerOf(run, objects),
    objects,
    duration: run.duration,
    moments: momentsOf(run),
    describable: describable(run),
    added: objects[0] ? storedView(run, objects[0].key).added : 0,
    story: storyView(run, depth),
  };
}

function objectView(run: PanelRun, outcome: Outcome): ObjectView {
  const { object, says } = outcome;
  const place = run.places.ofField(object);
  return {
    key: keyOfRef(object),
    kind: object.kind,
    name: object.name,
    ...(object.namespace && { namespace: object.namespace }),
    verdict: verdictOf(run, outcome),
    says: says ?? 'created',
    ...(place && { place }),
  };
}

/** By the object's state; what is found about it may know better. */
function verdictOf({ applied }: PanelRun, { object, verdict }: Outcome): Verdict {
  const about = applied.findings.filter(
    ({ subject }) =>
      subject.kind === object.kind && subject.name === object.name && subject.namespace === object.namespace,
  );
  if (verdict === 'refused') return verdict;
  if (about.some(({ id }) => id === 'unknown')) return 'unknown';
  if (verdict !== 'pending') return verdict;
  return about.some(({ id }) => id === 'container-waiting' || id === 'crash-loop') ? 'failing' : verdict;
}

const shown = new Set(['pods', 'nodes', 'events', 'events.events.k8s.io']);

/** When something changed that kubectl would show. */
function momentsOf(run: PanelRun): number[] {
  const isShown = (entry: TraceEntry) => entry.type === 'store' && shown.has(entry.resource);
  return [...new Set(run.applied.trace.filter(isShown).map(({ time }) => run.since(time)))];
}
