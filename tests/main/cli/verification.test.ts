import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { waitFor } from '../../wait-for.ts';

/* The real command and the real resolver, in a mount namespace with an /etc of its own. */

const IS_ROOT = process.getuid?.() === 0;
const UNSHARE = IS_ROOT ? '-m' : '-Urm';

/**
 * $1 is the folder to have as /etc; $2 is `mount` where /etc/hosts is to be a mount of its own. What root's writer keeps
 * goes with the namespace.
 */
const ENTER = `mount -t tmpfs tmpfs /var/lib
mount -t tmpfs tmpfs /run
mount --bind "$1" /etc
if [ "$2" = mount ]; then mount --bind /etc/hosts /etc/hosts; fi
shift 2
exec "$@"`;

const inside = (etc: string, mount: string, argv: readonly string[]) => [
  ...[UNSHARE, 'sh', '-ec', ENTER, 'sh', etc, mount],
  ...argv,
];

function whatIsMissing(): string {
  if (process.platform !== 'linux') return 'it needs Linux';
  const report: object = process.report.getReport();
  if (!JSON.stringify(report).includes('"glibcVersionRuntime"')) return 'it needs the GNU C library';
  const { status, error, stderr } = spawnSync('unshare', inside('/etc', '', [process.execPath, '--version']));
  return status === 0 ? '' : `there is no mount namespace to be had: ${error?.message ?? `${stderr}`.trim()}`;
}

const missing = whatIsMissing();
const reason = (why: string) => (why === '' ? '' : ` (skipped: ${why})`);

const HOSTS = '127.0.0.1\tlocalhost\n';
const NAME = 'grafana.turing-cluster.local';
/** A name of both families, besides the ten of the demo's cluster. */
const BOTH = ['--name', 'both.turing-cluster.local=10.0.0.8', '--name', 'both.turing-cluster.local=fd00::8'];
const [ADDED, TRIED] = [12, 10];
/** Between the last word and the end of the program. */
const AT_ONCE_MS = 2_000;

describe.skipIf(missing !== '')(`after a sync of the system’s file${reason(missing)}`, () => {
  let demo: Demo;
  let folder: string;
  let etc: string;

  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.stop());

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'verify-'));
    etc = join(folder, 'etc');
    mkdirSync(etc);
    for (const name of ['passwd', 'group', 'ld.so.cache'])
      if (existsSync(`/etc/${name}`)) copyFileSync(`/etc/${name}`, join(etc, name));
    set('hosts', HOSTS);
    set('host.conf', 'multi on\n');
    set('nsswitch.conf', 'hosts: files dns\n');
    set('resolv.conf', 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
    writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig, { mode: 0o600 });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const set = (name: string, content: string) => writeFileSync(join(etc, name), content);
  const isWritten = () => readFileSync(join(etc, 'hosts'), 'utf8').includes(`\t${NAME}\n`);

  function start(mount = '', more: readonly string[] = []): ChildProcess {
    const argv = [process.execPath, 'main/cli/cluster-hosts.js', 'sync', '--yes', ...BOTH, ...more];
    const state = join(folder, 'state');
    const env = { PATH: process.env.PATH, HOME: folder, XDG_STATE_HOME: state, KUBECONFIG: join(folder, 'kubeconfig') };
    return spawn('unshare', inside(etc, mount, argv), { env, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  /** All that is remarked on a write that was carried out. */
  async function remarksOf(running: ChildProcess, wrote = `/etc/hosts: ${ADDED}`): Promise<readonly string[]> {
    let saidAt = 0;
    running.stderr?.on('data', () => {
      saidAt = performance.now();
    });
    const [stderr] = await Promise.all([running.stderr && text(running.stderr), once(running, 'close')]);
    expect(performance.now() - saidAt).toBeLessThan(AT_ONCE_MS);
    const lines = stderr?.trimEnd().split('\n') ?? [];
    expect(lines).toContain(`Wrote ${wrote} to add.`);
    return lines.filter(line => !/^(Wrote|1 name outside) /.test(line));
  }

  const sync = (mount = '') => remarksOf(start(mount));

  test('names that answer need no remark', async () => {
    expect(await sync()).toEqual([]);
  });

  test('neither where the file is a mount that the resolver reads', async () => {
    expect(await sync('mount')).toEqual([]);
  });

  test('a resolver that does not ask the file; ten names are enough to tell', async () => {
    set('nsswitch.conf', 'hosts: dns\n');
    const remarks = await sync();
    expect(remarks).toHaveLength(TRIED + 1);
    expect(remarks).toContain(`${NAME} does not answer: dns is asked, and the hosts file is not.`);
    expect(remarks.at(-1)).toBe('Put "files" first in /etc/nsswitch.conf, which has "hosts: dns".');
  });

  test('only names that changed are tried', async () => {
    await sync();
    set('nsswitch.conf', 'hosts: dns\n');
    const remarks = await remarksOf(start('', ['--name', 'new.turing-cluster.local=10.0.0.9']), '/etc/hosts: 1');
    expect(remarks).toEqual([expect.stringMatching(/^new\.\S+ does not answer: /), expect.any(String)]);
  });

  test('nothing is tried where it is another file', async () => {
    set('nsswitch.conf', 'hosts: dns\n');
    const path = join(folder, 'hosts');
    expect(await remarksOf(start('', ['--hosts-file', path]), `${path}: ${ADDED}`)).toEqual([]);
  });

  // Of a line as long as this one the plan knows nothing.
  const LONG = `10.0.0.9 ${'x'.repeat(1_100)} ${NAME}\n`;
  const QUOTE = `line 2 of the file, above ours, is "10.0.0.9 ... ${NAME} ..."`;

  test('a line above ours that has the name, too', async () => {
    set('hosts', `${HOSTS}${LONG}`);
    expect(await sync()).toEqual([
      `${NAME} also answers with 10.0.0.9: ${QUOTE}.`,
      'Take the name out of that line; otherwise the next sync takes ours out.',
    ]);
  });

  test('the same where only the first line of a name counts, and a name with two lines of ours', async () => {
    set('hosts', `${HOSTS}${LONG}`);
    set('host.conf', 'multi off\n');
    const remarks = await sync();
    expect(remarks).toContain(`${NAME} answers with 10.0.0.9, not with 10.0.0.70: ${QUOTE}.`);
    expect(remarks).toContain(
      'both.turing-cluster.local answers with 10.0.0.8, but not with fd00::8: of several lines for a name only the first counts here.',
    );
    expect(remarks.at(-1)).toBe('Put the line "multi on" in /etc/host.conf.');
    expect(remarks).toHaveLength(4);
  });

  const noServer = IS_ROOT ? '' : 'only root can have a DNS server on port 53';
  describe.skipIf(noServer !== '')(`with a DNS server${reason(noServer)}`, () => {
    const ADDRESS = '127.53.53.53';
    let server: Socket;

    beforeEach(async () => {
      server = createSocket('udp4').bind(53, ADDRESS);
      await once(server, 'listening');
      set('resolv.conf', `nameserver ${ADDRESS}\noptions timeout:15 attempts:1\n`);
    });
    afterEach(() => server.close());

    /** Says that there is no such name, but says nothing of some. */
    function sayNo(silentOf: readonly string[] = []): void {
      server.on('message', (query, { port, address }) => {
        if (silentOf.some(name => query.includes(name))) return;
        const answer = Buffer.from(query);
        answer.writeUInt16BE(0x8183, 2);
        server.send(answer, port, address);
      });
    }

    test('whose no is final', async () => {
      sayNo();
      set('nsswitch.conf', 'hosts: dns [NOTFOUND=return] files\n');
      expect(await sync()).toContain(
        `${NAME} does not answer: dns is asked before the hosts file, and its no is final.`,
      );
    });

    test('that says nothing of some names: neither the others nor the command wait for it', async () => {
      sayNo(['grafana', 'jellyfin', 'mqtt']);
      set('nsswitch.conf', 'hosts: dns files\n');
      const startedAt = performance.now();
      const remarks = await sync();
      expect(remarks.map(line => line.split('.')[0])).toEqual([
        'jellyfin',
        'grafana',
        'mqtt',
        'Put "files" first in /etc/nsswitch',
      ]);
      expect(remarks).toContain(`${NAME} does not answer in time: dns is asked before the hosts file.`);
      expect(performance.now() - startedAt).toBeLessThan(10_000);
    });

    test('that says nothing, and Ctrl-C: the file is written, and nothing is remarked', async () => {
      set('nsswitch.conf', 'hosts: dns files\n');
      const running = start();
      const remarks = remarksOf(running);
      await waitFor('the write', isWritten);
      running.kill('SIGINT');
      expect(await remarks).toEqual([]);
    });
  });
});
