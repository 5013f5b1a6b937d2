/** When passes have been asked for and made; times are milliseconds of one clock. A value: every function gives a new one. */
export interface Schedule {
  /** When the next pass is due; `undefined` while nothing asks for one. */
  readonly dueAt: number | undefined;
  /** Before this no pass begins. */
  readonly notBefore: number;
  /** Passes of late; leaks away with time. */
  readonly pressure: number;
  readonly pressureAt: number;
}

export const IDLE: Schedule = { dueAt: undefined, notBefore: 0, pressure: 0, pressureAt: 0 };

/** So many passes may follow each other closely; a cluster that flaps on gets five a second, the rate of the leak. */
const BURST = 50;
const LEAK_PER_SECOND = 5;
const CALM_MS = 500;

/** A pass is wanted at a time (now, mostly). The first event makes one due; later ones never put it off. */
export function requestPass(schedule: Schedule, at: number): Schedule {
  const dueAt = Math.max(at, schedule.notBefore);
  return { ...schedule, dueAt: Math.min(dueAt, schedule.dueAt ?? dueAt) };
}

/** True when a pass is due. */
export function isDue(schedule: Schedule, now: number): boolean {
  return schedule.dueAt !== undefined && now >= schedule.dueAt;
}

/** A pass begins: what it sees from now on asks for the next one. */
export function beginPass(schedule: Schedule): Schedule {
  return { ...schedule, dueAt: undefined };
}

/** A pass ended that took `duration`: the next one waits as long, and longer where there were very many of late. */
export function endPass(schedule: Schedule, now: number, duration: number): Schedule {
  const leaked = ((now - schedule.pressureAt) / 1000) * LEAK_PER_SECOND;
  const pressure = Math.max(0, schedule.pressure - leaked) + 1;
  const rest = pressure > BURST ? CALM_MS : duration;
  const notBefore = now + rest;
  const dueAt = schedule.dueAt === undefined ? undefined : Math.max(schedule.dueAt, notBefore);
  return { dueAt, notBefore, pressure, pressureAt: now };
}
