import { readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'vitest';
import { FULL } from '../arbitraries.ts';
import { Bare } from './bare.ts';
import { expect } from './patient.ts';

let bare: Bare;
afterEach(() => bare.stop());

const NAMESPACE = '/api/v1/namespaces/metallb-system';

/** Both in the long form. */
const inThemes = (...short: readonly ('light' | 'dark')[]) => (FULL ? (['light', 'dark'] as const) : short);

/** An installation that was stopped while it waited for Traefik’s address. */
async function stopped(colorScheme: 'light' | 'dark'): Promise<void> {
  bare = await Bare.start(colorScheme);
  await bare.toReview();
  await bare.withhold(true);
  await bare.press('Install MetalLB');
  await bare.sees('MetalLB says: ');
  await bare.press('Cancel');
  await bare.at('Stopped before the end');
  await bare.withhold(false);
}

describe.each(inThemes('light'))('on a bare cluster, %s', theme => {
  test('from the first run to names that open, and back again', async () => {
    bare = await Bare.start(theme);
    const { page, tray, folders } = bare.app;
    const before = readFileSync(folders.hosts, 'latin1');
    await bare.isSound();
    await bare.press('Continue');
    await bare.at('Checking turing-cluster');
    await bare.sees('Everything is ready.');
    await bare.isSound();
    await bare.press('Continue');
    await bare.sees('11 addresses.');
    await bare.isSound();
    await bare.press('Continue');
    await bare.at('What will be done');
    await bare.isSound();
    expect(await bare.object(NAMESPACE)).toBeUndefined();
    await bare.withhold(true);
    await bare.press('Install MetalLB');
    await bare.at('Installing MetalLB');
    await bare.isSound();
    await bare.withhold(false);
    await bare.at('Traefik answers at 10.0.0.70');
    await bare.sees('Traefik’s 404');
    await bare.isSound();
    expect(await bare.traefiksAddress()).toBe('10.0.0.70');
    await bare.press('Continue');
    await bare.at('Write the names into your hosts file');
    await bare.isSound();
    await bare.press('Sync hosts');
    await bare.at('Your hosts file is in step');
    expect(bare.hosts).toContain('10.0.0.70\tturing-cluster.local\n');
    await bare.press('Continue');
    await bare.at('turing-cluster is set up');
    await bare.isSound();
    await bare.press('Open Overview');
    await bare.at('Everything is in sync');

    await page.getByRole('navigation', { name: 'Sections' }).getByText('Load balancer', { exact: true }).click();
    await bare.at('MetalLB is ready');
    await bare.isSound();
    await bare.holdPool(true);
    await bare.press('Remove…');
    await bare.press('Remove it');
    await bare.at('Removing MetalLB');
    await bare.isSound();
    await expect.poll(() => tray.labels()).toContain('Removing MetalLB – turing-cluster');
    await bare.holdPool(false);
    await bare.at('MetalLB is removed');
    await bare.isSound();
    expect(await bare.traefiksAddress()).toBeUndefined();
    expect(await bare.object(NAMESPACE)).toBeUndefined();
    await bare.press('Look at the hosts file');
    await expect(page).toHaveTitle(/Hosts file/);
    expect(readFileSync(folders.hosts, 'latin1')).toBe(before);
    await bare.isQuiet();
  });
});

describe.each(inThemes('dark'))('on the way, %s', theme => {
  test('ServiceLB stands in it: how to switch it off is shown, and it is gone on once that is done', async () => {
    bare = await Bare.start(theme);
    const { page } = bare.app;
    await bare.restartServer();
    await bare.press('Continue');
    await bare.sees('1 thing has to be mended before MetalLB can be installed.');
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await bare.press('Show how to fix');
    await bare.sees('sudo systemctl restart k3s');
    await bare.isSound();
    await bare.restartServer('--disable', 'servicelb');
    await bare.press('Check again');
    await bare.sees('Everything is ready.');
    await bare.press('Continue');
    await bare.at('Which addresses may MetalLB give?');
    await bare.isQuiet();
  });

  test('it is cancelled, and gone on with', async () => {
    await stopped(theme);
    await bare.isSound();
    await bare.press('Go on');
    await bare.at('Traefik answers at 10.0.0.70');
    await bare.isSound();
    await bare.isQuiet();
  });

  test('it is cancelled, and rolled back', async () => {
    await stopped(theme);
    await bare.press('Roll back');
    await bare.at('Rolled back');
    await bare.isSound();
    expect(await bare.object(NAMESPACE)).toBeUndefined();
    expect(await bare.traefiksAddress()).toBeUndefined();
    await bare.press('Start again');
    await bare.at('Checking turing-cluster');
    await bare.sees('Everything is ready.');
    await bare.isQuiet();
  });
});

test('it goes on while the window is closed: the tray says so, and a notification when it has ended', async () => {
  bare = await Bare.start('light');
  const { app, page, tray } = bare.app;
  await bare.toReview();
  const window = await app.browserWindow(page);
  await bare.withhold(true);
  await bare.press('Install MetalLB');
  await bare.at('Installing MetalLB');
  // Where nobody can tell whether the desktop has a tray, the user is asked; 0: keep running.
  await bare.app.answer({ response: 0 });
  await window.evaluate(it => it.close());
  await expect.poll(() => window.evaluate(it => it.isVisible())).toBe(false);
  await expect.poll(() => tray.image()).toContain('working');
  expect((await tray.labels())[0]).toBe('Installing MetalLB – turing-cluster');
  expect(await tray.tooltip()).toContain('Installing MetalLB');
  await bare.withhold(false);
  const titles = async () => (await bare.app.notifications()).map(({ title }) => title);
  await expect.poll(titles).toContain('MetalLB is installed');
  await bare.app.tellNotification((await titles()).indexOf('MetalLB is installed'), 'click');
  await expect.poll(() => window.evaluate(it => it.isVisible())).toBe(true);
  await bare.at('Traefik answers at 10.0.0.70');
  // As with a window that comes back: what it knew is gone.
  await page.reload();
  await bare.at('Traefik answers at 10.0.0.70');
  await bare.press('Continue');
  await bare.at('Write the names into your hosts file');
});
