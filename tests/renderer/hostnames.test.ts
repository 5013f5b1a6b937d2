import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavingOut, takingIn, toggled } from '../../renderer/screens/hostnames/selection.ts';
import { checkTyped, tidyHostname } from '../../renderer/screens/hostnames/typed-name.ts';
import { countByFilter, found, othersOf } from '../../renderer/screens/hostnames/view.ts';
import { visible } from '../../renderer/visible.ts';
import { STATES } from './states.ts';

const namesOf = (state: string) => STATES[state]?.names ?? [];
const hostnames = (rows: readonly { readonly hostname: string }[]) => rows.map(({ hostname }) => hostname);

describe('search and filter', () => {
  it('finds by name, address, kind and object, all words at once', () => {
    const names = namesOf('pending');
    expect(hostnames(found(names, { filter: 'all', text: 'graf' }))).toEqual(['grafana.lab']);
    expect(hostnames(found(names, { filter: 'all', text: '  1.241 ' }))).toEqual(['pihole.lab']);
    expect(hostnames(found(names, { filter: 'all', text: 'Ingress docs/' }))).toEqual([
      'paperless.lab',
      'wiki.lab',
      'old-wiki.lab',
    ]);
    expect(found(names, { filter: 'all', text: 'nowhere' })).toEqual([]);
  });

  it('finds a name by what it is decoded to', () => {
    expect(hostnames(found(namesOf('hostile'), { filter: 'all', text: 'münchen.lab' }))).toEqual([
      'xn--mnchen-3ya.lab',
    ]);
  });

  it('shows what is not in the file, and what is taken', () => {
    expect(hostnames(found(namesOf('conflict'), { filter: 'conflicts', text: '' }))).toEqual([
      'router.lab',
      'wiki.lab',
    ]);
    expect(hostnames(found(namesOf('consent'), { filter: 'consent', text: 'home' }))).toEqual([
      'cam.home.lan',
      'tv.home.lan',
    ]);
    expect(hostnames(found(namesOf('pending'), { filter: 'unsynced', text: 'lab' }))).toContain('immich.lab');
  });

  it.each(Object.keys(STATES))('counts what each filter leaves in the state %s', state => {
    const names = namesOf(state);
    const counts = countByFilter(names);
    for (const filter of ['all', 'synced', 'unsynced', 'conflicts', 'consent'] as const)
      expect(found(names, { filter, text: '' })).toHaveLength(counts[filter]);
  });

  it('gives all rows as they are where nothing is asked for', () => {
    const names = namesOf('ok');
    expect(found(names, { filter: 'all', text: ' ' })).toBe(names);
  });

  it('knows who else asks for a name', () => {
    const names = namesOf('conflict');
    const wiki = names.find(({ hostname, state }) => hostname === 'wiki.lab' && state === 'blocked');
    expect(wiki && othersOf(wiki, names).map(({ origin }) => origin.namespace)).toEqual(['docs']);
  });
});

describe('a selection', () => {
  const names = namesOf('ok');
  const ids = (...hostnames: string[]) =>
    new Set(names.filter(({ hostname }) => hostnames.includes(hostname)).map(({ id }) => id));
  const id = (hostname: string) => [...ids(hostname)][0] ?? '';

  it('is of one row, or of all from one to another in either direction', () => {
    expect(toggled(new Set(), names, id('git.lab'), undefined)).toEqual(ids('git.lab'));
    const three = ids('books.lab', 'git.lab', 'grafana.lab');
    expect(toggled(ids('books.lab'), names, id('grafana.lab'), id('books.lab'))).toEqual(three);
    expect(toggled(ids('grafana.lab'), names, id('books.lab'), id('grafana.lab'))).toEqual(three);
    expect(toggled(three, names, id('git.lab'), id('books.lab'))).toEqual(ids('grafana.lab'));
    expect(toggled(new Set(), names, id('git.lab'), 'one that is gone')).toEqual(ids('git.lab'));
  });

  it('is never of names that the user typed or that cannot be written', () => {
    const all = toggled(new Set(), names, names.at(-1)?.id ?? '', names[0]?.id);
    expect(all).not.toContain(id('nas.lab'));
    expect(all).not.toContain(id('*.apps.lab'));
    expect(all.size).toBe(names.length - 2);
  });

  it('changes what is left out by name, each once', () => {
    const rows = names.filter(({ hostname }) => /^(git|wiki)/.test(hostname));
    expect(leavingOut(['backup.lab'], [...rows, ...rows])).toEqual(['backup.lab', 'git.lab', 'wiki.lab']);
    expect(takingIn(['git.lab', 'backup.lab', 'wiki.lab'], rows)).toEqual(['backup.lab']);
  });
});

describe('a name typed by hand', () => {
  it('agrees with Node on what an address is', () => {
    const address = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.ipV4Extended(),
      fc.string(),
      fc.constantFrom('::', '1', '01.1.1.1'),
    );
    fc.assert(
      fc.property(address, text => {
        expect(checkTyped('a.lab', text, []).address).toBe(isIP(text) === 0 ? 'bad' : undefined);
      }),
    );
  });

  it.each(['nas', 'nas.lab', 'a-1.b.lab', 'xn--mnchen-3ya.lab'])('%s is a host name', hostname => {
    expect(checkTyped(hostname, '10.0.0.1', [])).toEqual({});
  });

  it.each(['', '-a.lab', 'a..lab', 'a_b.lab', '10.0.0.1', 'münchen.lab', `${'a'.repeat(64)}.lab`, 'a b'])(
    '“%s” is none',
    hostname => {
      expect(checkTyped(hostname, '10.0.0.1', [])).toEqual({ hostname: 'bad' });
    },
  );

  it('may have one address per family, but not the same one twice', () => {
    const typed = [{ hostname: 'nas.lab', address: '10.0.0.1' }];
    expect(checkTyped('nas.lab', '10.0.0.1', typed)).toEqual({ hostname: 'taken' });
    expect(checkTyped('nas.lab', 'fd00::1', typed)).toEqual({});
  });

  it('is tidied before it is kept', () => {
    expect(tidyHostname(' NAS.Lab. ')).toBe('nas.lab');
  });
});

describe('a line of the file', () => {
  it('shows what would turn it round, and keeps its tabs', () => {
    expect(visible('10.0.0.1\tnas.lab')).toBe('10.0.0.1\tnas.lab');
    expect(visible('# \u202e1.0.0.01')).toBe('# <U+202E>1.0.0.01');
    expect(visible('a\u0007b')).toBe('a<U+0007>b');
  });
});
