import { afterEach, describe, test } from 'vitest';
import { Bare, inThemes, METALLB } from './bare.ts';
import { expect } from './patient.ts';

let bare: Bare;
afterEach(() => bare.stop());

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

describe.each(inThemes('dark'))('an installation, %s', theme => {
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
    expect(await bare.object(METALLB)).toBeUndefined();
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
