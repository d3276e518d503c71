import assert from 'node:assert/strict';
import { failure, notFound } from '../../../src/api/status.ts';
import {
  failureText,
  statusFailure,
  textFailure,
  together,
  unknownFailure,
  whenDoing,
  type Failure,
} from '../../../src/simulator/kubectl/failure.ts';

const missing = notFound({ group: '', plural: 'pods' }, 'web');
const invalid = (...causes: [field: string, message: string][]) =>
  failure(422, 'Invalid', 'Pod "web" is invalid: x', {
    name: 'web',
    kind: 'Pod',
    causes: causes.map(([field, message]) => ({ field, message })),
  });

describe('what kubectl prints of a failure', () => {
  const rows: [title: string, given: Failure, text: string][] = [
    ['a status', statusFailure(missing), 'Error from server (NotFound): pods "web" not found\n'],
    [
      'a status, and what was being done',
      whenDoing('creating', 'a.yaml', statusFailure(missing)),
      'Error from server (NotFound): error when creating "a.yaml": pods "web" not found\n',
    ],
    ['a status without a reason', statusFailure(failure(500, '', 'boom')), 'Error from server: boom\n'],
    [
      'no rights at all',
      statusFailure(failure(401, 'Unauthorized', 'Unauthorized')),
      'error: You must be logged in to the server (Unauthorized)\n',
    ],
    [
      'one cause',
      statusFailure(invalid(['spec.image', 'Required value'])),
      'The Pod "web" is invalid: spec.image: Required value\n',
    ],
    [
      'several causes, each told once',
      statusFailure(invalid(['a', 'x'], ['b', 'y'], ['a', 'x'])),
      'The Pod "web" is invalid: \n* a: x\n* b: y\n',
    ],
    ['no causes', statusFailure(invalid()), 'The Pod "web" is invalid\n'],
    ['no details', statusFailure(failure(422, 'Invalid', 'why')), 'The request is invalid: why\n'],
    [
      'causes of something without a name',
      statusFailure(failure(422, 'Invalid', 'x', { causes: [{ field: 'patch', message: 'bad' }] })),
      'The request is invalid: patch: bad\n',
    ],
    ['a text', textFailure('no'), 'error: no\n'],
    ['a text that begins with it', textFailure('error: no'), 'error: no\n'],
    ['what is not modelled', unknownFailure('kubectl debug'), 'error: not simulated: kubectl debug\n'],
    ['an exit code alone', { type: 'exit', code: 3 }, ''],
    [
      'several, each on a line of its own and without `error:`',
      {
        type: 'several',
        failures: [textFailure('a'), whenDoing('creating', 'a.yaml', statusFailure(invalid(['f', 'm'])))],
      },
      'a\nError from server (Invalid): error when creating "a.yaml": Pod "web" is invalid: x\n',
    ],
    [
      'several in one',
      {
        type: 'several',
        failures: [{ type: 'several', failures: [textFailure('a'), textFailure('b')] }, textFailure('c')],
      },
      '[a, b]\nc\n',
    ],
  ];
  for (const [title, given, text] of rows) it(title, () => assert.equal(failureText(given), text));

  it('one failure stands for itself', () => {
    const only = textFailure('a');
    assert.equal(together([only]), only);
    assert.equal(together([]), undefined);
  });
});
