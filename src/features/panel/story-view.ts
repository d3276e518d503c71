// The run as a story, with its diagram.
import { displayName, mermaidOf, phaseTitles, tellStory, type Line } from '../../diagram/index.ts';
import type { StepView, StoryDepth, StoryView } from '../../protocol/panel.ts';
import type { PanelRun } from './panel-run.ts';

export function storyView(run: PanelRun, depth: StoryDepth): StoryView {
  const story = tellStory(run.applied.trace, depth);
  const { text, index } = mermaidOf(story);
  return {
    depth,
    phases: story.chapters.map(({ title, lines }) => ({ title, steps: lines.map((line) => stepOf(run, line)) })),
    unreached: story.unreached.map((phase) => phaseTitles[phase].replace(/:.*/, '')),
    mermaid: text,
    index,
  };
}

function stepOf(run: PanelRun, { seq, time, from, to, form, text, result, count }: Line): StepView {
  return {
    seq,
    text,
    result,
    count,
    time: run.since(time),
    from: displayName(from),
    to: displayName(to),
    form: from === to ? 'note' : form,
  };
}
