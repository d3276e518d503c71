import { equal } from 'node:assert/strict';
import { availability, eventNote } from '../../../../src/simulator/kube-scheduler/framework/fit-error.ts';

describe('availability', () => {
  it('sorts counts and reasons together, as bytes', () => {
    const statuses = [
      ...Array.from({ length: 10 }, () => ({ reasons: ['node(s) were unschedulable'] })),
      { reasons: ['Too many pods', 'node(s) had untolerated taint(s)'] },
      { reasons: ['Insufficient cpu'] },
      { reasons: ['Insufficient cpu'] },
    ];
    equal(
      availability(13, statuses),
      '0/13 nodes are available: 1 Too many pods, 1 node(s) had untolerated taint(s), 10 node(s) were unschedulable, 2 Insufficient cpu.',
    );
  });
});

describe('eventNote', () => {
  const rows: [string, string, string][] = [
    ['keeps 1024 bytes', 'a'.repeat(1024), 'a'.repeat(1024)],
    ['cuts 1025 bytes to 1020 and dots', 'a'.repeat(1025), `${'a'.repeat(1020)} ...`],
    ['counts bytes, not characters', 'é'.repeat(513), `${'é'.repeat(510)} ...`],
    ['keeps characters of four bytes whole', '😀'.repeat(257), `${'😀'.repeat(255)} ...`],
  ];
  for (const [what, message, note] of rows) it(what, () => equal(eventNote(message), note));
});
