/** At the door of every call: who is it, and is it not asking too much? The one place where a call is let in. */
import { KnooppuntFout } from '../fouten.ts';
import type { Clientcertificaat } from './certificaat.ts';
import type { Aanmelding, Client } from './clients.ts';
import { Emmers } from './emmers.ts';
import type { Mislukkingen } from './mislukkingen.ts';

/** What a call shows of its caller. */
export interface Aanroep {
  readonly authorization: string | undefined;
  /** Of the connection, checked by TLS. */
  readonly certificaat: Clientcertificaat | undefined;
  readonly adres: string;
  /** The door itself writes an audit line of every call that is refused. */
  readonly eigenRegel: boolean;
}

export interface Portieropties {
  readonly aanmelding: Aanmelding;
  readonly mislukkingen: Mislukkingen;
  /** Per client; 0: no limit. */
  readonly verzoekenPerSeconde: number;
}

const seconden = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

export class Portier {
  readonly #aanmelding: Aanmelding;
  readonly #mislukkingen: Mislukkingen;
  readonly #emmers: Emmers;
  /** A client that asks too much has one audit line a minute of it. */
  readonly #gemeld = new Emmers(1 / 60);

  constructor({ aanmelding, mislukkingen, verzoekenPerSeconde }: Portieropties) {
    this.#aanmelding = aanmelding;
    this.#mislukkingen = mislukkingen;
    this.#emmers = new Emmers(verzoekenPerSeconde);
  }

  /**
   * @returns the client
   * @throws KnooppuntFout nietAangemeld, teVeelMislukt or teVeelVerzoeken
   */
  async laatBinnen({ authorization, certificaat, adres, eigenRegel }: Aanroep): Promise<Client> {
    const client = await this.#aanmelding.herken(authorization, certificaat);
    if (client) {
      await this.eisMaat(client.id);
      return client;
    }
    // Who shows nothing guesses nothing.
    if (authorization === undefined && !certificaat) throw new KnooppuntFout('nietAangemeld');
    const weg = authorization === undefined ? 'certificaat' : 'token';
    const wacht = await this.#mislukkingen.slechtToken({ adres, weg }, !eigenRegel);
    if (wacht > 0) throw new KnooppuntFout('teVeelMislukt', undefined, { naSeconden: seconden(wacht) });
    throw new KnooppuntFout('nietAangemeld');
  }

  /** @throws KnooppuntFout teVeelVerzoeken when this client has made too many */
  async eisMaat(client: string): Promise<void> {
    const wacht = this.#emmers.neem(client);
    if (wacht === 0) return;
    if (this.#gemeld.neem(client) === 0)
      await this.#mislukkingen.boek({
        gebeurtenis: 'toegang geweigerd',
        actor: client,
        namens: null,
        resultaat: 'teVeelVerzoeken',
        berichtId: null,
      });
    throw new KnooppuntFout('teVeelVerzoeken', undefined, { naSeconden: seconden(wacht) });
  }
}
