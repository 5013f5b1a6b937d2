import { valuesOf } from '../detect/flags.ts';
import { isServiceLbOn } from '../detect/service-lb.ts';
import type { Survey } from '../survey.ts';
import { type Check, type Finding, surveyCheck } from './world.ts';

/** K3s takes the files of this folder after its config file, and adds to a list where its key ends with a plus. */
const FOLDER = '/etc/rancher/k3s/config.yaml.d';

/** The file on a server that switches ServiceLB off, where it was made as told here. */
export const NO_SERVICE_LB = `${FOLDER}/no-servicelb.yaml`;

const RESTART = 'sudo systemctl restart k3s';

/** With both on, they keep writing their addresses over each other's. */
export const serviceLb: Check = surveyCheck('servicelb', 'ServiceLB of K3s', survey => {
  const { isK3s, serviceLb: found, forbidden, nodes } = survey;
  if (isServiceLbOn(found)) return { state: 'blocked', ...howToSwitchOff(survey) };
  if (['nodes', 'daemonsets.apps'].some(kind => forbidden.includes(kind))) {
    const detail = 'Whether it is on cannot be told: nodes or DaemonSets may not be read.';
    return { state: 'attention', detail };
  }
  if (!isK3s) return { state: 'ready', detail: 'This is not K3s, so there is none.' };
  const untold = nodes.filter(({ isServer, args }) => isServer && args === undefined).map(({ name }) => name);
  return untold.length === 0
    ? { state: 'ready', detail: 'It is off on every server.' }
    : { state: 'ready', detail: `None of it is seen; ${untold.join(', ')} does not tell how it was started.` };
});

function howToSwitchOff({ serviceLb: { serversOn }, nodes }: Survey): Omit<Finding, 'state'> {
  const servers = serversOn.length > 0 ? serversOn : nodes.filter(({ isServer }) => isServer).map(({ name }) => name);
  // Values of the command line replace those of the files.
  const disabling = nodes.filter(
    ({ name, args }) => servers.includes(name) && valuesOf('--disable', args ?? []).length > 0,
  );
  const already =
    disabling.length === 0
      ? ''
      : ` ${disabling.map(({ name }) => name).join(', ')} switches off other parts already: where that is said in K3s’ service and not in its config file, add "--disable servicelb" there instead.`;
  return {
    detail: `It is on${serversOn.length > 0 ? ` (${serversOn.join(', ')})` : ''}: it and MetalLB would fight over the addresses.`,
    fix: {
      text: `Switch it off on every server, one after the other; Services keep their addresses until MetalLB gives them others.${already}`,
      lines: servers.flatMap(server => [`# on ${server}:`, ...switchOff()]),
    },
  };
}

function switchOff(): readonly string[] {
  return [`sudo mkdir -p ${FOLDER}`, `printf 'disable+:\\n  - servicelb\\n' | sudo tee ${NO_SERVICE_LB}`, RESTART];
}
