/**
 * The load generator: ready-made HTTP requests over plain keep-alive sockets. Per message it copies one buffer, writes two
 * identifiers in it and looks for the end of the answer; an HTTP library would cost several times as much, on cores that the
 * measured program needs.
 */
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { IDENTIFICATIE_TEKENS, toewijzingen } from './berichten.ts';
import type { Lading, Ladinguitslag } from './lading.ts';

const KOPEINDE = '\r\n\r\n';
const UUID_TEKENS = 36;
const BASIS = 36;

interface Verzoek {
  readonly bytes: Buffer;
  readonly referentienummerOp: number;
  readonly identificatieOp: number;
}

function maakVerzoeken(banen: number): readonly Verzoek[] {
  return toewijzingen(banen).map(({ afzender, bytes, identificatieOp }) => {
    const referentie = 'Referentienummer: ';
    const kop = [
      'POST /v1/berichten HTTP/1.1',
      'Host: 127.0.0.1',
      `Authorization: Bearer demo-${afzender}`,
      'Content-Type: application/xml',
      `Content-Length: ${bytes.length}`,
      `${referentie}${''.padEnd(UUID_TEKENS, '0')}`,
    ].join('\r\n');
    return {
      bytes: Buffer.concat([Buffer.from(kop + KOPEINDE), bytes]),
      referentienummerOp: kop.indexOf(referentie) + referentie.length,
      identificatieOp: kop.length + KOPEINDE.length + identificatieOp,
    };
  });
}

/** Never the same identification twice, also over rounds and over runs. */
let volgnummer = Date.now() * 1000;

function vulIn({ bytes, referentienummerOp, identificatieOp }: Verzoek): Buffer {
  const kopie = Buffer.from(bytes);
  kopie.write(randomUUID(), referentienummerOp, 'latin1');
  volgnummer += 1;
  kopie.write(volgnummer.toString(BASIS).toUpperCase().padStart(IDENTIFICATIE_TEKENS, '0'), identificatieOp, 'latin1');
  return kopie;
}

/** One keep-alive connection: one request, one answer. */
class Verbinding {
  readonly #socket: Socket;
  #binnen: Buffer = Buffer.alloc(0);
  #klaar: ((antwoord: string) => void) | undefined;
  #mislukt: ((fout: Error) => void) | undefined;

  constructor(poort: number) {
    this.#socket = connect({ port: poort, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (stuk) => this.#lees(stuk));
    this.#socket.on('error', (fout) => this.#mislukt?.(fout));
    this.#socket.on('close', () => this.#mislukt?.(new Error('connection was closed')));
  }

  /** @returns the whole answer, when it is complete */
  stuur(bytes: Buffer): Promise<string> {
    return new Promise((klaar, mislukt) => {
      this.#klaar = klaar;
      this.#mislukt = mislukt;
      this.#socket.write(bytes);
    });
  }

  sluit(): void {
    this.#mislukt = undefined;
    this.#socket.destroy();
  }

  #lees(stuk: Buffer): void {
    this.#binnen = this.#binnen.length === 0 ? stuk : Buffer.concat([this.#binnen, stuk]);
    const kopeinde = this.#binnen.indexOf(KOPEINDE);
    if (kopeinde < 0) return;
    const lengte = Number(/content-length: *(\d+)/i.exec(this.#binnen.toString('latin1', 0, kopeinde))?.[1] ?? 0);
    if (this.#binnen.length < kopeinde + KOPEINDE.length + lengte) return;
    const antwoord = this.#binnen.toString();
    this.#binnen = Buffer.alloc(0);
    this.#klaar?.(antwoord);
  }
}

class Ronde {
  readonly latenties: number[] = [];
  mislukt = 0;
  eersteFout: string | undefined;
  readonly #verzoeken: readonly Verzoek[];
  #gestuurd = 0;

  constructor(banen: number) {
    this.#verzoeken = maakVerzoeken(banen);
  }

  /** @param vanaf when it should have started */
  async stuurEen(verbinding: Verbinding, vanaf: number): Promise<void> {
    const verzoek = this.#verzoeken[this.#gestuurd % this.#verzoeken.length] as Verzoek;
    this.#gestuurd += 1;
    const antwoord = await verbinding.stuur(vulIn(verzoek)).catch((fout: Error) => fout.message);
    this.latenties.push(performance.now() - vanaf);
    if (antwoord.startsWith('HTTP/1.1 202 ')) return;
    this.mislukt += 1;
    this.eersteFout ??= antwoord;
  }
}

/** Closed loop: each connection sends its next message when the previous one is answered. */
async function achterElkaar(ronde: Ronde, verbindingen: readonly Verbinding[], aantal: number): Promise<void> {
  let over = aantal;
  const werk = async (verbinding: Verbinding): Promise<void> => {
    while (over > 0) {
      over -= 1;
      await ronde.stuurEen(verbinding, performance.now());
    }
  };
  await Promise.all(verbindingen.map(werk));
}

/** Open loop: a message that finds no free connection waits, and its waiting counts. */
async function opTijd(ronde: Ronde, verbindingen: readonly Verbinding[], aantal: number, perMs: number): Promise<void> {
  const vrij = [...verbindingen];
  const wachtend: number[] = [];
  let gestart = 0;
  let klaar = 0;
  let volgende = performance.now();
  await new Promise<void>((einde) => {
    const begin = (): void => {
      for (let moment = wachtend[0]; moment !== undefined && vrij.length > 0; moment = wachtend[0]) {
        const verbinding = vrij.pop() as Verbinding;
        wachtend.shift();
        void ronde.stuurEen(verbinding, moment).then(() => {
          vrij.push(verbinding);
          klaar += 1;
          if (klaar === aantal) einde();
          else begin();
        });
      }
    };
    const tik = (): void => {
      for (; gestart < aantal && volgende <= performance.now(); gestart += 1) {
        wachtend.push(volgende);
        volgende -= Math.log(1 - Math.random()) / perMs;
      }
      begin();
      if (gestart < aantal) setTimeout(tik, 1);
    };
    tik();
  });
}

async function voer({ poort, aantal, banen, gelijktijdig, perSeconde }: Lading): Promise<Ladinguitslag> {
  const ronde = new Ronde(banen);
  const verbindingen = Array.from({ length: gelijktijdig }, () => new Verbinding(poort));
  const begin = performance.timeOrigin + performance.now();
  if (perSeconde === undefined) await achterElkaar(ronde, verbindingen, aantal);
  else await opTijd(ronde, verbindingen, aantal, perSeconde / 1000);
  const einde = performance.timeOrigin + performance.now();
  for (const verbinding of verbindingen) verbinding.sluit();
  const { latenties, mislukt, eersteFout } = ronde;
  return { begin, einde, latenties, mislukt, ...(eersteFout !== undefined && { eersteFout }) };
}

process.on('message', (lading: Lading) => {
  void voer(lading).then((uitslag) => process.send?.(uitslag));
});
process.on('disconnect', () => process.exit(0));
process.send?.('gereed');
