// The panel's views: one run, and what each tab shows of it. Plain data, in the words of `protocol`.
export { clusterView } from './cluster-view.ts';
export { fixesView } from './fixes-view.ts';
export { kubectlView } from './kubectl-view.ts';
export { nodesView } from './nodes-view.ts';
export { PanelRun, type PanelRequest } from './panel-run.ts';
export { runView } from './run-view.ts';
export { stepDetail } from './step-detail.ts';
export { storedView } from './stored-view.ts';
export { storyView } from './story-view.ts';
export { whatIfView } from './what-if-view.ts';
export { writeWhatIf } from './write-what-if.ts';
