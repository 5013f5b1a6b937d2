import type { Page } from '@playwright/test';
import { describe, it } from 'vitest';
import type { AppState, Snapshot } from '../../preload/contract.ts';
import { phases } from '../renderer/installer-views.ts';
import type { FakeApi } from '../renderer/preview/fake-api.ts';
import { windowOpener } from '../renderer/preview/opened.ts';
import { NOW, STATES } from '../renderer/states.ts';
import { expect } from './patient.ts';

/** The window for whoever sees no pointer, or no window at all. */
const openWindow = windowOpener();

const patch = (page: Page, state: Partial<AppState>) =>
  page.evaluate(change => (window as unknown as { fake: FakeApi }).fake.patch({ state: change }), state);

const ok = () => (STATES.ok as Snapshot).state;

describe('the focus', () => {
  it('stays on the button while the hosts file is synced, and goes to the heading with it', async () => {
    const { context, page, show } = await openWindow();
    const sync = page.getByRole('button', { name: 'Sync hosts' });
    for (const screen of ['overview', 'hosts-file'] as const) {
      await show('pending', screen);
      await sync.focus();
      await page.keyboard.press('Enter');
      await patch(page, { status: 'applying' });
      await expect(sync).toHaveAttribute('aria-busy', 'true');
      await expect(sync).toBeFocused();
      await patch(page, ok());
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    }
    await context.close();
  });

  it('stays where the button is still there, whatever else comes and goes', async () => {
    const { context, page, show } = await openWindow();
    await show('pending', 'overview');
    const sync = page.getByRole('button', { name: 'Sync hosts' });
    await sync.focus();
    for (const status of ['conflict', 'applying', 'write-failed', 'pending'] as const) {
      await patch(page, { status });
      await expect(
        page.getByRole('button', { name: status === 'write-failed' ? 'Try again' : 'Sync hosts' }),
      ).toBeFocused();
    }
    await context.close();
  });

  it('goes to the heading when what an installation offers changes, which is told', async () => {
    const { context, page, show } = await openWindow();
    await show('wizard-installing', 'setup');
    const heading = page.getByRole('heading', { level: 1 });
    const { cancelling, stopped } = phases(NOW);
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await patch(page, { installer: cancelling });
    await expect(heading).toBeFocused();
    await patch(page, { installer: stopped });
    await expect(heading).toHaveText('Stopped before the end');
    await expect(page.getByRole('status')).toHaveText(/Stopped before the end/);
    await context.close();
  });

  it('goes back from a question to where it came from', async () => {
    const { context, page, show } = await openWindow();
    await show('ok', 'settings');
    const remove = page.getByRole('button', { name: 'Remove all entries…' });
    // Not even for a moment: the sheet would move to its top.
    const heading = page.getByRole('heading', { level: 1 });
    await heading.evaluate(it => it.addEventListener('focus', () => it.setAttribute('data-had-it', '')));
    for (const answer of ['Cancel', 'Remove them']) {
      await remove.click();
      await page.getByRole('button', { name: answer }).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(remove).toBeFocused();
      await expect(heading).not.toHaveAttribute('data-had-it');
    }
    await context.close();
  });

  it('is nobody’s where the user has left it', async () => {
    const { context, page, show } = await openWindow();
    await show('pending', 'overview');
    const sync = page.getByRole('button', { name: 'Sync hosts' });
    await sync.focus();
    await sync.blur();
    await patch(page, ok());
    await expect(page.getByRole('button', { name: 'Check now' })).toBeVisible();
    await expect(page.locator('body')).toBeFocused();
    await context.close();
  });
});

describe('what is read out', () => {
  it('is read out once more where it happens once more', async () => {
    const { context, page, show } = await openWindow();
    await show('ok', 'overview');
    const status = page.getByRole('status');
    const copies = page.getByRole('button', { name: /^Copy the address/ });
    await copies.nth(0).click();
    await expect(status).toHaveText('Copied');
    // A screen reader reads what is put into the region, not what is in it.
    await status.evaluate(region => {
      const count = (changes: readonly MutationRecord[]) => {
        const added = changes.reduce((sum, { addedNodes }) => sum + addedNodes.length, 0);
        region.setAttribute('data-added', String(added));
      };
      new MutationObserver(count).observe(region, { childList: true });
    });
    await copies.nth(1).click();
    await expect(status).toHaveAttribute('data-added', '1');
    await expect(status).toHaveText('Copied');
    await context.close();
  });
});
