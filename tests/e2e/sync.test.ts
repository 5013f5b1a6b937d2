import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { Computer, FIRST } from './desk.ts';
import { expect } from './patient.ts';

let computer: Computer;
beforeEach(async () => {
  computer = await Computer.start();
});
afterEach(() => computer.stop());

const heading = (page: Awaited<ReturnType<Computer['launch']>>['page']) => page.getByRole('heading', { level: 1 });

test('first run: no kubeconfig, the demo, and through the wizard to names that are written, and back', async () => {
  const { page, problems } = await computer.launch({ kubeconfig: join(computer.folder, 'none') });
  await expect(heading(page)).toHaveText('Where is your cluster?');
  await page.getByRole('button', { name: 'Try the demo' }).click();
  const goOn = () => page.getByRole('button', { name: 'Continue' }).click();
  await expect(heading(page)).toHaveText('Connected to turing-cluster');
  await goOn();
  await expect(page.getByText('MetalLB is installed, and the hosts file is all that is left to do.')).toBeVisible();
  await expect(page.getByText('Traefik has the address 10.0.0.70')).toBeVisible();
  await goOn();
  await expect(heading(page)).toHaveText('Write the names into your hosts file');
  await expect(page.getByText('grafana.turing-cluster.local').first()).toBeVisible();
  await page.getByRole('button', { name: 'Sync hosts' }).click();
  await expect(heading(page)).toHaveText('Your hosts file is in step');
  expect(computer.hosts).toBe(FIRST);
  await goOn();
  await page.getByRole('button', { name: 'Open Overview' }).click();
  await expect(heading(page)).toHaveText('Everything is in sync');
  await page.getByRole('button', { name: 'Leave the demo' }).click();
  await expect(heading(page)).toHaveText('Where is your cluster?');
  expect(problems()).toEqual([]);
});

test('choose a kubeconfig, review, and Sync hosts from the tray, through one question', async () => {
  const app = await computer.launch({ kubeconfig: join(computer.folder, 'none') });
  await app.answer({ filePaths: [computer.kubeconfig] });
  await app.page.getByRole('button', { name: 'Choose file…' }).click();
  await app.page.getByRole('button', { name: 'Leave for now' }).click();
  await expect(heading(app.page)).toHaveText('10 changes to review');
  await expect.poll(() => app.tray.labels()).toContain('Sync hosts (10)…');
  expect(await app.tray.image()).toContain('pending');
  await app.tray.choose('sync');
  await expect(heading(app.page)).toHaveText('Everything is in sync');
  expect(computer.hosts).toContain('10.0.0.70\tgrafana.turing-cluster.local\n');
  expect(computer.hosts.startsWith(FIRST)).toBe(true);
  await expect.poll(() => app.tray.labels()).toContain('Sync hosts');
  expect(await app.tray.image()).toContain('ok');
  expect(await app.tray.tooltip()).toContain('turing-cluster');
  await app.tray.choose('open');
  await expect.poll(() => app.opened()).toEqual(['https://turing-cluster.local/']);
  expect(app.problems()).toEqual([]);
});

describe('with a cluster', () => {
  test('a no to the password changes nothing, and asks for nothing again by itself', async () => {
    computer.answer = 'no';
    const { page, tray } = await computer.launch();
    await expect(heading(page)).toHaveText('10 changes to review');
    await page.getByRole('button', { name: 'Sync hosts' }).click();
    await expect(page.getByText('The administrator’s password was not given.').first()).toBeVisible();
    expect(computer.hosts).toBe(FIRST);
    await expect(heading(page)).toHaveText('10 changes to review');
    computer.answer = 'yes';
    await tray.choose('sync');
    await expect(heading(page)).toHaveText('Everything is in sync');
  });

  test('a name that the user’s own line has is a conflict, and stays the user’s', async () => {
    computer.hosts = `${FIRST}10.9.9.9\tgrafana.turing-cluster.local\n`;
    const { page, tray } = await computer.launch();
    await expect(heading(page)).toHaveText('Some names are already taken');
    await expect.poll(() => tray.image()).toContain('problem');
    await tray.choose('sync');
    await waitFor('the rest is written', () => computer.hosts.includes('jellyfin.turing-cluster.local'));
    expect(computer.hosts.match(/grafana\.turing-cluster\.local/g)).toHaveLength(1);
    await page
      .getByRole('button', { name: /Hostnames/ })
      .or(page.getByRole('link', { name: /Hostnames/ }))
      .first()
      .click();
    await page.getByText('grafana.turing-cluster.local').first().click();
    await expect(page.getByText('Somebody else has this name.').first()).toBeVisible();
  });

  test('consent for a domain lets its names in, and is kept', async () => {
    const { page } = await computer.launch();
    await expect(heading(page)).toHaveText('10 changes to review');
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await expect(heading(page)).toHaveText('11 changes to review');
    await page.getByRole('button', { name: 'Sync hosts' }).click();
    await expect(heading(page)).toHaveText('Everything is in sync');
    expect(computer.hosts).toContain('10.0.0.72\tpihole.home.lan\n');
  });

  test('what somebody does to the file is seen', async () => {
    const { page, tray } = await computer.launch();
    await expect(heading(page)).toHaveText('10 changes to review');
    await tray.choose('sync');
    await expect(heading(page)).toHaveText('Everything is in sync');
    computer.hosts = computer.hosts.replace('10.0.0.70\tgrafana', '10.6.6.6\tgrafana');
    await expect(heading(page)).not.toHaveText('Everything is in sync');
    computer.hosts = FIRST;
    await expect(heading(page)).toHaveText('10 changes to review');
  });

  test('the cluster goes away and comes back; nothing is removed', async () => {
    const { page, tray } = await computer.launch();
    await expect(heading(page)).toHaveText('10 changes to review');
    await tray.choose('sync');
    await expect(heading(page)).toHaveText('Everything is in sync');
    const written = computer.hosts;
    await computer.demo.server.stop();
    await expect(heading(page)).toHaveText('Can’t reach turing-cluster');
    await expect.poll(() => tray.image()).toContain('offline');
    expect(computer.hosts).toBe(written);
    await computer.demo.server.start();
    await tray.choose('check');
    await expect(heading(page)).toHaveText('Everything is in sync');
  });

  test('a row follows what happens in the cluster', async () => {
    const { page } = await computer.launch();
    await expect(heading(page)).toHaveText('10 changes to review');
    computer.demo.cluster.apply({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace: 'default', name: 'fresh' },
      spec: { ingressClassName: 'traefik', rules: [{ host: 'a-fresh.turing-cluster.local' }] },
    });
    await expect(page.getByText('a-fresh.turing-cluster.local')).toBeVisible();
    await expect(heading(page)).toHaveText('11 changes to review');
  });
});

test('an exec kubeconfig runs nothing before the yes', async () => {
  const ran = join(computer.folder, 'ran');
  const token = /token: (.*)/.exec(computer.demo.kubeconfig)?.[1] ?? '';
  const credential = JSON.stringify({
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token },
  });
  const script = join(computer.folder, 'log-in');
  writeFileSync(script, `#!/bin/sh\necho ran >> '${ran}'\necho '${credential}'\n`, { mode: 0o755 });
  const exec = `exec:\n        apiVersion: client.authentication.k8s.io/v1\n        interactiveMode: Never\n        command: ${script}\n        args: [--cluster, home]`;
  writeFileSync(computer.kubeconfig, computer.demo.kubeconfig.replace(/token: .*/, exec), { mode: 0o600 });
  const { page } = await computer.launch();
  await expect(heading(page)).toHaveText('Run a program to log in to turing-cluster?');
  await expect(page.getByText('--cluster')).toBeVisible();
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(heading(page)).toHaveText('The program was not run');
  // As with a window that comes back: what it knew is gone.
  await page.reload();
  await expect(heading(page)).toHaveText('The program was not run');
  await page.getByRole('button', { name: 'Look at the program again' }).click();
  expect(existsSync(ran)).toBe(false);
  await page.getByRole('button', { name: 'Run it to log in' }).click();
  await page.getByRole('button', { name: 'Leave for now' }).click();
  await expect(heading(page)).toHaveText('10 changes to review');
  expect(existsSync(ran)).toBe(true);
});
