/** helm ended with a failure: `message` is what it printed last. */
export class HelmError extends Error {}
