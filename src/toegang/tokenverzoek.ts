/** What a call to the token endpoint asks, taken apart: by which way the client says who it is, and for what. Pure; nothing is checked yet. */

import { ASSERTIETYPE, clientVanAssertie } from './assertie.ts';
import type { Clientcertificaat } from './certificaat.ts';

/** Error codes of RFC 6749 5.2, with their HTTP status. */
export const TOKENFOUTEN = {
  invalid_request: { status: 400, uitleg: 'Het verzoek mist een onderdeel, of heeft er een dubbel of te veel.' },
  invalid_client: { status: 401, uitleg: 'De client is niet bekend, of wat zij toont klopt niet.' },
  invalid_scope: { status: 400, uitleg: 'De gevraagde scope is er niet, of niet voor deze client.' },
  unsupported_grant_type: { status: 400, uitleg: 'Alleen grant_type client_credentials wordt ondersteund.' },
  temporarily_unavailable: { status: 429, uitleg: 'Te veel verzoeken, of te vaak verkeerd aangemeld; wacht even.' },
} as const;
export type Tokenfoutcode = keyof typeof TOKENFOUTEN;

export class Tokenfout extends Error {
  readonly code: Tokenfoutcode;
  readonly naSeconden: number | undefined;

  constructor(code: Tokenfoutcode, naSeconden?: number) {
    super(TOKENFOUTEN[code].uitleg);
    this.code = code;
    this.naSeconden = naSeconden;
  }
}

export interface Tokenaanroep {
  readonly authorization: string | undefined;
  /** The form, as it was sent. */
  readonly formulier: string;
  readonly certificaat: Clientcertificaat | undefined;
  readonly adres: string;
}

export type Bewijs =
  | { readonly weg: 'secret'; readonly geheim: string }
  | { readonly weg: 'private_key_jwt'; readonly assertie: string }
  | { readonly weg: 'tls_client_auth'; readonly certificaat: Clientcertificaat };

export interface Tokenverzoek {
  /** Who the client says that it is. */
  readonly naam: string;
  readonly bewijs: Bewijs;
  readonly scope: string | undefined;
}

/** Longer than any id, secret or statement. */
const MAX_NAAM = 64;
const MAX_GEHEIM = 512;

function velden(formulier: string): ReadonlyMap<string, string> {
  const paren = [...new URLSearchParams(formulier)].filter(([, waarde]) => waarde !== '');
  if (new Set(paren.map(([naam]) => naam)).size < paren.length) throw new Tokenfout('invalid_request');
  return new Map(paren);
}

/** @returns id and secret of a Basic header, each form-encoded in it (RFC 6749 2.3.1) */
function leesBasic(authorization: string): readonly [string, string] {
  const code = /^Basic ([A-Za-z0-9+/]{1,1024}={0,2})$/i.exec(authorization)?.[1];
  const tekst = code === undefined ? '' : Buffer.from(code, 'base64').toString('utf8');
  const punt = tekst.indexOf(':');
  if (punt < 1) throw new Tokenfout('invalid_client');
  const los = (deel: string): string => new URLSearchParams(`d=${deel.replaceAll('&', '%26')}`).get('d') ?? '';
  return [los(tekst.slice(0, punt)), los(tekst.slice(punt + 1))];
}

/** Every way in which the call says who it is; by RFC 6749 2.3 there may be one. */
function bewijzen({ authorization, certificaat }: Tokenaanroep, veld: ReadonlyMap<string, string>) {
  const gevonden: { readonly naam: string | undefined; readonly bewijs: Bewijs }[] = [];
  const naam = veld.get('client_id');
  const geheim = veld.get('client_secret');
  const assertie = veld.get('client_assertion');
  if (authorization !== undefined) {
    const [id, wachtwoord] = leesBasic(authorization);
    gevonden.push({ naam: id, bewijs: { weg: 'secret', geheim: wachtwoord } });
  }
  if (geheim !== undefined) gevonden.push({ naam, bewijs: { weg: 'secret', geheim } });
  if (assertie !== undefined || veld.has('client_assertion_type')) {
    if (assertie === undefined || veld.get('client_assertion_type') !== ASSERTIETYPE)
      throw new Tokenfout('invalid_request');
    gevonden.push({ naam: clientVanAssertie(assertie), bewijs: { weg: 'private_key_jwt', assertie } });
  }
  if (gevonden.length === 0 && certificaat) gevonden.push({ naam, bewijs: { weg: 'tls_client_auth', certificaat } });
  return gevonden;
}

/** @throws Tokenfout when the call is not one for a token, or does not say once who it is */
export function leesTokenverzoek(aanroep: Tokenaanroep): Tokenverzoek {
  const veld = velden(aanroep.formulier);
  if (!veld.has('grant_type')) throw new Tokenfout('invalid_request');
  if (veld.get('grant_type') !== 'client_credentials') throw new Tokenfout('unsupported_grant_type');
  const [eerste, tweede] = bewijzen(aanroep, veld);
  if (tweede) throw new Tokenfout('invalid_request');
  if (!eerste?.naam || eerste.naam.length > MAX_NAAM) throw new Tokenfout('invalid_client');
  const { naam, bewijs } = eerste;
  if ((veld.get('client_id') ?? naam) !== naam) throw new Tokenfout('invalid_request');
  if (bewijs.weg === 'secret' && bewijs.geheim.length > MAX_GEHEIM) throw new Tokenfout('invalid_client');
  return { naam, bewijs, scope: veld.get('scope') };
}
