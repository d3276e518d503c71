// FlowSchemas and the priority levels they lead to (pkg/apis/flowcontrol/v1/defaults.go, Kubernetes 1.36).
import type { FlowSchema, PriorityLevelConfiguration, QueuingConfiguration } from '../../../api/object.ts';
import { withDefaults, withField } from './with-defaults.ts';

export function defaultFlowSchema(schema: FlowSchema): FlowSchema {
  return withField(schema, 'spec', (spec) => (spec.matchingPrecedence ? spec : { ...spec, matchingPrecedence: 1000 }));
}

const defaultQueuing = ({ queues, handSize, queueLengthLimit }: QueuingConfiguration): QueuingConfiguration => ({
  queues: queues || 64,
  handSize: handSize || 8,
  queueLengthLimit: queueLengthLimit || 50,
});

export function defaultPriorityLevel(level: PriorityLevelConfiguration): PriorityLevelConfiguration {
  return withField(level, 'spec', (spec) => {
    const open = withField(spec, 'exempt', (exempt) =>
      withDefaults(exempt, { nominalConcurrencyShares: 0, lendablePercent: 0 }),
    );
    return withField(open, 'limited', (limited) => {
      const shared = withDefaults(limited, { nominalConcurrencyShares: 30, lendablePercent: 0 });
      return withField(shared, 'limitResponse', (response) => withField(response, 'queuing', defaultQueuing));
    });
  });
}
