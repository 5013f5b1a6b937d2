import { expect as impatient } from '@playwright/test';

/** Waits for what is to become true for as long as a busy machine may need. */
export const expect = impatient.configure({ timeout: 20_000 });
