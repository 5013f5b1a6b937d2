import { fc, test as property } from '@fast-check/vitest';
import { dump, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { pinIn, withPin } from '../../../main/metallb/install/pinned-values.ts';
import { RUNS } from '../../arbitraries.ts';

const PIN = 'metallb.io/loadBalancerIPs: "10.0.0.75"';

describe('values with an address', () => {
  test.each([
    ['of none', '', `service:\n  annotations:\n    ${PIN}\n`],
    ['without a Service', 'a: yes # on\n', `a: yes # on\nservice:\n  annotations:\n    ${PIN}\n`],
    [
      'without annotations',
      'service:\n    type: x\nb: 0644\n',
      `service:\n    annotations:\n        ${PIN}\n    type: x\nb: 0644\n`,
    ],
    [
      'with others',
      'service:\n  # why\n  annotations:\n\n    # mine\n    "a": yes\n\n\nb: {c: 1}\n',
      `service:\n  # why\n  annotations:\n    ${PIN}\n\n    # mine\n    "a": yes\n\n\nb: {c: 1}\n`,
    ],
    [
      'with annotations of something else',
      'service:\n  type: x\ndeployment:\n  annotations:\n    a: "1"\n',
      `service:\n  annotations:\n    ${PIN}\n  type: x\ndeployment:\n  annotations:\n    a: "1"\n`,
    ],
  ])('%s: other lines stay, and all is as before without it', (_, before, after) => {
    expect(withPin(before, '10.0.0.75')).toBe(after);
    expect(pinIn(after)).toBe('10.0.0.75');
    expect(withPin(after, '10.0.0.75')).toBe(after);
    expect(withPin(after, undefined)).toBe(before);
  });

  test.each([
    ['# nothing yet\n'],
    ['service: {annotations: {a: "1"}}\n'],
    ["service:\n  annotations:\n    'metallb.io/loadBalancerIPs': 10.0.0.70\n"],
    ['service:\n'],
    ['service: null\n'],
    ['a: |+\n  text\n\n'],
    ['{}'],
  ])('%j: in whatever way it is written', before => {
    const after = withPin(before, '10.0.0.75');
    expect(pinIn(after)).toBe('10.0.0.75');
    expect(pinIn(withPin(after, undefined))).toBe('');
  });

  test.each(['a: [', '- a\n', 'text', 'a: 1\na: 2\n'])('%j is not written to', values => {
    expect(() => withPin(values, '10.0.0.75')).toThrow('not YAML');
  });

  const values = fc.dictionary(fc.string(), fc.jsonValue());
  property.prop([values, values, fc.integer({ min: -1, max: 8 })], { numRuns: RUNS / 10 })(
    'whatever they are, nothing else changes',
    (all, annotations, flowLevel) => {
      const before = { ...all, service: { type: 'LoadBalancer', annotations: { a: '1', ...annotations } } };
      const after = load(withPin(dump(before, { flowLevel }), '10.0.0.75'));
      const wished = { 'metallb.io/loadBalancerIPs': '10.0.0.75' };
      const pinned = { ...before.service.annotations, ...wished };
      expect(after).toEqual(load(dump({ ...before, service: { ...before.service, annotations: pinned } })));
    },
  );
});
