/** What is wrong with what the user typed; the core has the last word, this is for the moment of typing. */
export interface TypedProblems {
  readonly hostname?: 'bad' | 'taken';
  readonly address?: 'bad';
}

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const V4_PART = /^(0|[1-9]\d{0,2})$/;

export function checkTyped(
  hostname: string,
  address: string,
  typed: readonly { readonly hostname: string; readonly address: string }[],
): TypedProblems {
  return {
    ...(!isHostname(hostname)
      ? { hostname: 'bad' }
      : typed.some(name => name.hostname === hostname && name.address === address)
        ? { hostname: 'taken' }
        : {}),
    ...(isAddress(address) ? {} : { address: 'bad' }),
  };
}

/** As it is kept: without the blanks and the dot that come with copied names. */
export function tidyHostname(text: string): string {
  return text.trim().toLowerCase().replace(/\.$/, '');
}

function isHostname(text: string): boolean {
  return text.length <= 253 && text.split('.').every(label => LABEL.test(label)) && !isAddress(text);
}

function isAddress(text: string): boolean {
  return isV4(text) || isV6(text);
}

function isV4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => V4_PART.test(part) && Number(part) < 256);
}

/** The URL parser knows every spelling of an IPv6 address. */
function isV6(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`);
}
