import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { HostEntry } from '../../../main/desired/host-entry.ts';
import { type HostsText, parseHosts, withSection } from '../../../main/hosts/block.ts';
import { healthOfLines } from '../../../main/hosts/health-lines.ts';
import { entry, RUNS } from '../../arbitraries.ts';

const START = '# --- SWITCHHOSTS_CONTENT_START ---';
const END = '# --- SWITCHHOSTS_CONTENT_END ---';
const PRINTER = entry('printer.home.lan', '10.0.0.70');

function parse(text: string): HostsText {
  const parsed = parseHosts(text);
  if (parsed.state !== 'ok') throw new Error(parsed.message);
  return parsed.hosts;
}

/** The lines above, the block (a section per list), the lines below. */
function hostsOf(above: string, below: string, ...sections: (readonly HostEntry[])[]): HostsText {
  let text = above;
  for (const [at, entries] of sections.entries()) {
    const edited = withSection(parse(text), `cluster-${at}`, entries);
    if (edited.state !== 'ok') throw new Error(edited.message);
    text = edited.text;
  }
  return parse(text + below);
}

const kinds = (hosts: HostsText) => healthOfLines(hosts).map(({ kind }) => kind);

describe('names of the block on other lines', () => {
  test('with another address: the line is quoted, and what happens is told', () => {
    expect(healthOfLines(hostsOf('10.9.9.9\tprinter.home.lan  # mine\n', '', [PRINTER]))).toEqual([
      {
        kind: 'other-address',
        message: 'printer.home.lan has another address outside the block: "10.9.9.9 printer.home.lan".',
        hint: 'Take that line out; otherwise sync takes ours out.',
      },
    ]);
  });

  test('with the same address', () => {
    expect(healthOfLines(hostsOf('', '10.0.0.70 nas PRINTER.home.lan.\n', [PRINTER]))).toEqual([
      {
        kind: 'same-address',
        message: 'printer.home.lan is in the block and on another line: "10.0.0.70 nas PRINTER.home.lan.".',
        hint: 'Take that line out; otherwise sync takes ours out.',
      },
    ]);
  });

  test.each([
    ['another spelling of the same address', 'FD00:0::1 v6.home.lan\n', ['same-address']],
    ['one of two addresses', '10.0.0.71 v6.home.lan\n', ['same-address']],
    ['the address of another name of ours', '10.0.0.70 v6.home.lan\n', ['other-address']],
    ['something that is no address', 'fe80::1%eth0 v6.home.lan\n', ['other-address']],
    ['only in a comment', '# 10.9.9.9 v6.home.lan\n10.9.9.9 x # v6.home.lan\n', []],
    ['a name of one label', '10.9.9.9 other Nas\n', ['other-address']],
    ['a name that is not ours', '10.9.9.9 xv6.home.lan xnas home.lan\n', []],
  ])('%s', (_, line, expected) => {
    const v6 = [entry('v6.home.lan', 'fd00::1'), entry('v6.home.lan', '10.0.0.71')];
    const section = [PRINTER, ...v6, entry('nas', '10.0.0.72')];
    expect(kinds(hostsOf(line, '', section))).toEqual(expected);
    expect(kinds(hostsOf('', line, section))).toEqual(expected);
  });

  test('in the section of any cluster, but never for the lines of the block itself', () => {
    const sections = [[entry('a.home.lan', '10.0.0.1')], [PRINTER]];
    expect(kinds(hostsOf('127.0.0.1 localhost\n', '', ...sections))).toEqual([]);
    expect(kinds(hostsOf('10.9.9.9 printer.home.lan\n', '', ...sections))).toEqual(['other-address']);
  });

  test('of several lines the first is told', () => {
    const [finding, ...more] = healthOfLines(
      hostsOf('10.0.0.8 printer.home.lan\n', '10.0.0.9 printer.home.lan\n', [PRINTER]),
    );
    expect(finding?.message).toContain('"10.0.0.8 printer.home.lan"');
    expect(more).toEqual([]);
  });

  test('without a block nothing is ours', () => {
    expect(kinds(parse('10.9.9.9 printer.home.lan\n'))).toEqual([]);
  });

  test.each([
    [5, undefined],
    [6, 'Of the names in the block, 1 more is also on lines outside it.'],
    [20, 'Of the names in the block, 15 more are also on lines outside it.'],
  ])('of %i the first five are told, the rest counted', (count, rest) => {
    const names = Array.from({ length: count }, (_, at) => entry(`n${at + 10}.home.lan`, '10.0.0.1'));
    const above = names.map(({ hostname }) => `10.9.9.9 ${hostname}\n`).join('');
    const [a, b, c, d, e, more] = healthOfLines(hostsOf(above, '', names));
    expect([a, b, c, d, e].map(finding => finding?.kind)).toEqual(Array(5).fill('other-address'));
    expect(more?.message).toBe(rest);
  });

  test('a long line is quoted in part', () => {
    const line = `10.9.9.9 printer.home.lan${' alias'.repeat(20)}`;
    const [finding] = healthOfLines(hostsOf(`${line}\n`, '', [PRINTER]));
    expect(finding?.message).toContain(`"${line.slice(0, 60)}..."`);
  });

  const junk = fc.array(fc.nat(255), { maxLength: 200 }).map(bytes => Buffer.from(bytes).toString('latin1'));
  property.prop([junk, junk], { numRuns: RUNS })(
    'whatever the line holds, the message is short ASCII',
    (left, right) => {
      const [address, more] = [left, right].map(text => text.replaceAll(/[\n#]/g, ''));
      const findings = healthOfLines(hostsOf('', `${address} x ${more} printer.home.lan\n`, [PRINTER]));
      expect(findings.map(({ kind }) => kind)).toEqual(['other-address']);
      for (const { message } of findings) expect(message).toMatch(/^[\x20-\x7e]{1,140}$/);
    },
  );
});

describe('SwitchHosts', () => {
  test('a file without it has no findings', () => expect(kinds(hostsOf('', '', [PRINTER]))).toEqual([]));

  test('above its lines the block is safe as long as they are appended', () => {
    const hosts = hostsOf(`127.0.0.1 localhost\n\n${START}\n1.2.3.4 x\n`, '', [PRINTER]);
    expect(hosts.tail).toContain(START);
    expect(healthOfLines(hosts)).toEqual([
      {
        kind: 'switchhosts',
        message: 'SwitchHosts writes this file, too; set to overwrite, it takes out every line that is not its own.',
        hint: 'Leave its write mode at append.',
      },
    ]);
  });

  const block = hostsOf('', '', [PRINTER]).block?.text ?? '';
  test.each([
    ['below its start marker', `${START}\n1.2.3.4 x\n${block}`, 'The block stands among the lines of SwitchHosts'],
    ['between its markers', `${START}\r\n${block}${END}\n`, 'The block stands among the lines of SwitchHosts'],
    ['below a marker among blanks', ` ${START}\t\n${block}`, 'The block stands among the lines of SwitchHosts'],
    ['below a stray end and a start', `${END}\n${START}\n${block}`, 'The block stands among the lines of SwitchHosts'],
    ['below its end marker', `${START}\n1.2.3.4 x\n${END}\n${block}`, 'SwitchHosts writes this file, too'],
    ['not in the file', `${START}\n1.2.3.4 x\n`, 'SwitchHosts writes this file, too'],
  ])('the block %s', (_, text, message) => {
    expect(healthOfLines(parse(text))).toEqual([
      { kind: 'switchhosts', message: expect.stringContaining(message), hint: expect.any(String) },
    ]);
  });

  test.each([`x ${START}\n${block}`, `${START} x\n${block}`, `# see "${START}"\n${block}`])(
    '%j only resembles its marker',
    text => expect(kinds(parse(text))).toEqual([]),
  );

  test('the way out works: once taken out, the block comes back above', () => {
    const { head, tail } = parse(`${START}\n1.2.3.4 x\n${block}`);
    const hosts = hostsOf(head + tail, '', [PRINTER]);
    expect(hosts.tail.startsWith(START)).toBe(true);
  });
});
