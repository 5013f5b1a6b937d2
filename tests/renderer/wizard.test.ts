import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import type { AppState, Screen, Snapshot } from '../../preload/contract.ts';
import type { InstallerView } from '../../preload/installer.ts';
import { FULL } from '../arbitraries.ts';
import { phases, SUGGESTION } from './installer-views.ts';
import type { FakeApi } from './preview/fake-api.ts';
import { overflows, violations, windowOpener } from './preview/opened.ts';
import { NOW, STATES, WIZARDS } from './states.ts';

const openWindow = windowOpener();

const screenOf = (state: string): Screen => (state.startsWith('wizard-') ? 'setup' : 'load-balancer');
const PHASES = phases(NOW);

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const current = (page: Page) => page.locator('[aria-current="step"]');

const patch = (page: Page, change: Partial<AppState>) =>
  page.evaluate(state => (window as unknown as { readonly fake: FakeApi }).fake.patch({ state }), change);

const install = (page: Page, installer: InstallerView) => patch(page, { installer });

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

/** Tab by tab to what has this name, as somebody without a mouse. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 30; press += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === name) return;
  }
  throw new Error(`the keyboard does not get to ${name}`);
}

/** Every state in both themes in the long form; else every fifth, now in the one and now in the other. */
const sights = Object.keys(WIZARDS).flatMap((state, index) =>
  (['light', 'dark'] as const)
    .filter((_, theme) => FULL || (index % 5 === 0 && theme === index % 2))
    .map(theme => ({ state, theme })),
);

describe('every step and phase', () => {
  it.each(sights)('$state, $theme: nothing for axe to find, nothing against the policy', async ({ state, theme }) => {
    const { context, page, complaints, show } = await openWindow(theme);
    await show(state, screenOf(state));
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('fits into 320 pixels, and into words that are 40 % longer', async () => {
    const narrow = await openWindow('light', { width: 320, height: 512 });
    const wide = await openWindow();
    const states = Object.keys(WIZARDS).filter((_, index) => FULL || index % 4 === 0);
    for (const state of states) {
      await narrow.show(state, screenOf(state));
      expect(await overflows(narrow.page), state).toBe(false);
      await wide.show(state, screenOf(state), '&locale=en-XA');
      expect(await overflows(wide.page), state).toBe(false);
    }
    await narrow.context.close();
    await wide.context.close();
  });

  it('keeps its shapes where the system chooses the colours', async () => {
    const { context, page, show } = await openWindow();
    await page.emulateMedia({ forcedColors: 'active' });
    await show('wizard-blocked', 'setup');
    const shapes = await page
      .locator('main li > [aria-hidden=true]')
      .evaluateAll(all => new Set(all.map(dot => `${dot.clientHeight} ${getComputedStyle(dot).borderRadius}`)).size);
    expect(shapes).toBe(3);
    await context.close();
  });
});

describe('from a bare cluster to names that open', () => {
  it('goes by keyboard alone', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-connect', '');
    await heading(page, 'Connected to homelab').waitFor();
    await tabTo(page, 'Continue');
    await page.keyboard.press('Enter');
    await heading(page, 'Checking homelab').waitFor();
    expect(await focused(page)).toBe('Checking homelab');
    expect(await page.title()).toBe('Check - Cluster Hosts');
    expect(await current(page).textContent()).toContain('Check');
    await patch(page, { installer: (STATES['wizard-ready'] as Snapshot).state.installer });
    await tabTo(page, 'Continue');
    await page.keyboard.press('Enter');
    await heading(page, 'Which addresses may MetalLB give?').waitFor();
    const field = page.getByLabel('Addresses', { exact: true });
    await expect.poll(() => field.inputValue()).toBe(SUGGESTION.text);
    await field.focus();
    await page.keyboard.press('Enter');
    await heading(page, 'What will be done').waitFor();
    expect(await asked('planInstall')).toEqual([[{ addresses: SUGGESTION.text, pin: '' }]]);
    expect(await asked('install')).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await tabTo(page, 'Install MetalLB');
    await page.keyboard.press('Enter');
    await heading(page, 'Installing MetalLB').waitFor();
    expect(await asked('install')).toEqual([[{ addresses: SUGGESTION.text, pin: '' }]]);
    await install(page, PHASES.installed);
    await tabTo(page, 'Continue');
    await page.keyboard.press('Enter');
    await heading(page, 'Your hosts file is in step').waitFor();
    expect(await asked('resetInstaller')).toHaveLength(1);
    await tabTo(page, 'Continue');
    await page.keyboard.press('Enter');
    await heading(page, 'homelab is set up').waitFor();
    await page.getByText('keeps your hosts file in step with it').waitFor();
    const { hosts } = (STATES['wizard-connect'] as Snapshot).state;
    await patch(page, { hosts: { ...hosts, asks: true } });
    await page.getByText('What changes waits until you sync the hosts file').waitFor();
    expect(await violations(page)).toEqual([]);
    await button(page, 'Open').click();
    expect(await asked('openUrl')).toEqual([['https://homelab.lab']]);
    await tabTo(page, 'Open Overview');
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Sections' }).waitFor();
    expect(await asked('setSettings')).toEqual([[{ wizardSeen: true }]]);
    await context.close();
  });

  it('asks for name and ending, and keeps what was typed until it is taken', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-mac', '');
    await page.getByText('names that end in .local may take seconds').waitFor();
    await page.getByLabel('Cluster name').fill(' ');
    await page.keyboard.press('Enter');
    await page.getByText('Give it a name first.').waitFor();
    await page.getByLabel('Cluster name').fill('turing-cluster');
    await page.getByRole('combobox', { name: 'Ending of its names' }).click();
    await page.getByRole('option', { name: '.home.arpa (recommended)' }).click();
    await page.getByText('https://turing-cluster.home.arpa').waitFor();
    await button(page, 'Continue').click();
    await heading(page, /^Checking/).waitFor();
    expect(await asked('setSettings')).toEqual([[{ cluster: 'turing-cluster', suffix: 'home.arpa' }]]);
    await context.close();
  });

  it('waits for a cluster that does not answer', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-connect', '');
    const { cluster } = (STATES.unreachable as Snapshot).state;
    await patch(page, { cluster });
    await heading(page, 'Can’t reach homelab').waitFor();
    expect(await button(page, 'Continue').isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});

describe('the checks', () => {
  it('say how to mend what is blocked, and go no further', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-blocked', 'setup');
    const before = (await asked('runChecks')).length;
    expect(before).toBeGreaterThan(0);
    expect(await button(page, 'Continue').isDisabled()).toBe(true);
    await page.getByText('Mend what is blocked, then check again').waitFor();
    await button(page, 'Show how to fix').click();
    await page.getByText('sudo systemctl restart k3s').waitFor();
    await button(page, 'Copy the lines').click();
    expect((await asked('copyText'))[0]?.[0]).toContain('disable: servicelb');
    expect(await violations(page)).toEqual([]);
    await button(page, 'Check again').click();
    expect((await asked('runChecks')).slice(before - 1)).toEqual([[false], [true]]);
    await context.close();
  });

  it('go on in spite of what only needs attention', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-attention', 'setup');
    await page.getByText('1 thing needs your attention; you can go on all the same.').first().waitFor();
    await button(page, 'Continue').click();
    await heading(page, 'Which addresses may MetalLB give?').waitFor();
    await context.close();
  });

  it('say aloud what came of them', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-ready', 'setup');
    const { installer } = (STATES['wizard-blocked'] as Snapshot).state;
    await install(page, { ...installer, checking: true });
    await install(page, installer);
    await expect
      .poll(() => page.locator('[role=status]').allTextContents())
      .toContain('1 thing has to be mended before MetalLB can be installed.');
    await context.close();
  });

  it('lead straight to the hosts file where Traefik has an address, or to MetalLB all the same', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-answers', 'setup');
    await page.getByText('Traefik has the address 192.168.1.240').waitFor();
    await button(page, 'Continue').click();
    await heading(page, 'Your hosts file is in step').waitFor();
    expect(await page.locator('nav li').allTextContents()).toContain('Installskipped');
    await button(page, 'Back').click();
    await button(page, 'Set up MetalLB all the same').click();
    await heading(page, 'Which addresses may MetalLB give?').waitFor();
    await context.close();
  });

  it('are skipped for good', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-ready', 'setup');
    await button(page, 'Skip MetalLB').click();
    await heading(page, 'Traefik has no address yet').waitFor();
    expect(await asked('setSettings')).toEqual([[{ wizardSeen: true }]]);
    await context.close();
  });
});

describe('the addresses', () => {
  it('are judged as they are typed, and nothing is planned with bad ones', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-ready', 'setup');
    await button(page, 'Continue').click();
    const field = page.getByLabel('Addresses', { exact: true });
    await expect.poll(() => field.inputValue()).toBe(SUGGESTION.text);
    await page.getByText('11 addresses.').first().waitFor();
    await field.fill('nonsense');
    await page.getByText('“nonsense” is no address or range.').first().waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await button(page, 'Continue').isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await asked('planInstall')).toEqual([]);
    await field.fill('192.168.1.240');
    await page.getByText('192.168.1.240 is written as 192.168.1.240/32.').first().waitFor();
    await page.getByRole('switch', { name: 'Give Traefik an address of its own' }).click();
    expect(await page.getByLabel('Traefik’s address').inputValue()).toBe('192.168.1.240');
    expect(await violations(page)).toEqual([]);
    await button(page, 'Continue').click();
    await heading(page, 'What will be done').waitFor();
    expect(await asked('planInstall')).toEqual([[{ addresses: '192.168.1.240/32', pin: '192.168.1.240' }]]);
    await context.close();
  });

  it('are still there for somebody who leaves and comes back', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-ready', 'setup');
    await button(page, 'Continue').click();
    await page.getByLabel('Addresses', { exact: true }).fill('192.168.1.99');
    await button(page, 'Leave for now').click();
    await button(page, 'Set up MetalLB').click();
    expect(await page.getByLabel('Addresses', { exact: true }).inputValue()).toBe('192.168.1.99');
    await context.close();
  });
});

it('Traefik’s own address stays as it is where the addresses of MetalLB are changed', async () => {
  const { context, page, show, asked } = await openWindow();
  await show('ours', 'load-balancer');
  await button(page, 'Change addresses').click();
  await heading(page, 'Change the addresses of MetalLB').waitFor();
  await expect.poll(() => page.getByLabel('Traefik’s address').inputValue()).toBe('192.168.1.240');
  await button(page, 'Continue').click();
  await heading(page, 'What will be done').waitFor();
  expect(await asked('planInstall')).toEqual([[{ addresses: SUGGESTION.text, pin: '192.168.1.240' }]]);
  await context.close();
});

describe('an installation', () => {
  it('tells each step, and its end, to those who hear it', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-installing', '');
    await heading(page, 'Installing MetalLB').waitFor();
    const running = page.getByRole('listitem').filter({ hasText: 'Controller and speakers' });
    expect(await running.textContent()).toMatch(/30 s.*Running/);
    await page.clock.setFixedTime(NOW + 5_000);
    // It ticks once a second.
    await expect.poll(() => running.textContent(), { timeout: 10_000 }).toContain('35 s');
    const steps = PHASES.installing.steps.map(step =>
      step.id === 'pods' ? { ...step, state: 'done' as const, endedAt: NOW } : step,
    );
    await install(page, { ...PHASES.installing, steps });
    await expect.poll(() => page.locator('[role=status]').allTextContents()).toContain('Controller and speakers: Done');
    await button(page, 'Cancel').click();
    expect(await asked('cancelInstall')).toHaveLength(1);
    await install(page, PHASES.failed);
    await page.getByRole('alert').getByText('See whether the nodes have a way to the internet').waitFor();
    await context.close();
  });

  it('that failed is retried with the same wish, copied or rolled back', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-failed', '');
    await page.getByText('Log (3 lines)').click();
    expect(await violations(page)).toEqual([]);
    await button(page, 'Copy log').click();
    expect((await asked('copyText'))[0]?.[0]).toMatch(
      /Controller and speakers: Failed ImagePullBackOff.*Pulling image/s,
    );
    await button(page, 'Roll back').click();
    expect(await asked('rollBack')).toHaveLength(1);
    await button(page, 'Try again').click();
    expect(await asked('install')).toEqual([[PHASES.failed.wish]]);
    await heading(page, 'Installing MetalLB').waitFor();
    await context.close();
  });

  it('of which only the address does not answer is kept as it is, and the hosts file is next', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-failed', '');
    expect(await button(page, 'Keep it as it is').count()).toBe(0);
    await install(page, { ...PHASES.failed, canBeKept: true });
    expect(await violations(page)).toEqual([]);
    await button(page, 'Keep it as it is').click();
    expect(await asked('keepInstallation')).toHaveLength(1);
    await heading(page, 'MetalLB is not installed yet').waitFor();
    await install(page, { ...PHASES.failed, phase: 'idle' });
    expect(await current(page).textContent()).toContain('Hosts file');
    await context.close();
  });

  it('of which nobody knows the wish any more asks for the addresses once more', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-stopped', '');
    const { wish: _, ...stopped } = PHASES.stopped;
    await install(page, { ...stopped, wish: undefined } as unknown as InstallerView);
    await button(page, 'Choose addresses again').click();
    await heading(page, 'Which addresses may MetalLB give?').waitFor();
    await context.close();
  });

  it('that was cut off is pointed out, and goes on with addresses chosen once more, or back', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-unfinished', '');
    await heading(page, 'An installation was not finished').waitFor();
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(0);
    await button(page, 'Choose addresses again').click();
    await heading(page, 'Which addresses may MetalLB give?').waitFor();
    await button(page, 'Leave for now').click();
    await page.keyboard.press('Control+4');
    await page.getByText('An installation of MetalLB was not finished').waitFor();
    await button(page, 'Roll back').click();
    expect(await asked('rollBack')).toHaveLength(1);
    expect(await asked('install')).toEqual([]);
    await install(page, PHASES['rolling-back']);
    await heading(page, 'Rolling back').waitFor();
    await context.close();
  });

  it('that was rolled back begins again with the checks', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-rolled-back', '');
    await button(page, 'Start again').click();
    await heading(page, 'Checking homelab').waitFor();
    expect(await asked('resetInstaller')).toHaveLength(1);
    await context.close();
  });

  it('goes on without its wizard, which is found again under Load balancer', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-installing', '');
    await button(page, 'Leave for now').click();
    await heading(page, 'Traefik has no address yet').waitFor();
    await page.keyboard.press('Control+4');
    await button(page, 'Show how it goes').click();
    await heading(page, 'Installing MetalLB').waitFor();
    await context.close();
  });
});

describe('the hosts file', () => {
  it('is written when it is told to, with the question announced before', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('wizard-installed', '');
    await button(page, 'Continue').click();
    await heading(page, 'Write the names into your hosts file').waitFor();
    await page.getByText('Only an administrator may write this file.').waitFor();
    expect(await page.getByRole('list', { name: 'What changes' }).getByRole('listitem').count()).toBe(2);
    expect(await violations(page)).toEqual([]);
    await patch(page, { consents: [{ domain: 'home.lan', names: 2 }] });
    await page.getByText('Names under home.lan are not the cluster’s own.').waitFor();
    expect(await asked('syncNow')).toEqual([]);
    await button(page, 'Sync hosts').click();
    expect(await asked('syncNow')).toEqual([[false]]);
    await button(page, 'Not now').click();
    await page.getByText('2 changes still wait to be written').waitFor();
    await context.close();
  });
});

describe('load balancer', () => {
  it('changes the addresses of ours, and removes it only after a question', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('ours', 'load-balancer');
    await button(page, 'Remove…').click();
    await page.getByText('First its addresses are withdrawn').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await asked('removeMetallb')).toEqual([]);
    await button(page, 'Remove…').click();
    await button(page, 'Remove it').click();
    expect(await asked('removeMetallb')).toHaveLength(1);
    await button(page, 'Change addresses').click();
    await heading(page, 'Change the addresses of MetalLB').waitFor();
    await context.close();
  });

  it('leaves somebody else’s alone', async () => {
    const { context, page, show } = await openWindow();
    await show('ok', 'load-balancer');
    await heading(page, 'MetalLB is ready').waitFor();
    expect(await page.locator('main header').getByRole('button').count()).toBe(0);
    await context.close();
  });

  it('shows how a removal goes, and tries one again that failed', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('removal-failed', 'load-balancer');
    await heading(page, 'MetalLB is not removed yet').waitFor();
    await button(page, 'Try again').click();
    expect(await asked('removeMetallb')).toHaveLength(1);
    await install(page, PHASES.removed);
    await page.getByText('K3s’ ServiceLB is still off.').waitFor();
    await button(page, 'Look at the hosts file').click();
    await page.waitForFunction(() => document.title === 'Hosts file - Cluster Hosts');
    expect(await asked('resetInstaller')).toHaveLength(1);
    await context.close();
  });
});

describe('who comes by', () => {
  it('is led to the wizard once on the first run, and left in peace afterwards', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-connect', '');
    await button(page, 'Leave for now').click();
    await heading(page, 'Traefik has no address yet').waitFor();
    const { traefik } = (STATES.ok as Snapshot).state;
    await patch(page, { traefik });
    await patch(page, { traefik: (STATES['wizard-connect'] as Snapshot).state.traefik });
    await heading(page, 'Traefik has no address yet').waitFor();
    expect(await current(page).count()).toBe(0);
    await context.close();
  });

  it('has the wizard while there is no cluster, and goes on in it when there is one', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-kubeconfig', 'overview');
    await heading(page, 'Where is your cluster?').waitFor();
    expect(await current(page).textContent()).toContain('Connect');
    const { cluster } = (STATES.ok as Snapshot).state;
    await patch(page, { setup: undefined, cluster, status: 'ok' });
    await heading(page, 'Connected to homelab').waitFor();
    await context.close();
  });

  it('who has seen it is only asked the question, beside the sections', async () => {
    const { context, page, show } = await openWindow();
    await show('setup-kubeconfig', 'overview');
    await heading(page, 'Where is your cluster?').waitFor();
    expect(await page.getByRole('navigation', { name: 'Sections' }).count()).toBe(1);
    expect(await current(page).count()).toBe(0);
    await context.close();
  });
});
