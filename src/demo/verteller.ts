/** Speaks to the API of the demo as gemeente and aanbieder would, and tells in Dutch what it sees. */
import { readFileSync } from 'node:fs';

const VOORBEELDEN = new URL('../../voorbeelden/', import.meta.url);

export interface Bewijs {
  readonly berichtId: string;
  readonly referentienummer: string;
  readonly berichtsoort: string;
  readonly status: string;
  readonly omvang: number;
}
export interface Post {
  readonly berichtId: string;
  readonly berichtsoort: string;
  readonly crossReferentienummer: string | null;
  readonly inhoud: string;
}
interface Bevinding {
  readonly regel: string;
  readonly regelnummer: number;
  readonly pad: string;
  readonly melding: string;
  readonly eerder?: readonly { readonly berichtsoort: string; readonly referentienummer: string }[];
}
export interface Stap {
  readonly stap: string;
  readonly tijdstip: string;
  readonly actor: string;
}

/** Bytes of an example message: WMO301, JW323. */
export const voorbeeld = (soort: string): string =>
  readFileSync(new URL(`${soort.startsWith('WMO') ? 'iwmo' : 'ijw'}/3.2/${soort}.xml`, VOORBEELDEN), 'utf8');

/** What stands between these tags of a message, each time. */
export function waarden({ inhoud }: Post, tag: string): readonly string[] {
  const tekst = Buffer.from(inhoud, 'base64').toString('utf8');
  return [...tekst.matchAll(new RegExp(`<(?:\\w+:)?${tag}>([^<]*)<`, 'g'))].map(([, waarde = '']) => waarde);
}

/** Shows the parts of a message that a reader wants to see. */
export function toonXml(post: Post, tags: readonly string[]): void {
  for (const tag of tags) for (const waarde of waarden(post, tag)) console.log(`    ${tag}: ${waarde}`);
}

export class Verteller {
  readonly #adres: string;

  constructor(adres: string) {
    this.#adres = adres;
  }

  async #vraag<T>(
    wie: string,
    methode: string,
    pad: string,
    lijf?: string,
    koppen: Record<string, string> = {},
  ): Promise<T> {
    const antwoord = await fetch(`${this.#adres}${pad}`, {
      method: methode,
      headers: { Authorization: `Bearer demo-${wie}`, ...koppen },
      ...(lijf !== undefined && { body: lijf }),
    });
    if (!antwoord.ok) throw new Error(`${methode} ${pad}: ${antwoord.status}`);
    return (await antwoord.json()) as T;
  }

  #json<T>(wie: string, methode: string, pad: string, lijf: object): Promise<T> {
    return this.#vraag(wie, methode, pad, JSON.stringify(lijf), { 'Content-Type': 'application/json' });
  }

  /** Asks anything, and gives what came, a refusal too. A body that is text goes with its type. */
  async vraagt(
    wie: string,
    methode: string,
    pad: string,
    lijf?: object | string,
    type = 'application/json',
  ): Promise<{ readonly status: number; readonly lijf: unknown }> {
    const antwoord = await fetch(`${this.#adres}${pad}`, {
      method: methode,
      headers: { Authorization: `Bearer demo-${wie}`, ...(lijf !== undefined && { 'Content-Type': type }) },
      ...(lijf !== undefined && { body: typeof lijf === 'string' ? lijf : JSON.stringify(lijf) }),
    });
    return { status: antwoord.status, lijf: await antwoord.json() };
  }

  /** Lets the switch answer for this receiver. */
  async antwoordtVanzelf(code: string, domein: string): Promise<void> {
    await this.#json(code, 'PUT', `/v1/organisaties/${code}/instellingen/${domein}`, { retour: 'knooppunt' });
    console.log(`  ${code} laat het knooppunt antwoorden op ${domein}-berichten (retour: knooppunt).`);
  }

  /** Lets the switch judge by what was sent before, and answer. The dossier of the demo begins before there was anything to send. */
  async houdtDossier(code: string, domein: string): Promise<void> {
    const keuze = { controleniveau: 3, retour: 'knooppunt', dossierVolledigVanaf: '2015-01-01' };
    await this.#json(code, 'PUT', `/v1/organisaties/${code}/instellingen/${domein}`, keuze);
    console.log(
      `  ${code} laat het knooppunt ${domein}-berichten met eerdere berichten vergelijken (niveau 3), en antwoorden.`,
    );
  }

  /** Gives an organisation a StUF endpoint: from now on its post is pushed there. */
  async koppelt(code: string, domein: string, url: string): Promise<void> {
    const reden = 'demonstratie van StUF';
    await this.#json('beheer', 'PUT', `/v1/beheer/organisaties/${code}`, { stuf: { url, gestopt: false }, reden });
    await this.#json(code, 'PUT', `/v1/organisaties/${code}/instellingen/${domein}`, { route: 'stuf' });
    console.log(`  ${code} ontvangt ${domein}-berichten voortaan over StUF, op een eigen adres.`);
  }

  /** Back to the postbus: nobody listens at that address any more. */
  async ontkoppelt(code: string, domein: string): Promise<void> {
    await this.#json(code, 'PUT', `/v1/organisaties/${code}/instellingen/${domein}`, { route: 'postbus' });
  }

  /** Uploads and waits for the outcome. */
  async levert(afzender: string, inhoud: string): Promise<Bewijs> {
    const koppen = { 'Content-Type': 'application/xml', Prefer: 'wait=20', Referentienummer: crypto.randomUUID() };
    const bewijs = await this.#vraag<Bewijs>(afzender, 'POST', '/v1/berichten', inhoud, koppen);
    console.log(`  ${afzender} levert een ${bewijs.berichtsoort} aan (${bewijs.omvang} bytes).`);
    console.log(`    ontvangstbewijs ${bewijs.berichtId}, referentienummer ${bewijs.referentienummer}`);
    console.log(`    uitkomst: ${bewijs.status}`);
    return bewijs;
  }

  /** Leases everything in a postbus, and confirms it. */
  async haaltOp(code: string): Promise<readonly Post[]> {
    const pad = `/v1/postbussen/${code}`;
    const { berichten } = await this.#json<{ berichten: readonly Post[] }>(code, 'POST', `${pad}/ophalingen`, {
      aantal: 20,
      wachtSeconden: 10,
    });
    if (berichten.length === 0) throw new Error(`nothing arrived in postbus ${code}`);
    for (const { berichtsoort, crossReferentienummer } of berichten) {
      console.log(
        `  ${code} haalt een ${berichtsoort} op${crossReferentienummer ? `, antwoord op ${crossReferentienummer}` : ''}.`,
      );
    }
    await this.#json(code, 'POST', `${pad}/bevestigingen`, { berichtIds: berichten.map(({ berichtId }) => berichtId) });
    console.log(
      `  ${code} bevestigt ${berichten.length === 1 ? 'het bericht' : `${berichten.length} berichten`}: de postbus is leeg.`,
    );
    return berichten;
  }

  /** Shows the steps of a message. */
  async volgt(wie: string, { berichtId }: Bewijs): Promise<void> {
    const { stappen } = await this.#vraag<{ stappen: readonly Stap[] }>(wie, 'GET', `/v1/berichten/${berichtId}`);
    for (const { tijdstip, stap, actor } of stappen) console.log(`    ${tijdstip}  ${stap.padEnd(12)} door ${actor}`);
  }

  /** Shows the findings on a message, with the earlier messages that they collide with. */
  async toontBevindingen(wie: string, { berichtId }: Bewijs): Promise<void> {
    const { bevindingen } = await this.#vraag<{ bevindingen: readonly Bevinding[] }>(
      wie,
      'GET',
      `/v1/berichten/${berichtId}/bevindingen`,
    );
    for (const { regel, regelnummer, pad, melding, eerder = [] } of bevindingen) {
      console.log(`    ${regel}, regel ${regelnummer}, ${pad}: ${melding}`);
      for (const { berichtsoort, referentienummer } of eerder)
        console.log(`      botst met ${berichtsoort} ${referentienummer}`);
    }
  }
}
