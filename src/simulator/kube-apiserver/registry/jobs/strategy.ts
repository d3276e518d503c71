// A Job selects its Pods by labels that the server makes from the Job's uid (pkg/registry/batch/job/strategy.go, Kubernetes 1.36).
import type { Job, LabelSelector } from '../../../../api/object.ts';
import { withMetadata } from '../object-meta.ts';
import { workloadStrategy, withStatus } from '../generic.ts';
import { withCleanTemplate } from '../pods/template.ts';
import type { AnyObject } from '../strategy.ts';

const prefix = 'batch.kubernetes.io/';

function withSelector(job: Job): Job {
  const { spec, metadata } = job;
  if (!spec || spec.manualSelector) return job;
  const { uid = '', name = '' } = metadata;
  const template = spec.template;
  const labels: Record<string, string> = { ...template.metadata?.labels };
  labels['job-name'] ??= name;
  labels[`${prefix}job-name`] ??= name;
  labels['controller-uid'] ??= uid;
  labels[`${prefix}controller-uid`] ??= uid;
  const selector: LabelSelector = {
    ...spec.selector,
    matchLabels: { [`${prefix}controller-uid`]: uid, ...spec.selector?.matchLabels },
  };
  const selected = { ...spec, selector, template: { ...template, metadata: { ...template.metadata, labels } } };
  // the labels of a Job may be those of its template, one map in Go: what is added to one is added to the other
  const shared = metadata.labels !== undefined && metadata.labels === template.metadata?.labels;
  return { ...(shared ? withMetadata(job, { labels }) : job), spec: selected };
}

export const jobStrategy = workloadStrategy(
  {},
  { prepareForCreate: (object: AnyObject) => withCleanTemplate(withStatus(withSelector(object as Job), {})) },
);
