import { readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'vitest';
import { Bare, inThemes, METALLB } from './bare.ts';
import { expect } from './patient.ts';

let bare: Bare;
afterEach(() => bare.stop());

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
    expect(await bare.object(METALLB)).toBeUndefined();
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
    expect(await bare.object(METALLB)).toBeUndefined();
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
});
