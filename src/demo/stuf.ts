/** The part of the demo that speaks StUF: a gemeente whose system sends and receives SOAP, as it does at the GGk today. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EnvelopLezer } from '../envelop/lees.ts';
import { schrijfBv03, schrijfDi01 } from '../envelop/schrijf.ts';
import { inSoap } from '../envelop/soap.ts';
import { berichtsoortVanCode } from '../standards/catalogus.ts';

export interface StufPost {
  /** Di01, Du01 or Fo01. */
  readonly soort: string;
  /** Berichtsoort by the envelope; of a Fo01 its code. */
  readonly wat: string;
  readonly kruisreferentie: string | undefined;
}

/** The receiving side of a gemeente: answers every call with Bv03, and keeps what came in. */
export class StufOntvanger {
  readonly #server = createServer((req, res) => void this.#ontvang(req, res));
  readonly #post: StufPost[] = [];
  #wachter: (() => void) | undefined;

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/stuf`;
  }

  /** The oldest that was not read yet; waits for it. */
  async volgende(): Promise<StufPost> {
    while (this.#post.length === 0)
      await new Promise<void>((klaar) => {
        this.#wachter = klaar;
      });
    return this.#post.shift() as StufPost;
  }

  sluit(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #ontvang(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const lezer = new EnvelopLezer(() => undefined);
    for await (const stuk of req) lezer.lees(stuk as Buffer);
    const envelop = lezer.einde();
    this.#post.push({
      soort: envelop.soort,
      wat: envelop.soort === 'Fo01' ? envelop.code : envelop.functie,
      kruisreferentie: envelop.soort === 'Di01' ? undefined : envelop.crossRefnummer,
    });
    const bv03 = schrijfBv03({
      zender: envelop.ontvanger.organisatie,
      ontvanger: envelop.zender.organisatie,
      referentienummer: crypto.randomUUID(),
      kruisreferentie: envelop.referentienummer,
      moment: new Date(),
    });
    res.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' }).end(inSoap(bv03));
    this.#wachter?.();
  }
}

export interface StufZending {
  readonly zender: string;
  readonly ontvanger: string;
  readonly berichtsoort: string;
  readonly inhoud: Uint8Array;
}

/**
 * Sends a heenbericht as a StUF system does.
 * @returns the referentienummer, and whether the switch answered with Bv03
 */
export async function stuurDi01(
  adres: string,
  { zender, ontvanger, berichtsoort, inhoud }: StufZending,
): Promise<{ readonly referentienummer: string; readonly bv03: boolean }> {
  const soort = berichtsoortVanCode(berichtsoort);
  if (!soort) throw new Error(`there is no ${berichtsoort}`);
  const referentienummer = crypto.randomUUID();
  const di01 = schrijfDi01({ zender, ontvanger, referentienummer, moment: new Date(), soort, inhoud });
  const antwoord = await fetch(`${adres}/stuf/ggk0210/OntvangAsynchroon`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from(`${zender}:demo-${zender}`).toString('base64')}`,
      'Content-Type': 'text/xml; charset=utf-8',
      SOAPAction: '"http://www.stufstandaarden.nl/koppelvlak/ggk0210/ggk_Di01"',
    },
    body: new Uint8Array(inSoap(di01)),
  });
  return { referentienummer, bv03: antwoord.ok && (await antwoord.text()).includes('Bv03Bericht') };
}
