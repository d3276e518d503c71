// What the page shows, and the way to change it: one value, told to everybody who draws some of it.
import type { RunRequest, RunView, StepView, StoryDepth, StoryView } from '../src/protocol/panel.ts';
import type { PanelState, Picture } from '../src/protocol/webview.ts';

export interface State {
  readonly tab: PanelState['tab'];
  readonly depth: StoryDepth;
  /** The selected step. */
  readonly seq?: number;
  /** Virtual milliseconds of the time line; the end of the run unless given. */
  readonly time?: number;
  readonly request?: RunRequest;
  readonly view?: RunView;
  /** The story at the depth that is shown; missing while it is asked for. */
  readonly story?: StoryView;
  /** Of the story as it was drawn before. */
  readonly picture?: Picture;
  readonly busy?: string;
  readonly problem?: string;
}

export const firstState: State = { tab: 'sequence', depth: 'story' };

export const stepsOf = (story: StoryView | undefined): StepView[] => story?.phases.flatMap(({ steps }) => steps) ?? [];

/** The step of the new story that is what was selected in the old one: what is told the same way, the nearest if there are several. */
export function sameStep(seq: number | undefined, before: StoryView | undefined, now: StoryView): number | undefined {
  const selected = stepsOf(before).find((step) => step.seq === seq);
  const steps = stepsOf(now);
  if (!selected) return steps.some((step) => step.seq === seq) ? seq : undefined;
  const alike = steps.filter(
    ({ text, from, to }) => text === selected.text && from === selected.from && to === selected.to,
  );
  const distance = (step: StepView) => Math.abs(step.seq - selected.seq);
  return alike.sort((a, b) => distance(a) - distance(b))[0]?.seq;
}

/** Where a story is best begun: where it went wrong, else at its beginning. */
export function stepThatMatters(story: StoryView | undefined): number | undefined {
  const steps = stepsOf(story);
  return (steps.find(({ result }) => result !== 'ok') ?? steps[0])?.seq;
}

/** What a reload restores. */
export function kept({ request, tab, depth, seq, time }: State): PanelState | undefined {
  return request && { request, tab, depth, ...(seq !== undefined && { seq }), ...(time !== undefined && { time }) };
}
