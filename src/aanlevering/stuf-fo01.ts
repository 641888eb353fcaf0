/**
 * A Fo01 that a receiver sends over StUF: its system could not read a message that it got from us (StUF055). It goes to the sender of that
 * message, who would otherwise wait for an answer that never comes.
 */
import { vergeetBericht } from '../dossier/opslag/schrijf.ts';
import type { Fo01 } from '../envelop/envelop.ts';
import { ONLEESBAAR, schrijfFo01 } from '../envelop/fo01.ts';
import { StufFout } from '../envelop/stuf-fout.ts';
import { afgeleideUuid, isUuid } from '../identiteit.ts';
import { boekVerloop } from '../koppeling/verloop.ts';
import type { Database } from '../opslag/database.ts';
import { leesInstelling } from '../routering/instellingen.ts';
import { berichtsoortVanCode, type Domein } from '../standards/catalogus.ts';
import { foutcode, foutsleutel } from '../standards/foutcodes/lijsten.ts';
import { handeltNamens } from '../toegang/bevoegdheid.ts';
import type { Client } from '../toegang/clients.ts';
import type { Loket } from './aanlevering.ts';
import { bewaarFoutbericht } from './foutbericht.ts';

interface Afgekeurd {
  readonly id: string;
  readonly afzender: string;
  readonly domein: Domein;
  readonly release: string;
  readonly berichtsoort: string;
}

/** The message that was delivered to this receiver under that number. */
async function zoek(database: Database, { zender, crossRefnummer }: Fo01): Promise<Afgekeurd | undefined> {
  if (!isUuid(crossRefnummer)) return undefined;
  const { rows } = await database.pool.query<Afgekeurd>({
    name: 'fo01-zoek',
    text: `select b.id, b.afzender, b.domein, b.release, b.berichtsoort from bericht b join postbus_item p on p.bericht_id = b.id
           where b.referentienummer = $1 and p.postbus = $2 and b.berichtsoort <> 'Fo01'`,
    values: [crossRefnummer, zender.organisatie],
  });
  return rows[0];
}

/** @throws StufFout when it says something else, when the receiver never got a message with that number, or the client may not act for it */
export async function geefFo01Door(loket: Loket, client: Client, fo01: Fo01): Promise<void> {
  if (!ONLEESBAAR.includes(fo01.code))
    throw new StufFout('envelopOngeldig', `Een ontvanger stuurt alleen een Fo01 met code ${ONLEESBAAR.join(' of ')}.`);
  const bericht = await zoek(loket.database, fo01);
  const soort = bericht && berichtsoortVanCode(bericht.berichtsoort);
  if (!bericht || !soort)
    throw new StufFout('envelopOngeldig', 'De zender heeft geen bericht ontvangen met dit crossRefnummer.');
  if (!handeltNamens(client, fo01.zender.organisatie, bericht.domein)) throw new StufFout('nietAangemeld');
  const { foutlijst } = await leesInstelling(loket.database.pool, bericht.afzender, bericht.domein);
  const referentienummer = afgeleideUuid('referentienummer', 'Fo01', fo01.zender.organisatie, bericht.id);
  // Written anew in the list that the sender reads: a text from outside may hold what the sender may not see.
  const soortFout = 'payloadNietConformXsd';
  const bytes = schrijfFo01({
    fout: soortFout,
    lijst: foutlijst,
    soort,
    ontvanger: bericht.afzender,
    referentienummer,
    kruisreferentie: fo01.crossRefnummer,
    moment: new Date(),
    bevindingen: [],
  });
  const fout = {
    afzender: fo01.zender.organisatie,
    ontvanger: bericht.afzender,
    domein: bericht.domein,
    release: bericht.release,
    indiener: client.id,
    referentienummer,
    kruisreferentie: fo01.crossRefnummer,
    heenberichtId: bericht.id,
    foutcode: foutsleutel(foutcode(soortFout, foutlijst)),
    foutsoort: null,
    bytes,
  };
  // All of it or nothing: with the Fo01 on its way, its message counts as not sent.
  await loket.database.transactie(async (verbinding) => {
    const id = await bewaarFoutbericht({ pool: verbinding }, loket.sleutels, fout);
    // Nothing more is expected of the receiver: it has answered, in the only way it could.
    const afgekeurd = { id, soort: null, inhoud: undefined, beantwoord: false };
    await boekVerloop(verbinding, loket.sleutels, [afgekeurd]);
    await vergeetBericht(verbinding, bericht.id);
  });
}
