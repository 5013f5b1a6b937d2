import type { RawObject } from '../../cluster/object-api.ts';
import { plainText, saying } from '../../cluster/plain-text.ts';
import { list, record, text } from '../../cluster/raw.ts';

/** More of a container's last words helps nobody. */
const MAX_SAID = 160;

/**
 * Why pods are not ready, each reason once, in Kubernetes' words: `ImagePullBackOff: Back-off pulling image "…"`,
 * `Unschedulable: 0/4 nodes are available`. Empty for pods that are ready, or only starting.
 */
export function waitingOf(pods: readonly RawObject[]): readonly string[] {
  return [...new Set(pods.flatMap(pod => [...placing(pod), ...containers(pod)]))];
}

function placing(pod: RawObject): readonly string[] {
  const scheduled = list(record(pod.status).conditions)
    .map(record)
    .find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  return scheduled === undefined ? [] : [joined(text(scheduled.reason) || 'Unschedulable', text(scheduled.message))];
}

function containers(pod: RawObject): readonly string[] {
  const status = record(pod.status);
  return [...list(status.initContainerStatuses), ...list(status.containerStatuses)].flatMap(each =>
    stopped(record(each)),
  );
}

/** What a container said when it last ended says more than how long it is not started again. */
function stopped(container: RawObject): readonly string[] {
  const { waiting, terminated } = record(container.state);
  const restarts = typeof container.restartCount === 'number' ? container.restartCount : 0;
  const last = ending(record(record(container.lastState).terminated));
  const reason = text(record(waiting).reason);
  if (reason !== '') {
    const again = restarts > 0 ? `restarted ${restarts} ${restarts === 1 ? 'time' : 'times'}` : '';
    const why = last || text(record(waiting).message);
    return [joined(reason, [again, why].filter(part => part !== '').join(', '))];
  }
  if (container.ready === true) return [];
  const end = ending(record(terminated));
  if (end !== '' && record(terminated).exitCode !== 0) return [joined('Terminated', end)];
  return restarts > 0 && last !== '' ? [joined('NotReady', `restarted ${restarts} times, ${last}`)] : [];
}

/** `OOMKilled`, `exit code 1: panic: …`. */
function ending({ reason, exitCode, message }: RawObject): string {
  const said = plainText(text(message), MAX_SAID);
  const how = text(reason) !== '' && reason !== 'Error' ? text(reason) : '';
  const code = typeof exitCode === 'number' ? `exit code ${exitCode}` : '';
  const end = how || code;
  return said === '' ? end : `${end || 'ended'}: ${said}`;
}

function joined(reason: string, message: string): string {
  const said = plainText(message, MAX_SAID * 2);
  return said === '' ? plainText(reason, 60) : `${plainText(reason, 60)}: ${said}`;
}

const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/^(ImagePullBackOff|ErrImagePull|RegistryUnavailable)\b/, 'The image cannot be pulled'],
  [/^(InvalidImageName|ErrImageNeverPull|ImageInspectError)\b/, 'The image cannot be used'],
  [/^CrashLoopBackOff\b/, 'It crashes again and again'],
  [/^OOMKilled\b/, 'It needs more memory than it gets'],
  [/^(Terminated|NotReady)\b/, 'It runs, but does not get ready'],
  [/^Unschedulable\b/, 'No node has room for it'],
  [/^SchedulingGated\b/, 'It is held back from being placed on a node'],
  [/^CreateContainerConfigError\b/, 'Something that it needs is missing'],
  [/^(CreateContainerError|RunContainerError|StartError|ContainerCannotRun)\b/, 'It cannot be started'],
  [/^(ContainerCreating|PodInitializing)\b/, 'It is being started'],
];

/** One of `waitingOf`'s texts as a sentence for people; what is not known is told as it is. */
export function explainWaiting(reason: string): string {
  const known = MEANINGS.find(([pattern]) => pattern.test(reason));
  if (known === undefined) return `It is not ready${saying(reason)}`;
  const [pattern, meaning] = known;
  return `${meaning}${saying(reason.replace(pattern, '').replace(/^:\s*/, ''))}`;
}
