import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Gateway, IngressClass, Service } from '../../../main/cluster/objects.ts';
import type { Target } from '../../../main/desired/claim.ts';
import { isTraefik, type Resolved, Targets } from '../../../main/desired/targets.ts';
import { RUNS } from '../../arbitraries.ts';
import { gateway, ingressClass, parent, service, status, traefik } from '../../fixtures/objects.ts';

interface Moment {
  readonly services?: readonly Service[];
  readonly classes?: readonly IngressClass[];
  readonly gateways?: readonly Gateway[];
  readonly allowPublic?: boolean;
}

function targetsOf({ services = [traefik()], classes = [], gateways = [], allowPublic = false }: Moment): Targets {
  const named = new Map(gateways.map(item => [`${item.namespace}/${item.name}`, item]));
  return new Targets({ services: services.filter(isTraefik), classes, gateways: named }, allowPublic);
}

const to = (...addresses: string[]): Target => ({ via: 'addresses', addresses });

/** The addresses, or why there are none. */
const outcome = ({ addresses, problem }: Resolved) => problem?.reason ?? addresses.join(' ');

describe('addresses of a load balancer', () => {
  const forty = Array.from({ length: 40 }, (_, at) => `10.0.1.${40 - at}`);
  test.each([
    ['one', to('10.0.0.71'), '10.0.0.71'],
    ['none yet', to(), 'no-address'],
    ['two families', to('fd00::71', '10.0.0.71'), '10.0.0.71 fd00::71'],
    [
      'by number, not by text',
      to('10.0.0.10', '10.0.0.9', 'fd00::10', 'fd00::9'),
      '10.0.0.9 10.0.0.10 fd00::9 fd00::10',
    ],
    ['the same twice', to('10.0.0.71', '10.0.0.71', 'fd00::1', 'FD00:0::1'), '10.0.0.71 fd00::1'],
    ['forty', to(...forty), forty.toReversed().join(' ')],
    ['a host name only', to('lb.example.com'), 'hostname-target'],
    ['a host name beside an address', to('lb.example.com', '10.0.0.71'), '10.0.0.71'],
    ['no address at all', to('None', '10.0.0.71 '), 'hostname-target'],
    ['half an address', to('10.0.0'), 'bad-address'],
    ['an IPv6 address that is none', to('fd00::g'), 'bad-address'],
    ['a zone', to('fe80::1%eth0'), 'bad-address'],
    ['loopback', to('127.0.0.1'), 'denied-address'],
    ['loopback beside a good one', to('127.0.0.1', '10.0.0.71'), '10.0.0.71'],
    ['cloud metadata', to('169.254.169.254'), 'denied-address'],
    ['a public one', to('8.8.8.8'), 'public-address'],
    ['a public one beside a private one', to('8.8.8.8', '10.0.0.71'), '10.0.0.71'],
  ])('%s', (_title, target, expected) => {
    expect(outcome(targetsOf({}).resolve(target))).toBe(expected);
  });

  test('may be public where the user allows it, never loopback', () => {
    const targets = targetsOf({ allowPublic: true });
    expect(outcome(targets.resolve(to('8.8.8.8', '127.0.0.1')))).toBe('8.8.8.8');
    expect(outcome(targets.resolve(to('127.0.0.1')))).toBe('denied-address');
  });

  test('are what the user typed, public or not', () => {
    expect(outcome(targetsOf({}).resolve({ via: 'typed', address: '8.8.8.8' }))).toBe('8.8.8.8');
  });

  const texts = fc.array(fc.constantFrom('10.0.0.1', '10.0.0.2', 'fd00::1', '', ' ', '10.0.0.1 10.0.0.2', '","', 'x'));
  property.prop([fc.array(texts)], { numRuns: RUNS })('do not depend on what was asked before', asked => {
    const targets = targetsOf({});
    for (const list of asked) expect(targets.resolve(to(...list))).toEqual(targetsOf({}).resolve(to(...list)));
  });
});

describe('Traefik', () => {
  test.each([
    ["K3s' own", [service('traefik', ['10.0.0.9'], { app: 'traefik' }), traefik()], 'kube-system/traefik'],
    ['by label', [service('proxy', [], { app: 'traefik' })], 'default/proxy'],
    ['by name, made by hand', [service('traefik')], 'default/traefik'],
    [
      'the first by namespace',
      [service('traefik', [], { namespace: 'b' }), service('traefik', [], { namespace: 'a' })],
      'a/traefik',
    ],
    ['the first by name', [service('t2', [], { app: 'traefik' }), service('t1', [], { app: 'traefik' })], 'default/t1'],
    ['not one without a load balancer', [traefik([], { type: 'ClusterIP' })], undefined],
    ['not another', [service('nginx', ['10.0.0.9'])], undefined],
    ['none', [], undefined],
  ])('%s', (_title, services, expected) => {
    for (const order of [services, services.toReversed()]) {
      const found = targetsOf({ services: order }).traefik;
      expect(found && `${found.namespace}/${found.name}`).toBe(expected);
    }
  });
});

describe('the Traefik that serves a route', () => {
  const OUTER = traefik(['10.0.0.70']);
  const INNER = service('traefik-inner', ['10.0.0.80'], { namespace: 'inner', app: 'traefik', instance: 'inner' });
  const OTHERS = { controller: 'k8s.io/ingress-nginx' };
  const BOTH = [OUTER, INNER];
  const STANDARD = [ingressClass('traefik', { instance: 'traefik-kube-system', isDefault: true })];
  const NGINX = [ingressClass('nginx', { ...OTHERS, isDefault: true })];

  const ofClass = (className: string, ...own: string[]): Target => ({
    via: 'traefik',
    kind: 'Ingress',
    className,
    own,
  });
  const route = (className: string): Target => ({ via: 'traefik', kind: 'IngressRoute', className, own: [] });

  test.each<[string, Moment, Target, string]>([
    ['of no class', {}, ofClass(''), '10.0.0.70'],
    ['of the class of its name', {}, ofClass('traefik'), '10.0.0.70'],
    ['of its class', { classes: STANDARD }, ofClass('traefik'), '10.0.0.70'],
    ['of a class that nobody has', { classes: STANDARD }, ofClass('nginx'), 'no-address'],
    ['of a class of another controller', { classes: NGINX }, ofClass('nginx'), 'no-address'],
    [
      'of a class by the same instance',
      { services: BOTH, classes: [ingressClass('i', { instance: 'inner' })] },
      ofClass('i'),
      '10.0.0.80',
    ],
    ['of a class called like its Service', { services: BOTH }, ofClass('traefik-inner'), '10.0.0.80'],
    ['of a class without an instance', { services: BOTH, classes: [ingressClass('i')] }, ofClass('i'), '10.0.0.70'],
    [
      'by the default class',
      { services: BOTH, classes: [ingressClass('i', { instance: 'inner', isDefault: true })] },
      ofClass(''),
      '10.0.0.80',
    ],
    ['not by the default class of another', { classes: NGINX }, ofClass(''), 'no-address'],
    ['of Traefik alone, whatever the default class', { classes: NGINX }, route(''), '10.0.0.70'],
    [
      "of Traefik's default class among others",
      { services: BOTH, classes: [...NGINX, ingressClass('i', { instance: 'inner', isDefault: true })] },
      route(''),
      '10.0.0.80',
    ],
    ['of Traefik with a class of another', { classes: NGINX }, route('nginx'), 'no-address'],
    ['where there is none', { services: [] }, route(''), 'no-address'],
    ['that has no address yet', { services: [traefik([])] }, route(''), 'no-address'],
    ['that has a host name', { services: [traefik(['lb.example'])] }, route(''), 'hostname-target'],
    ['that has a public address', { services: [traefik(['8.8.8.8'])] }, route(''), 'public-address'],
    ['with an address of its own', {}, ofClass('traefik', '10.0.0.9'), '10.0.0.9'],
    ['of another class with an address of its own', { classes: NGINX }, ofClass('nginx', '10.0.0.9'), '10.0.0.9'],
    ['of another class with a host name', { classes: NGINX }, ofClass('nginx', 'lb.example'), 'hostname-target'],
    ['of another class with a public address', { classes: NGINX }, ofClass('nginx', '8.8.8.8'), 'public-address'],
    ['with a host name of its own', {}, ofClass('traefik', 'lb.example'), '10.0.0.70'],
    ['with a public address of its own', {}, ofClass('traefik', '8.8.8.8'), '10.0.0.70'],
  ])('%s', (_title, moment, target, expected) => {
    expect(outcome(targetsOf(moment).resolve(target))).toBe(expected);
  });

  test('does not depend on the order of two default classes', () => {
    const two = [ingressClass('b', { instance: 'inner', isDefault: true }), ingressClass('a', { isDefault: true })];
    const answers = [two, two.toReversed()].map(classes =>
      outcome(targetsOf({ services: BOTH, classes }).resolve(ofClass(''))),
    );
    expect(answers).toEqual(['10.0.0.70', '10.0.0.70']);
  });

  test.each<[string, Moment, Target, string]>([
    ['no Traefik', { services: [] }, route(''), 'The cluster has no Traefik.'],
    ['a class', { services: [] }, ofClass('nginx'), 'No Traefik of this cluster serves the class nginx.'],
    ['the default class', { classes: NGINX }, ofClass(''), 'No Traefik of this cluster serves the class nginx.'],
  ])('is missed by %s', (_title, moment, target, message) => {
    expect(targetsOf(moment).resolve(target).problem?.message).toBe(message);
  });
});

describe('the address of a Gateway', () => {
  const own = gateway('web', [''], { status: status('10.0.0.75', 'fd00::75') });
  const via = (...gateways: ReturnType<typeof parent>[]): Target => ({ via: 'gateway', gateways });
  const FOREIGN = { controller: 'example.com/gateway' };

  test.each<[string, Moment, Target, string]>([
    ['its own', { gateways: [own] }, via(parent('web')), '10.0.0.75 fd00::75'],
    ["Traefik's, where it has none", { gateways: [gateway('web', [''])] }, via(parent('web')), '10.0.0.70'],
    [
      "Traefik's, where it has an empty one",
      { gateways: [gateway('web', [''], { status: status('') })] },
      via(parent('web')),
      '10.0.0.70',
    ],
    ["Traefik's, where it may not be read", {}, via(parent('web')), '10.0.0.70'],
    [
      "not Traefik's, where it is another's",
      { gateways: [gateway('web', [''])] },
      via(parent('web', FOREIGN)),
      'no-address',
    ],
    ["its own, where it is another's", { gateways: [own] }, via(parent('web', FOREIGN)), '10.0.0.75 fd00::75'],
    [
      'a host name',
      { gateways: [gateway('web', [''], { status: status('lb.example') })] },
      via(parent('web')),
      'hostname-target',
    ],
    ['of two', { gateways: [own] }, via(parent('web'), parent('edge')), '10.0.0.70 10.0.0.75 fd00::75'],
    ['in another namespace', { gateways: [own] }, via(parent('web', { namespace: 'b', ...FOREIGN })), 'no-address'],
  ])('%s', (_title, moment, target, expected) => {
    expect(outcome(targetsOf(moment).resolve(target))).toBe(expected);
  });
});
