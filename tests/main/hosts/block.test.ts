import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { type HostEntry, parseHostEntry } from '../../../main/desired/host-entry.ts';
import { type HostsText, parseHosts, withoutBlock, withSection } from '../../../main/hosts/block.ts';
import { address, clusterName, entries, entry, hostname, origin, RUNS, uglyFile } from '../../arbitraries.ts';

const START = '# BEGIN cluster-hosts v1 pad=1 eol=lf sha=0123456789abcdef';
const END = '# END cluster-hosts';
const TWO = [entry('a.home.lan', '10.0.0.70'), entry('b.home.lan', 'fd00::1')];

function parse(text: string): HostsText {
  const parsed = parseHosts(text);
  if (parsed.state !== 'ok') throw new Error(parsed.message);
  return parsed.hosts;
}

function edit(hosts: HostsText, cluster: string, list: readonly HostEntry[]) {
  const edited = withSection(hosts, cluster, list);
  if (edited.state !== 'ok') throw new Error(edited.message);
  return edited;
}

function insert(text: string, cluster: string, list: readonly HostEntry[]): string {
  return edit(parse(text), cluster, list).text;
}

describe('any file, any entries', () => {
  const runs = { numRuns: RUNS };

  property.prop([uglyFile, entries, clusterName], runs)(
    'bytes outside the block are identical',
    (file, list, cluster) => {
      const { head, tail } = parse(insert(file, cluster, list));
      expect(head + tail).toBe(file);
    },
  );

  property.prop([uglyFile, entries, clusterName], runs)(
    'remove after insert gives the file back',
    (file, list, cluster) => {
      expect(insert(insert(file, cluster, list), cluster, [])).toBe(file);
      expect(withoutBlock(parse(insert(file, cluster, list)))).toBe(file);
    },
  );

  property.prop([uglyFile, entries, clusterName], runs)('inserting twice is inserting once', (file, list, cluster) => {
    const once = insert(file, cluster, list);
    expect(insert(once, cluster, list)).toBe(once);
  });

  property.prop([uglyFile, entries, clusterName], runs)(
    'what is written reads back, unedited',
    (file, list, cluster) => {
      const { block } = parse(insert(file, cluster, list));
      const found = block?.sections.get(cluster)?.entries ?? [];
      expect(new Set(found.map(line => JSON.stringify(line)))).toEqual(new Set(list.map(line => JSON.stringify(line))));
      expect(found).toHaveLength(list.length);
      expect(block?.edited ?? false).toBe(false);
    },
  );

  property.prop([uglyFile, entries, clusterName, fc.nat()], runs)(
    'order does not matter',
    (file, list, cluster, turn) => {
      const other = [...list.slice(turn % (list.length + 1)), ...list.slice(0, turn % (list.length + 1))].reverse();
      expect(insert(file, cluster, other)).toBe(insert(file, cluster, list));
    },
  );

  property.prop([uglyFile, entries, clusterName], runs)(
    'what an edit says it made is what parsing gives',
    (file, list, cluster) => {
      const edited = edit(parse(file), cluster, list);
      const found = parse(edited.text);
      const shape = ({ head, block, tail }: HostsText) => ({
        ...{ head, tail, text: block?.text, edited: block?.edited ?? false },
        sections: [...(block?.sections ?? [])].map(([name, { entries: lines, text }]) => [name, lines, text]),
      });
      expect(shape(edited.hosts)).toEqual(shape(found));
    },
  );

  const pool = fc.uniqueArray(fc.tuple(hostname, address, origin), {
    maxLength: 12,
    selector: ([name, ip]) => `${name} ${ip}`,
  });
  const lists = pool.chain(rows => {
    const all = rows.flatMap(([name, ip, from]) => parseHostEntry(name, ip, from) ?? []);
    return fc.array(fc.subarray(all), { minLength: 2, maxLength: 6 });
  });
  property.prop([uglyFile, lists, clusterName], runs)(
    'edit upon edit gives the text that each would give alone',
    (file, steps, cluster) => {
      let hosts = parse(file);
      for (const list of steps) {
        const edited = edit(hosts, cluster, list);
        expect(edited.text).toBe(insert(file, cluster, list));
        hosts = edited.hosts;
      }
    },
  );

  const step = fc.tuple(clusterName, entries);
  property.prop([uglyFile, fc.array(step, { maxLength: 8 })], runs)(
    'sections come and go in any order',
    (file, steps) => {
      const model = new Map<string, readonly HostEntry[]>();
      let text = file;
      for (const [cluster, list] of steps) {
        text = insert(text, cluster, list);
        if (list.length > 0) model.set(cluster, list);
        else model.delete(cluster);
        expect([...(parse(text).block?.sections.keys() ?? [])]).toEqual([...model.keys()].sort());
      }
      const direct = [...model].reduce((built, [cluster, list]) => insert(built, cluster, list), file);
      expect(text).toBe(direct);
      for (const cluster of model.keys()) text = insert(text, cluster, []);
      expect(text).toBe(file);
    },
  );

  property.prop([uglyFile, uglyFile, entries, clusterName], runs)(
    'lines put around the block stay',
    (file, more, list, cluster) => {
      const after = insert(file, cluster, list) + more;
      expect(insert(after, cluster, [])).toBe(file + more);
    },
  );
});

describe('markers', () => {
  const damaged = {
    'a start without an end': `${START}\nx\n`,
    'an end without a start': `a\n${END}\n`,
    'an end without a line end, alone': `a\n${END}`,
    'an end before the start': `${END}\n${START}\n`,
    'two blocks': `${START}\n${END}\n${START}\n${END}\n`,
    'two starts': `${START}\n${START}\n${END}\n`,
    'two ends': `${START}\n${END}\n${END}\n`,
    'an altered start with its end': `${START}0\n${END}\n`,
    'a start with a space behind': `${START} \n${END}\n`,
  };
  test.for(Object.entries(damaged))('%s is damage', ([, text]) => {
    expect(parseHosts(text)).toMatchObject({ state: 'damaged' });
  });

  const foreign = [
    `x ${START}\n`,
    ` ${END}\n`,
    `${END} \n`,
    `# see "${END}"\n`,
    '# BEGIN cluster-hosts\n',
    `\r${END}\r`,
  ];
  test.for(foreign)('%j only resembles one, and is foreign', text => {
    expect(parse(text).block).toBeUndefined();
    expect(insert(insert(text, 'homelab', TWO), 'homelab', [])).toBe(text);
  });

  property.prop([uglyFile, entries.filter(list => list.length > 0)], { numRuns: RUNS })(
    'any whole line taken out of the block is noticed',
    (file, list) => {
      const text = insert(file, 'homelab', list);
      const { head, block } = parse(text);
      const lines = (block?.text ?? '').split(/(?<=\n)/);
      for (let at = block?.pad ?? 0; at < lines.length; at++) {
        const cut = head + lines.toSpliced(at, 1).join('');
        const parsed = parseHosts(cut);
        expect(parsed.state === 'damaged' || parsed.hosts.block?.edited).toBe(true);
      }
    },
  );
});

describe('the text', () => {
  test('is one address and one name a line, comments on lines of their own', () => {
    const traefik = { kind: 'Service', namespace: 'kube-system', name: 'traefik' } as const;
    const web = { kind: 'Ingress', namespace: 'default', name: 'web' } as const;
    const list = [
      entry('turing-cluster.local', '10.0.0.70', traefik),
      entry('web.turing-cluster.local', '10.0.0.70', web),
      entry('turing-cluster', '10.0.0.70', traefik),
    ];
    expect(insert('127.0.0.1 localhost\n', 'turing-cluster', list)).toMatchInlineSnapshot(`
      "127.0.0.1 localhost

      # BEGIN cluster-hosts v1 pad=1 eol=lf sha=45154bcf3ec0c220
      # Kept by Cluster Hosts; "cluster-hosts clean" removes it.
      # cluster turing-cluster
      # Ingress default/web
      10.0.0.70	web.turing-cluster.local
      # Service kube-system/traefik
      10.0.0.70	turing-cluster
      10.0.0.70	turing-cluster.local
      # END cluster-hosts
      "
    `);
  });

  test('follows the line ends of the file', () => {
    const text = insert('127.0.0.1 localhost\r\n', 'homelab', TWO);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toContain('eol=crlf');
  });

  test("stands above SwitchHosts' marker, which owns everything below it", () => {
    const file = '127.0.0.1 localhost\n# --- SWITCHHOSTS_CONTENT_START ---\n1.2.3.4 x\n';
    const text = insert(file, 'homelab', TWO);
    expect(text.indexOf(END)).toBeLessThan(text.indexOf('SWITCHHOSTS'));
    expect(insert(text, 'homelab', [])).toBe(file);
  });

  test('keeps the lines of other clusters, to the letter', () => {
    const both = insert(insert('', 'homelab', TWO), 'office', [entry('c.office.lan', '10.1.0.1')]);
    const changed = insert(both, 'office', [entry('d.office.lan', '10.1.0.2')]);
    expect(parse(changed).block?.sections.get('homelab')).toEqual(parse(both).block?.sections.get('homelab'));
  });

  test("tells an edit inside, and gives nobody's entries for lines that it did not write", () => {
    const text = insert('', 'homelab', TWO);
    const edited = text.replace(
      '10.0.0.70\ta.home.lan',
      '10.0.0.70\ta.home.lan\n127.0.0.1\tbank.example\n10.0.0.9 blank.example',
    );
    const { block } = parse(edited);
    expect(block?.edited).toBe(true);
    expect(block?.sections.get('homelab')?.entries.map(e => e.hostname)).toEqual(['a.home.lan', 'b.home.lan']);
  });

  test('refuses more names and more bytes than resolvers can bear', () => {
    const many = (count: number, pad = '') =>
      Array.from({ length: count }, (_, i) => entry(`n${i}${pad}.home.lan`, '10.0.0.70'));
    expect(withSection(parse(''), 'homelab', many(20_000)).state).toBe('ok');
    expect(withSection(parse(''), 'homelab', many(20_001)).state).toBe('too-large');
    const long = `.${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(63)}`;
    expect(withSection(parse(''), 'homelab', many(12_000, long)).state).toBe('too-large');
  });
});
