import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { DEFAULT_SETTINGS } from '../../../main/settings/defaults.ts';
import { LIMITS, type SETTINGS } from '../../../main/settings/schema.ts';
import { changeSettings, parseSettings, printSettings } from '../../../main/settings/settings.ts';
import type { Settings } from '../../../preload/contract.ts';
import { RUNS } from '../../arbitraries.ts';
import { junk, settings, someKeys } from './arbitrary-settings.ts';

const DIGEST = 'ab'.repeat(32);

test('the schema gives what the contract says, and takes all of it', () => {
  const given = (value: z.output<typeof SETTINGS>): Settings => value;
  const taken = (value: Settings): z.output<typeof SETTINGS> => value;
  expect(taken(given(DEFAULT_SETTINGS))).toEqual(DEFAULT_SETTINGS);
});

describe('reading', () => {
  test('nothing gives the defaults', () => {
    expect(parseSettings({})).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
  });

  test.each([undefined, null, 5, 'text', [], [{}]])('%j is no settings', document => {
    expect(parseSettings(document)).toEqual({
      settings: DEFAULT_SETTINGS,
      problems: ['The settings are not a JSON object.'],
    });
  });

  test('what is not known is passed over', () => {
    const document = JSON.parse('{"theme":"dark","colour":"red","__proto__":{"suffix":"lan"},"constructor":5}');
    expect(parseSettings(document)).toEqual({ settings: { ...DEFAULT_SETTINGS, theme: 'dark' }, problems: [] });
  });

  test.each([
    { document: { theme: 'pink', suffix: 'lan' }, expected: { suffix: 'lan' }, told: '(theme): The setting theme' },
    { document: { suffix: 'co.uk' }, expected: {}, told: '(suffix): co.uk is a public suffix' },
    { document: { suffix: 7 }, expected: {}, told: '(suffix): The setting suffix cannot have this value.' },
    { document: { cluster: 'a.b' }, expected: {}, told: '(cluster): The cluster cannot be called "a.b".' },
    {
      document: { allowedDomains: ['Home.LAN', 'com', 'b.lan', 5, 'home.lan'] },
      expected: { allowedDomains: ['home.lan', 'b.lan'] },
      told: '(allowedDomains): com is a public suffix',
    },
    {
      document: {
        names: [
          { hostname: 'NAS.lan.', address: '10.0.0.5', more: 1 },
          { hostname: 'a.lan', address: '127.0.0.1' },
          { hostname: 'b.lan' },
        ],
      },
      expected: { names: [{ hostname: 'nas.lan', address: '10.0.0.5' }] },
      told: '(names): The address 127.0.0.1 cannot be used',
    },
    {
      document: { notify: { pending: 'yes', unreachable: true } },
      expected: { notify: { pending: true, failed: true, address: true, unreachable: true } },
      told: '(notify): The setting notify cannot have this value.',
    },
    {
      document: { programs: ['x', DIGEST] },
      expected: { programs: [DIGEST] },
      told: '"x" does not stand for a program',
    },
    { document: { kubeconfigs: ['config', '/config'] }, expected: { kubeconfigs: ['/config'] }, told: 'the full path' },
    { document: { version: 2, theme: 'dark' }, expected: { theme: 'dark' }, told: 'written by another version' },
  ])('$told', ({ document, expected, told }) => {
    const read = parseSettings(document);
    expect(read.settings).toEqual({ ...DEFAULT_SETTINGS, ...expected });
    expect(read.problems).toEqual([expect.stringContaining(told)]);
  });

  test('of a list that is too long, the first are kept', () => {
    const namespaces = Array.from({ length: LIMITS.namespaces + 5 }, (_, index) => `n${index}`);
    const read = parseSettings({ namespaces });
    expect(read.settings.namespaces).toEqual(namespaces.slice(0, LIMITS.namespaces));
    expect(read.problems).toEqual([expect.stringContaining(`There is room for ${LIMITS.namespaces} of them.`)]);
  });

  test('switches that an older file does not have yet are as usual', () => {
    expect(parseSettings({ notify: { unreachable: true } })).toEqual({
      settings: { ...DEFAULT_SETTINGS, notify: { ...DEFAULT_SETTINGS.notify, unreachable: true } },
      problems: [],
    });
  });

  property.prop([settings], { numRuns: RUNS })('what was printed reads back as it was', before => {
    expect(parseSettings(JSON.parse(printSettings(before)))).toEqual({ settings: before, problems: [] });
  });

  property.prop([settings, someKeys, junk], { numRuns: RUNS })(
    'junk in some fields costs nothing of the others',
    (before, keys, value) => {
      const document = { ...before, ...Object.fromEntries(keys.map(key => [key, value])) };
      const read = parseSettings(document).settings;
      for (const key of Object.keys(before) as (keyof Settings)[]) {
        if (!(keys as readonly string[]).includes(key)) expect(read[key]).toEqual(before[key]);
      }
    },
  );

  property.prop([settings, fc.array(fc.tuple(fc.nat(10), junk), { maxLength: 5 })], { numRuns: RUNS })(
    'junk in a list costs nothing of its other entries',
    ({ names }, pieces) => {
      const mixed: unknown[] = [...names];
      for (const [at, piece] of pieces) mixed.splice(at, 0, piece);
      expect(parseSettings({ names: mixed }).settings.names).toEqual(names);
    },
  );

  property.prop([fc.dictionary(fc.constantFrom(...Object.keys(DEFAULT_SETTINGS), 'version', 'x'), junk)], {
    numRuns: RUNS,
  })('whatever it is, what comes out is settings', document => {
    const { settings: read } = parseSettings(document);
    expect(parseSettings(read)).toEqual({ settings: read, problems: [] });
  });
});

describe('changing', () => {
  test('gives canonical values, and leaves the rest and the settings before alone', () => {
    const change = {
      cluster: 'Turing-Cluster',
      suffix: '.Home.ARPA',
      allowedDomains: ['B.lan', 'b.lan'],
      names: [{ hostname: 'Nas.lan.', address: 'FD00::0:1' }],
      theme: undefined,
    };
    expect(changeSettings(DEFAULT_SETTINGS, change)).toEqual({
      ...DEFAULT_SETTINGS,
      cluster: 'turing-cluster',
      suffix: 'home.arpa',
      allowedDomains: ['b.lan'],
      names: [{ hostname: 'nas.lan', address: 'fd00::1' }],
    });
    expect(DEFAULT_SETTINGS.cluster).toBe('');
  });

  test('nothing gives the same object', () => {
    expect(changeSettings(DEFAULT_SETTINGS, {})).toBe(DEFAULT_SETTINGS);
    expect(changeSettings(DEFAULT_SETTINGS, { suffix: 'LOCAL', names: [] })).toBe(DEFAULT_SETTINGS);
  });

  const refusals: readonly { readonly change: unknown; readonly told: string }[] = [
    { change: 5, told: 'The settings were not changed: that is no change.' },
    { change: [], told: 'The settings were not changed: that is no change.' },
    { change: { colour: 'red' }, told: 'There is no setting called "colour".' },
    { change: { toString: 'red' }, told: 'There is no setting called "toString".' },
    { change: { theme: 'pink' }, told: 'The setting theme cannot have this value.' },
    { change: { notify: { pending: true } }, told: 'The setting notify cannot have this value.' },
    { change: { cluster: 'my cluster' }, told: 'The cluster cannot be called "my cluster".' },
    { change: { suffix: '' }, told: '"" is not a domain: it is not a valid host name.' },
    { change: { suffix: 'com' }, told: 'com is a public suffix, under which strangers have their names.' },
    { change: { allowedDomains: ['*.lan'] }, told: '"*.lan" is not a domain: a hosts file cannot hold a wildcard.' },
    { change: { excluded: ['a_b'] }, told: '"a_b" is not a host name: it has an underscore' },
    { change: { namespaces: ['A'] }, told: '"A" is not a name that a namespace can have.' },
    { change: { names: [{ hostname: 'a.lan', address: '10.1' }] }, told: '"10.1" is not an IP address.' },
    { change: { names: [{ hostname: 'a.lan', address: '::1' }] }, told: 'The address ::1 cannot be used' },
    { change: { kubeconfigs: ['~/config'] }, told: '"~/config" is not the full path of a file.' },
    { change: { programs: ['abc'] }, told: '"abc" does not stand for a program.' },
    { change: { context: 'x'.repeat(1001) }, told: 'longer than 1000 characters.' },
    { change: { programs: Array(501).fill(DIGEST) }, told: 'The list programs is too long. There is room for 500' },
  ];

  test.each(refusals)('refused: $told', ({ change, told }) => {
    const sentence = expect.stringMatching(/^[A-Z].*\.$/);
    const refusal = { code: 'settings', message: expect.stringContaining(told), hint: sentence };
    expect(() => changeSettings(DEFAULT_SETTINGS, change)).toThrow(expect.objectContaining(refusal));
  });

  test('what is quoted of a wrong value is cut and harmless', () => {
    const change = { cluster: `\u001b[31m${'x'.repeat(5000)}\n` };
    const message = `The cluster cannot be called "${'x'.repeat(80)}…".`;
    expect(() => changeSettings(DEFAULT_SETTINGS, change)).toThrow(message);
  });

  property.prop([settings, settings, someKeys], { numRuns: RUNS })('changes what is named', (before, other, keys) => {
    const change = Object.fromEntries(keys.map(key => [key, other[key]]));
    expect(changeSettings(before, change)).toEqual({ ...before, ...change });
  });

  property.prop([settings, fc.dictionary(fc.constantFrom(...Object.keys(DEFAULT_SETTINGS)), junk)], { numRuns: RUNS })(
    'anything else gives settings or a sentence',
    (before, change) => {
      let changed: Settings;
      try {
        changed = changeSettings(before, change);
      } catch (error) {
        expect(error).toMatchObject({ code: 'settings', message: expect.stringMatching(/\.$/) });
        return;
      }
      expect(parseSettings(changed)).toEqual({ settings: changed, problems: [] });
    },
  );
});
