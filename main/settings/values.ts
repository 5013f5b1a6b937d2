import { isAbsolute } from 'node:path';
import { plainText } from '../cluster/plain-text.ts';
import { judgeAddress } from '../desired/address-policy.ts';
import { canonicalHostname, isSharedSuffix } from '../desired/name-policy.ts';

/** A value in canonical spelling; or what is wrong with it and what to do, as sentences. */
export type Reading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** What the cluster is called: one DNS label; `''` leaves it to the context. */
export function readCluster(text: string): Reading {
  if (text === '') return { ok: true, value: '' };
  const name = canonicalHostname(text);
  if (name.ok && !name.hostname.includes('.')) return { ok: true, value: name.hostname };
  return wrong(
    `The cluster cannot be called ${quoted(text)}.`,
    'Use letters, digits and hyphens, for example turing-cluster.',
  );
}

/** A domain that is not one under which strangers have names; a dot in front is passed over. */
export function readDomain(text: string): Reading {
  const name = canonicalHostname(text.replace(/^\./, ''));
  if (!name.ok) return wrong(`${quoted(text)} is not a domain: ${inside(name.message)}`, 'For example home.arpa.');
  if (!isSharedSuffix(name.hostname)) return { ok: true, value: name.hostname };
  const message = `${name.hostname} is a public suffix, under which strangers have their names.`;
  return wrong(message, 'Name a domain of your own.');
}

export function readHostname(text: string): Reading {
  const name = canonicalHostname(text);
  if (name.ok) return { ok: true, value: name.hostname };
  return wrong(`${quoted(text)} is not a host name: ${inside(name.message)}`, 'For example nas.home.lan.');
}

/** The address of a name typed by hand, which may be public: whoever types it wants it. */
export function readAddress(text: string): Reading {
  const address = judgeAddress(text, true);
  if (address.ok) return { ok: true, value: address.address };
  const message =
    address.reason === 'bad-address'
      ? `${quoted(text)} is not an IP address.`
      : `The address ${text} cannot be used: it is a loopback, link-local, multicast or reserved address.`;
  return wrong(message, 'For example 10.0.0.20.');
}

export function readNamespace(text: string): Reading {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) return { ok: true, value: text };
  return wrong(
    `${quoted(text)} is not a name that a namespace can have.`,
    'Write it as kubectl get namespaces shows it.',
  );
}

/** The path of a file; a relative one would mean another file in every folder that this program is started in. */
export function readPath(text: string): Reading {
  if (isAbsolute(text) && text.length <= 4096 && !text.includes('\0')) return { ok: true, value: text };
  return wrong(`${quoted(text)} is not the full path of a file.`, 'Choose the file, or write its whole path.');
}

/** Of Helm charts: a URL or the full path of a folder; `''` for MetalLB's own. */
export function readRepository(text: string): Reading {
  const isKnown = text === '' || /^(https?|oci):\/\/[^\s]+$/.test(text) || isAbsolute(text);
  if (isKnown && text.length <= 2048 && !text.includes('\0')) return { ok: true, value: text };
  return wrong(
    `${quoted(text)} is no chart repository.`,
    'Write its https:// or oci:// address, or the full path of a folder.',
  );
}

export function readContext(text: string): Reading {
  if (text.length <= 1000) return { ok: true, value: text };
  return wrong('The name of the context is longer than 1000 characters.', 'Choose one that the kubeconfig has.');
}

/** SHA-256, as `describeProgram` gives it. */
export function readDigest(text: string): Reading {
  if (/^[0-9a-f]{64}$/.test(text)) return { ok: true, value: text };
  return wrong(`${quoted(text)} does not stand for a program.`, 'Allow the program again where it is asked for.');
}

const wrong = (message: string, hint: string): Reading => ({ ok: false, message, hint });

const quoted = (text: string) => `"${plainText(text, 80)}"`;

/** A sentence that goes on inside another one. */
const inside = (sentence: string) => sentence.replace(/^(It|A)\b/, word => word.toLowerCase());
