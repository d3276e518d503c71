import assert from 'node:assert/strict';
import { canonicalImage, parseImageReference } from '../../../../src/simulator/kubelet/containerd/image-reference.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('image references', () => {
  const canonical: [string, string][] = [
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['acme/api', 'docker.io/acme/api:latest'],
    ['index.docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['localhost/app', 'localhost/app:latest'],
    ['registry.example.com:5000/team/app:v1', 'registry.example.com:5000/team/app:v1'],
    [`nginx:1.27@${digest}`, `docker.io/library/nginx@${digest}`],
    [`ghcr.io/acme/api@${digest}`, `ghcr.io/acme/api@${digest}`],
  ];
  for (const [text, expected] of canonical) {
    it(`${text} is ${expected}`, () => assert.equal(canonicalImage(text), expected));
  }

  const wrong: [string, string][] = [
    ['Nginx:latest', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
    ['acme/Api', 'invalid reference format: repository name (acme/Api) must be lowercase'],
    ['nginx:', 'invalid reference format'],
    ['nginx@sha256:12', 'invalid reference format'],
    ['', 'invalid reference format'],
    ['a'.repeat(256), 'repository name must not be more than 255 characters'],
    ['f'.repeat(64), `invalid repository name (${'f'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
    [`nginx@sha512:${'0'.repeat(64)}`, 'invalid checksum digest length'],
    [`nginx@md5:${'0'.repeat(32)}`, 'unsupported digest algorithm'],
  ];
  for (const [text, error] of wrong) {
    it(`refuses ${text.slice(0, 20)}: ${error.slice(0, 40)}`, () => {
      assert.deepEqual(parseImageReference(text), { error });
    });
  }

  it('leaves what is no reference as it is', () => assert.equal(canonicalImage('Nginx'), 'Nginx'));
});
