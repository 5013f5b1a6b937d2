import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AppState, Snapshot } from '../../preload/contract.ts';
import { EN } from '../../preload/words/en.ts';
import { ago, count } from '../../preload/words/format.ts';
import { pseudo } from '../../preload/words/pseudo.ts';
import { NOW, STATES } from './states.ts';

function stateOf(name: string): AppState {
  const snapshot: Snapshot | undefined = STATES[name];
  if (snapshot === undefined) throw new Error(`no state ${name}`);
  return snapshot.state;
}

describe('the headline', () => {
  const { headline } = EN.status;

  it.each(Object.keys(STATES))('is one sentence and says something in the state %s', name => {
    const { title, detail } = headline(stateOf(name));
    expect(title).toMatch(/^\S.*[^.]$/);
    expect(`${title} ${detail}`).not.toMatch(/undefined|NaN|\[object| {2}/);
  });

  it.each([
    ['ok', 'Everything is in sync', '14 hostnames point at your cluster.'],
    ['pending', '3 changes to review', '1 to add, 1 to change, and 1 to remove.'],
    [
      'held',
      'Many names would go at once',
      '11 of 14 names would go at once. They stay until you say that this is right.',
    ],
    [
      'write-failed',
      'Your hosts file was not changed',
      'There is no room left on the disk. Make some room and try again.',
    ],
    [
      'no-address',
      'Traefik has no address yet',
      'Without one its names have nowhere to point. MetalLB can give it one.',
    ],
    ['empty', 'No hostnames yet', 'Add an Ingress or IngressRoute and it appears here within seconds.'],
    ['left-out', 'No hostname goes into the hosts file', 'Hostnames shows each, and why it is left out.'],
    ['setup-kubeconfig', 'Where is your cluster?', 'Cluster Hosts needs a kubeconfig to find it.'],
  ])('of %s', (name, title, detail) => {
    expect(headline(stateOf(name))).toEqual({ title, detail });
  });

  it.each([
    ['unreachable', 'Can’t reach homelab'],
    ['offline', 'This computer has no network'],
    ['stale', 'No word from homelab'],
  ])('says since when a cluster is %s, and that nothing was changed', (name, said) => {
    const { title, detail } = headline(stateOf(name));
    expect(title).toBe(said);
    expect(detail).toMatch(/^Last seen at \d{1,2}:\d{2}.*\. Your hosts file is unchanged\.$/);
  });

  it('tells a login that failed from a cluster that is away', () => {
    const state = stateOf('unreachable');
    const failure = { code: 'plugin', message: 'm', hint: 'h' };
    const cluster = state.cluster && { ...state.cluster, failure };
    expect(headline({ ...state, cluster }).title).toBe('Can’t log in to homelab');
  });
});

describe('how syncing goes on', () => {
  const { syncLine } = EN.status;

  it.each([
    ['automatic', { asks: false, automatic: true, demo: false }, 'Syncing automatically'],
    ['on request', { asks: false, automatic: false, demo: false }, 'Syncing when you say so'],
    ['with a password', { asks: true, automatic: true, demo: false }, 'Asks before it writes'],
    ['the demo, which never does by itself', { asks: false, automatic: true, demo: true }, 'Syncing when you say so'],
  ])('%s', (_, { asks, automatic, demo }, said) => {
    const state = stateOf('ok');
    const { hosts, settings, cluster } = state;
    const told = { hosts: { ...hosts, asks }, settings: { ...settings, automatic } };
    expect(syncLine({ ...state, ...told, cluster: cluster && { ...cluster, demo } })).toBe(said);
  });
});

describe('words', () => {
  it('count as English does', () => {
    expect(count(1, 'name', 'names')).toBe('1 name');
    expect(count(0, 'name', 'names')).toBe('0 names');
    expect(count(12_000, 'name', 'names')).toBe('12,000 names');
  });

  it.each([
    [2_000, 'just now'],
    [12_000, '12 seconds ago'],
    [60_000, '1 minute ago'],
    [7_200_000, '2 hours ago'],
    [86_400_000, 'yesterday'],
    [-5_000, 'just now'],
  ])('say how long ago %d ms are', (past, words) => {
    expect(ago(NOW - past, NOW)).toBe(words);
  });

  it('are all translated into the pseudo-locale', () => {
    const missed: string[] = [];
    const walk = (value: unknown, path: string) => {
      if (typeof value === 'string') {
        if (value !== '' && !/^\[.*~\]$/s.test(value)) missed.push(path);
      } else if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    };
    const catalogue = pseudo(EN);
    walk(catalogue, 'words');
    walk(catalogue.status.headline(stateOf('pending')), 'headline');
    expect(missed).toEqual([]);
    expect(catalogue.common.close.length).toBeGreaterThanOrEqual(Math.ceil(EN.common.close.length * 1.4));
  });
});

/** What the user would read that is not in the catalogue: text between tags, and literal attributes that are read. */
function literalsIn(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const texts = [...code.matchAll(/(?<![=-])>([^<>{}();=]*\p{L}{2,}[^<>{}();=]*)</gu)].map(([, text = '']) =>
    text.trim(),
  );
  const attributes = [
    ...code.matchAll(/\s(?:title|label|text|hint|detail|placeholder|alt|description|aria-label)="([^"]*\p{L}[^"]*)"/gu),
  ].map(([, text = '']) => text);
  return [...texts, ...attributes];
}

describe('components', () => {
  const root = new URL('../../renderer/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.tsx'));

  it.each(files)('%s has no words of its own', file => {
    expect(literalsIn(readFileSync(new URL(file.replaceAll('\\', '/'), root), 'utf8'))).toEqual([]);
  });

  it('would be caught with some', () => {
    expect(literalsIn('<p className="a">Hello there</p>')).toEqual(['Hello there']);
    expect(literalsIn('<Row title="Hello" id="x" />')).toEqual(['Hello']);
    expect(literalsIn('<p>{words.a}</p>; const f = (a: Map<string, number>) => new Set<string>(a);')).toEqual([]);
  });
});
