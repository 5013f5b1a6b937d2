import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { judgeUrl } from '../../../main/shell/open-url.ts';

const MANAGED = new Set(['turing-cluster.local', 'grafana.turing-cluster.local']);

test.each([
  ['https://turing-cluster.local', 'https://turing-cluster.local/'],
  ['http://grafana.turing-cluster.local/d/1?x=y', 'http://grafana.turing-cluster.local/d/1?x=y'],
  ['https://GRAFANA.turing-cluster.local', 'https://grafana.turing-cluster.local/'],
  ['https://turing-cluster.local:8443/', 'https://turing-cluster.local:8443/'],
  ['https://metallb.io/', 'https://metallb.io/'],
])('%s is opened', (url, opened) => expect(judgeUrl(url, MANAGED)).toBe(opened));

test.each([
  'https://bank.example/',
  'https://turing-cluster.local.bank.example/',
  'https://turing-cluster.local@bank.example/',
  'https://user:password@turing-cluster.local/',
  'https://bank.example/?turing-cluster.local',
  'https://bank.example#@turing-cluster.local',
  'https://metallb.io/other',
  'file:///etc/passwd',
  'file://turing-cluster.local/share',
  'smb://turing-cluster.local/share',
  'javascript:alert(1)',
  'ms-msdt:/id',
  '//turing-cluster.local/',
  'turing-cluster.local',
  '-x',
  '',
])('%s is not', url => expect(judgeUrl(url, MANAGED)).toBeUndefined());

property.prop([fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' }), fc.constant('https://turing-cluster.local\n.x'))])(
  'what is opened is a web page of a name of ours',
  url => {
    const opened = judgeUrl(url, MANAGED);
    if (opened !== undefined) expect(MANAGED).toContain(new URL(opened).hostname);
  },
);
