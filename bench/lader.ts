/**
 * The load generator: ready-made HTTP requests over plain keep-alive sockets. Per message it copies one buffer, writes two
 * identifiers in it and looks for the end of the answer; an HTTP library would cost several times as much, on cores that the
 * measured program needs.
 */
import { randomUUID } from 'node:crypto';
import { IDENTIFICATIE_TEKENS, toewijzingen } from './berichten.ts';
import type { Lading, Ladinguitslag } from './lading.ts';
import { KOPEINDE, Verbinding, Voorraad } from './verbinding.ts';

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
async function achterElkaar(ronde: Ronde, { poort, aantal, gelijktijdig }: Lading): Promise<void> {
  const verbindingen = Array.from({ length: gelijktijdig }, () => new Verbinding(poort));
  let over = aantal;
  const werk = async (verbinding: Verbinding): Promise<void> => {
    while (over > 0) {
      over -= 1;
      await ronde.stuurEen(verbinding, performance.now());
    }
  };
  await Promise.all(verbindingen.map(werk));
  for (const verbinding of verbindingen) verbinding.sluit();
}

/** Open loop: a message that finds no free connection waits, and its waiting counts. */
async function opTijd(ronde: Ronde, { poort, aantal, gelijktijdig }: Lading, perMs: number): Promise<void> {
  const voorraad = new Voorraad(poort, gelijktijdig);
  const wachtend: number[] = [];
  const klaar = Promise.withResolvers<void>();
  let beantwoord = 0;
  const stuur = async (verbinding: Verbinding, moment: number): Promise<void> => {
    await ronde.stuurEen(verbinding, moment);
    voorraad.geefTerug(verbinding);
    beantwoord += 1;
    if (beantwoord === aantal) klaar.resolve();
    begin();
  };
  const begin = (): void => {
    while (wachtend.length > 0) {
      const verbinding = voorraad.neem();
      if (!verbinding) return;
      void stuur(verbinding, wachtend.shift() as number);
    }
  };
  let gestart = 0;
  let volgende = performance.now();
  const tik = (): void => {
    for (; gestart < aantal && volgende <= performance.now(); gestart += 1) {
      wachtend.push(volgende);
      volgende -= Math.log(1 - Math.random()) / perMs;
    }
    begin();
    if (gestart < aantal) setTimeout(tik, 1);
  };
  tik();
  await klaar.promise;
  voorraad.sluit();
}

async function voer(lading: Lading): Promise<Ladinguitslag> {
  const ronde = new Ronde(lading.banen);
  const begin = performance.timeOrigin + performance.now();
  if (lading.perSeconde === undefined) await achterElkaar(ronde, lading);
  else await opTijd(ronde, lading, lading.perSeconde / 1000);
  const einde = performance.timeOrigin + performance.now();
  const { latenties, mislukt, eersteFout } = ronde;
  return { begin, einde, latenties, mislukt, ...(eersteFout !== undefined && { eersteFout }) };
}

process.on('message', (lading: Lading) => {
  void voer(lading).then((uitslag) => process.send?.(uitslag));
});
process.on('disconnect', () => process.exit(0));
process.send?.('gereed');
