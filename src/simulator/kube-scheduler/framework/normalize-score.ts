// How most plugins bring their scores into the range from 0 to 100 (pkg/scheduler/framework/plugins/helper).
import { maxNodeScore, type NodeScore } from './plugin.ts';

/** DefaultNormalizeScore: in proportion to the highest score; reversed, the highest becomes 0. */
export function defaultNormalizeScore(scores: readonly NodeScore[], reverse: boolean): void {
  const highest = scores.reduce((max, { score }) => Math.max(max, score), 0);
  for (const entry of scores) {
    const score = highest === 0 ? 0 : Math.trunc((maxNodeScore * entry.score) / highest);
    entry.score = reverse ? maxNodeScore - score : score;
  }
}
