const GONE = '[redacted]';

/** Names of fields whose value is a secret, in YAML, JSON, command lines and queries. */
const NAME =
  /(?:\b|_)[\w-]{0,40}(?:token|password|passwd|passphrase|secret|(?:api|access|private)[_-]?key|(?:client[_-]?key|client[_-]?certificate|certificate[_-]?authority)[_-]?data)["']?/
    .source;

const VALUE = /(\[redacted[^\]]*\]|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|[^\s,;&}\]"']+)/.source;

const RULES: readonly (readonly [RegExp, string])[] = [
  // One that was cut off before its end, too.
  [/-----BEGIN [A-Z0-9 ]{1,40}-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,40}-----|$)/g, '[redacted PEM]'],
  // The same in base64, as kubeconfigs have it.
  [/LS0tLS1CRUdJTi[A-Za-z0-9+/=]*(?:\s+[A-Za-z0-9+/=]{16,})*/g, '[redacted PEM]'],
  [/(\bauthorization["']?\s*[:=])[^\n]*/gi, `$1 ${GONE}`],
  [/\b(bearer|basic|negotiate)[ \t]+[A-Za-z0-9._~+/=:-]+/gi, `$1 ${GONE}`],
  [/\beyJ[A-Za-z0-9_=-]{5,}(?:\.[A-Za-z0-9_=-]*){0,4}/g, GONE],
  // K3s' own.
  [/\bK10[0-9a-f]{64}(?:::[^\s"']*)?/gi, GONE],
  // Up to the last at sign: a password may have one.
  [/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]*@/gi, `$1${GONE}@`],
  // YAML's text on the lines that follow.
  [new RegExp(`(${NAME}\\s*:\\s*)[|>][-+0-9]*[ \\t]*(?:\\n+[ \\t]+[^\\n]*)+`, 'gi'), `$1${GONE}`],
  [new RegExp(`(${NAME}\\s*[:=]\\s*)${VALUE}`, 'gi'), `$1${GONE}`],
  // An option and its value as two words.
  [new RegExp(`(--${NAME}[ \\t,]+)(?!["']?-)${VALUE}`, 'gi'), `$1${GONE}`],
];

/** Text without what lets somebody log in: tokens, keys, certificates, passwords. Rather too much goes than too little. */
export function redact(text: string): string {
  return RULES.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}
