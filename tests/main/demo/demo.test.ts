import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { names, startForTest } from './client.ts';

describe('the scenario home', () => {
  test('is a K3s with Traefik, whose Service is recognisable and has the first address', async () => {
    const { client } = await startForTest();
    const { body } = await client.get('/api/v1/services?labelSelector=app.kubernetes.io/name=traefik');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      metadata: { name: 'traefik', namespace: 'kube-system', labels: { 'helm.sh/chart': 'traefik-37.1.1_up37.1.0' } },
      spec: {
        type: 'LoadBalancer',
        ports: [
          { name: 'web', port: 80 },
          { name: 'websecure', port: 443 },
        ],
      },
      status: { loadBalancer: { ingress: [{ ip: '10.0.0.70' }] } },
    });
  });

  test('has four nodes, the server without ServiceLB', async () => {
    const { client } = await startForTest();
    const { items } = (await client.get('/api/v1/nodes')).body;
    expect(items.map(({ status }) => (status as { addresses: { address: string }[] }).addresses[0]?.address)).toEqual([
      '10.0.0.60',
      '10.0.0.61',
      '10.0.0.62',
      '10.0.0.63',
    ]);
    const args: string = items[0]?.metadata.annotations?.['k3s.io/node-args'] ?? '';
    expect(JSON.parse(args)).toEqual(['server', '--disable', 'servicelb']);
  });

  test('has MetalLB installed by its chart, and ready', async () => {
    const { client } = await startForTest();
    const selector = encodeURIComponent('app.kubernetes.io/name=metallb,app.kubernetes.io/component=controller');
    const { items } = (await client.get(`/apis/apps/v1/deployments?labelSelector=${selector}`)).body;
    expect(items).toMatchObject([
      { metadata: { labels: { 'app.kubernetes.io/version': 'v0.15.3' } }, status: { readyReplicas: 1 } },
    ]);
    const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/metallb-webhook-configuration';
    expect((await client.get(path)).status).toBe(200);
  });

  test('has a name of every sort', async () => {
    const { client } = await startForTest();
    const routes = (await client.get('/apis/traefik.io/v1alpha1/ingressroutes')).text;
    expect(routes).toContain('Host(`jellyfin.turing-cluster.local`) || Host(`tv.turing-cluster.local`)');
    expect((await client.get('/apis/traefik.io/v1alpha1/ingressroutetcps')).text).toContain('HostSNI(`');
    const ingresses = (await client.get('/apis/networking.k8s.io/v1/ingresses')).text;
    for (const part of ['*.preview.turing-cluster.local', '/longhorn', 'dash.turing-cluster.local']) {
      expect(ingresses).toContain(part);
    }
    expect(routes).toContain('dash.turing-cluster.local');
    expect((await client.get('/api/v1/services')).text).toContain('pihole.home.lan');
  });
});

test('the scenario empty is a bare K3s whose Traefik waits, and no MetalLB', async () => {
  const { client } = await startForTest({ scenario: 'empty' });
  const { body } = await client.get('/api/v1/services');
  expect(names(body)).toEqual(['kube-system/traefik']);
  expect(body.items[0]?.status).toEqual({ loadBalancer: {} });
  expect((await client.get('/apis/metallb.io/v1beta1/ipaddresspools')).status).toBe(404);
  expect((await client.get('/apis/helm.cattle.io/v1/helmcharts')).status).toBe(200);
  expect((await client.get('/apis/networking.k8s.io/v1/ingresses')).body.items).toEqual([]);
});

test('a thousand Ingresses are there when asked for', async () => {
  const { client } = await startForTest({ ingresses: 1000 });
  const { items } = (await client.get('/apis/networking.k8s.io/v1/namespaces/load/ingresses')).body;
  expect(items).toHaveLength(1000);
  expect(items[999]).toMatchObject({
    spec: { rules: [{ host: 'app-1000.turing-cluster.local' }] },
    status: { loadBalancer: { ingress: [{ ip: '10.0.0.70' }] } },
  });
});

describe('what the addresses of the cluster lead to', () => {
  async function fetchFrom(demo: Demo, address: string, port: number, host: string, path = '/') {
    const options = { ...demo.dial(address, port), path, headers: { host }, rejectUnauthorized: false, agent: false };
    const [response] = await once(port === 443 ? httpsGet(options) : httpGet(options), 'response');
    return { response: response as IncomingMessage, status: response.statusCode, body: await text(response) };
  }

  test.each([80, 443])("Traefik's 404 on port %i, and 200 where something is routed", async port => {
    const { demo } = await startForTest();
    const nothing = await fetchFrom(demo, '10.0.0.70', port, 'turing-cluster.local');
    expect(nothing).toMatchObject({ status: 404, body: '404 page not found\n' });
    expect(nothing.response.headers['content-type']).toMatch(/^text\/plain/);
    for (const name of ['grafana', 'tv', 'home']) {
      expect((await fetchFrom(demo, '10.0.0.70', port, `${name}.turing-cluster.local`)).status).toBe(200);
    }
    expect((await fetchFrom(demo, '10.0.0.70', port, 'turing-cluster.local', '/longhorn/volumes')).status).toBe(200);
  });

  test("HTTPS is under Traefik's default certificate", async () => {
    const { demo } = await startForTest();
    const { response } = await fetchFrom(demo, '10.0.0.70', 443, 'turing-cluster.local');
    expect((response.socket as TLSSocket).getPeerCertificate().subject?.CN).toBe('TRAEFIK DEFAULT CERT');
  });

  test('other Services answer on their ports; addresses and ports of nobody refuse', async () => {
    const { demo } = await startForTest();
    const outcome = async (address: string, port: number) => {
      const socket = connect(demo.dial(address, port));
      try {
        await once(socket, 'connect');
        return 'open';
      } catch (error) {
        return (error as NodeJS.ErrnoException).code;
      } finally {
        socket.destroy();
      }
    };
    expect(await outcome('10.0.0.71', 1883)).toBe('open');
    expect(await outcome('10.0.0.71', 80)).toBe('ECONNREFUSED');
    expect(await outcome('10.0.0.80', 80)).toBe('ECONNREFUSED');
  });
});

test('a port that is taken is an error', async () => {
  const { demo } = await startForTest();
  const port = Number(new URL(demo.url).port);
  await expect(startDemo({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

describe('a process with a demo in it', () => {
  const script = `
    import { once } from 'node:events';
    import { get } from 'node:https';
    import { startDemo } from ${JSON.stringify(new URL('../../../main/demo/demo.ts', import.meta.url).href)};
    const kinds = () => process.getActiveResourcesInfo().filter(kind => !/Pipe|TTY|FS/.test(kind)).sort();
    const before = process.cpuUsage();
    const demo = await startDemo();
    const { user, system } = process.cpuUsage(before);
    const headers = { authorization: \`Bearer \${/token: (.*)/.exec(demo.kubeconfig)[1]}\` };
    const watch = get(demo.url + '/api/v1/services?watch=1', { headers, rejectUnauthorized: false });
    const [response] = await once(watch, 'response');
    const watched = kinds();
    response.destroy();
    while (demo.server.openWatches() > 0) await new Promise(setImmediate);
    demo.story.start(60_000);
    demo.story.stop();
    await new Promise(setImmediate);
    const idle = kinds();
    demo.story.start(60_000);
    await demo.stop();
    await new Promise(setImmediate);
    console.log(JSON.stringify({ cpuMs: (user + system) / 1000, watched, idle, stopped: kinds() }));
  `;

  test('starts at once, has no timer while nobody watches, and exits when the demo stops', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    const { cpuMs, watched, idle, stopped } = JSON.parse(stdout);
    expect(cpuMs).toBeLessThan(100);
    expect(watched).toContain('Timeout');
    expect(idle).toEqual(['TCPServerWrap', 'TCPServerWrap', 'TCPServerWrap']);
    expect(stopped).toEqual([]);
  });
});
