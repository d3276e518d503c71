// The answer to requests that have nothing to show: metav1.Status with status Success.
import type { KubeObject } from '../../../api/object.ts';

export const success = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' } as KubeObject;
