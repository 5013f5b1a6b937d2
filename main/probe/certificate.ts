import { checkServerIdentity, type PeerCertificate } from 'node:tls';

/** What OpenSSL says of a certificate whose authority it does not know. */
const UNKNOWN_AUTHORITY = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

type Shown = Pick<PeerCertificate, 'subject' | 'issuer' | 'valid_to' | 'valid_from' | 'subjectaltname'>;

/**
 * The certificate that a server showed, in a sentence: `Its certificate is self-signed (TRAEFIK DEFAULT CERT).` `code`
 * is `authorizationError` of the connection, `''` where all is well. `now` in ms since 1970.
 */
export function describeCertificate(shown: Shown, code: string, hostname: string, now: number): string {
  const [subject, issuer] = [nameIn(shown.subject), nameIn(shown.issuer)];
  // Traefik's own stands for every name: that it does not match says nothing.
  const isSelfSigned = subject === issuer && code !== '';
  const clauses = [
    isSelfSigned ? `self-signed (${subject})` : `by ${issuer}${isUnknown(code) ? ', an authority not known here' : ''}`,
    ...(now > Date.parse(shown.valid_to) ? [`expired on ${day(shown.valid_to)}`] : []),
    ...(now < Date.parse(shown.valid_from) ? [`not valid before ${day(shown.valid_from)}`] : []),
    ...(isSelfSigned || isFor(hostname, shown) ? [] : [`for other names (${namesIn(shown)})`]),
  ];
  return `Its certificate is ${clauses.join('; ')}.`;
}

/** What is malformed is for nobody; node throws there. */
function isFor(hostname: string, shown: Shown): boolean {
  try {
    return checkServerIdentity(hostname, shown as PeerCertificate) === undefined;
  } catch {
    return false;
  }
}

const isUnknown = (code: string): boolean => UNKNOWN_AUTHORITY.has(code);

/** The common name, else the organisation. */
function nameIn(who: Shown['subject'] | undefined): string {
  const name = who?.CN ?? who?.O ?? '';
  return plain(String(name)) || 'nobody';
}

function namesIn({ subjectaltname = '', subject }: Shown): string {
  const names = subjectaltname.split(', ').flatMap(each => (each.startsWith('DNS:') ? [each.slice(4)] : []));
  return plain(names.join(', ')) || nameIn(subject);
}

const day = (date: string): string => new Date(date).toISOString().slice(0, 10);

/** Whoever has the address wrote it. */
function plain(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
