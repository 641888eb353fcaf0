/**
 * The token endpoint: who is this client, and what may its token be good for? Whoever fails hears the same after the same time, whatever was
 * wrong: also when there is no such client.
 */
import { setTimeout as wacht } from 'node:timers/promises';
import type { Verbinding } from '../opslag/database.ts';
import { controleerAssertie } from './assertie.ts';
import { afdruk } from './certificaat.ts';
import { isGeheim, schijn } from './geheim.ts';
import type { Mislukkingen } from './mislukkingen.ts';
import type { Portier } from './portier.ts';
import type { Clientregister, Geregistreerd } from './register.ts';
import { leesTokenverzoek, type Tokenaanroep, Tokenfout, type Tokenverzoek } from './tokenverzoek.ts';
import { GELDIG_S, SCOPES, type Scope, scopesVan, type Uitgever } from './uitgever.ts';

/** A refusal is not given sooner; longer than any of the checks takes. */
const NIET_EERDER_MS = 300;

export interface Tokenloketopties {
  readonly uitgever: Uitgever;
  readonly register: Clientregister;
  readonly mislukkingen: Mislukkingen;
  readonly portier: Pick<Portier, 'eisMaat'>;
  readonly verbinding: Verbinding;
}

export interface Tokenantwoord {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
}

/** @returns what the token is good for: what was asked, or all there is for this client */
function kiesScopes(client: Geregistreerd, gevraagd: string | undefined): readonly Scope[] {
  const mag = scopesVan(client);
  if (gevraagd === undefined) return mag;
  const namen = new Set(gevraagd.split(' '));
  const gekozen = SCOPES.filter((scope) => namen.has(scope) && mag.includes(scope));
  if (gekozen.length < namen.size) throw new Tokenfout('invalid_scope');
  return gekozen;
}

export class Tokenloket {
  readonly #opties: Tokenloketopties;

  constructor(opties: Tokenloketopties) {
    this.#opties = opties;
  }

  /** The issuer, for who wants to know its keys and its address. */
  get uitgever(): Uitgever {
    return this.#opties.uitgever;
  }

  /**
   * @returns a token
   * @throws Tokenfout; KnooppuntFout teVeelVerzoeken or tijdelijkNietBeschikbaar; the error of the database
   */
  async vraag(aanroep: Tokenaanroep): Promise<Tokenantwoord> {
    const { uitgever, mislukkingen, portier } = this.#opties;
    const nietEerder = wacht(NIET_EERDER_MS, undefined, { ref: false });
    try {
      const verzoek = leesTokenverzoek(aanroep);
      const client = await this.#meldAan(verzoek, aanroep);
      await portier.eisMaat(client.id);
      const scopes = kiesScopes(client, verzoek.scope);
      const x5t = aanroep.certificaat && afdruk(aanroep.certificaat);
      const token = await uitgever.geefUit({ client: client.id, scopes, x5t });
      const scope = scopes.join(' ');
      await mislukkingen.boek({
        gebeurtenis: 'token uitgegeven',
        actor: client.id,
        namens: null,
        resultaat: verzoek.bewijs.weg,
        berichtId: null,
        details: { scope, gebonden: x5t ? 'ja' : 'nee' },
      });
      return { access_token: token, token_type: 'Bearer', expires_in: GELDIG_S, scope };
    } catch (fout) {
      if (fout instanceof Tokenfout && fout.code === 'invalid_client') await nietEerder;
      throw fout;
    }
  }

  async #meldAan(verzoek: Tokenverzoek, { adres }: Tokenaanroep): Promise<Geregistreerd> {
    const { mislukkingen, register } = this.#opties;
    const { naam, bewijs } = verzoek;
    const wachtMs = mislukkingen.wachtVoorToken(adres, naam);
    if (wachtMs > 0) throw new Tokenfout('temporarily_unavailable', Math.ceil(wachtMs / 1000));
    const client = await this.#bewezen(verzoek);
    if (client) {
      mislukkingen.welToken(adres, client.id);
      return client;
    }
    const bekend = await register.vind(naam);
    await mislukkingen.geenToken({ adres, naam, client: bekend?.id, weg: bewijs.weg });
    throw new Tokenfout('invalid_client');
  }

  async #bewezen({ naam, bewijs }: Tokenverzoek): Promise<Geregistreerd | undefined> {
    const { register, uitgever, verbinding } = this.#opties;
    if (bewijs.weg === 'private_key_jwt')
      return controleerAssertie(
        { register, verbinding, audiences: [uitgever.naam, uitgever.tokenAdres] },
        bewijs.assertie,
      );
    const client = await register.vind(naam);
    if (bewijs.weg === 'tls_client_auth') {
      const houder = await register.vanCertificaat(bewijs.certificaat);
      return houder && houder.id === client?.id ? houder : undefined;
    }
    const nu = Date.now();
    const geldig = (client?.geheimen ?? []).filter(({ vervaltOp }) => vervaltOp === null || vervaltOp > nu);
    if (geldig.length === 0) await schijn(bewijs.geheim);
    for (const { hash } of geldig) if (await isGeheim(bewijs.geheim, hash)) return client;
    return undefined;
  }
}
