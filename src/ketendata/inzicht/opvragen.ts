/**
 * Asks for figures on behalf of a client. The one way in, for the API and for the portal: who may see them is asked here, and only of the
 * domeinen that the client may see anything is read.
 */
import { KnooppuntFout } from '../../fouten.ts';
import type { Database } from '../../opslag/database.ts';
import type { Routering } from '../../routering/routering.ts';
import type { Domein } from '../../standards/catalogus.ts';
import { datum } from '../../tijd.ts';
import { eisInzicht } from '../../toegang/bevoegdheid.ts';
import type { Client } from '../../toegang/clients.ts';
import { type Bron, leesRijen } from './lees.ts';
import { leesPublicatie } from './publicatie.ts';
import { LANDELIJKE_SPLITSINGEN, landelijkeCijfers, pastBij } from './regels/landelijk.ts';
import { metingenVan } from './regels/maat.ts';
import { deelnames, ledenOp } from './regels/samenwerking.ts';
import { stelSamen } from './regels/stel-samen.ts';
import type { Antwoord, Vraag } from './regels/vraag.ts';
import {
  aantalWeken,
  blokkenVan,
  blokVan,
  plusWeken,
  vergelijkingVan,
  type Weken,
  wekenVanBlok,
} from './regels/weken.ts';
import { leesMandaten, type Mandaat } from './verbanden.ts';

export interface Inzichtplek {
  readonly database: Database;
  readonly routering: Routering;
}

/** Five years: longer than figures are looked back at. */
export const MAX_WEKEN = 261;
const MIN_JAAR = '2015-01-01';

const onjuist = (details: string): KnooppuntFout => new KnooppuntFout('invoerOngeldig', details);

/** @throws KnooppuntFout invoerOngeldig what does not go together */
function eisPassend({ weergave, weken, indicatoren, splitsing, filter }: Vraag): void {
  if (weken.eerste > weken.laatste) throw onjuist('De periode eindigt voordat zij begint.');
  if (weken.eerste < MIN_JAAR || aantalWeken(weken) > MAX_WEKEN)
    throw onjuist(`Een periode is hooguit ${MAX_WEKEN} weken, en begint niet voor ${MIN_JAAR}.`);
  const eigen = weergave === 'gemeente' || weergave === 'aanbieder';
  if (!eigen && (filter.tegenpartij !== undefined || splitsing === 'tegenpartij'))
    throw onjuist('Per tegenpartij zijn er alleen cijfers van één gemeente of één aanbieder.');
  if (splitsing === 'code' && !indicatoren.every(({ perCode }) => perCode))
    throw onjuist('Niet al deze indicatoren zijn te splitsen naar code.');
  if (weergave !== 'landelijk') return;
  if (splitsing !== undefined && !LANDELIJKE_SPLITSINGEN.includes(splitsing))
    throw onjuist(`Landelijke cijfers zijn te splitsen naar ${LANDELIJKE_SPLITSINGEN.join(', ')}.`);
  if (!indicatoren.every(({ landelijk }) => landelijk)) throw onjuist('Niet al deze indicatoren zijn er landelijk.');
}

/** Whose rows a view is made of. */
type Bronnen = (weken: Weken) => Promise<readonly Bron[]>;

function eigenBronnen({ routering }: Inzichtplek, vraag: Vraag, nu: Date): Bronnen {
  const ander = vraag.splitsing === 'tegenpartij' ? null : (vraag.filter.tegenpartij ?? '');
  return async (weken) =>
    (await routering.metVoorgangers(vraag.code, nu)).map((code) =>
      vraag.weergave === 'gemeente'
        ? { gemeente: code, aanbieder: ander, weken }
        : { gemeente: ander, aanbieder: code, weken },
    );
}

/** Of every member the weeks in which it counts, with those that it succeeded. */
function samenBronnen({ routering }: Inzichtplek, mandaten: readonly Mandaat[], nu: Date): Bronnen {
  return async (weken) => {
    const bronnen = new Map<string, Bron>();
    // A code that ended can be of a member itself and of its successor: it counts once.
    for (const { gemeente, week } of deelnames(mandaten, weken))
      for (const code of await routering.metVoorgangers(gemeente, nu))
        bronnen.set(`${code} ${week}`, { gemeente: code, aanbieder: '', weken: { eerste: week, laatste: week } });
    return [...bronnen.values()];
  };
}

async function uitRijen(
  { database }: Inzichtplek,
  vraag: Vraag,
  bronnenVan: Bronnen,
  { ander, nu }: { readonly ander: Weken | undefined; readonly nu: Date },
): Promise<Antwoord['cijfers']> {
  const metingen = [...new Set(vraag.indicatoren.flatMap(({ maat }) => metingenVan(maat)))];
  const lees = async (weken: Weken) =>
    leesRijen(database.pool, await bronnenVan(weken), metingen, vraag.filter, vraag.splitsing);
  const [rijen, toen] = await Promise.all([lees(vraag.weken), ander && lees(ander)]);
  return stelSamen(vraag.indicatoren, { nu: rijen, toen }, vraag.splitsing, datum(nu));
}

/** Whole blocks: those that the weeks lie in. A year is no whole number of blocks, so the other period can begin some weeks before. */
function blokperioden({ weken, vergelijk }: Vraag): { readonly weken: Weken; readonly ander: Weken | undefined } {
  const geheel = { eerste: blokVan(weken.eerste), laatste: wekenVanBlok(blokVan(weken.laatste)).laatste };
  if (!vergelijk) return { weken: geheel, ander: undefined };
  const eerste = blokVan(vergelijkingVan(geheel, vergelijk).eerste);
  return { weken: geheel, ander: { eerste, laatste: plusWeken(eerste, aantalWeken(geheel) - 1) } };
}

async function uitPublicatie({ database }: Inzichtplek, vraag: Vraag): Promise<Antwoord> {
  const { weken, ander } = blokperioden(vraag);
  const lees = async (periode: Weken) =>
    (await leesPublicatie(database.pool, vraag.filter.domeinen, blokkenVan(periode))).filter(pastBij(vraag.filter));
  const [nu, toen] = await Promise.all([lees(weken), ander && lees(ander)]);
  return {
    weken,
    vergelijking: ander ?? null,
    cijfers: landelijkeCijfers(vraag.indicatoren, nu, toen, vraag.splitsing),
  };
}

/**
 * @param vraag its domeinen are narrowed down to those that the client may see
 * @throws KnooppuntFout when the client may not see these figures, or asks for what does not go together
 */
export async function vraagCijfers(plek: Inzichtplek, client: Client, vraag: Vraag, nu: Date): Promise<Antwoord> {
  const { weergave, code } = vraag;
  const mandaten = weergave === 'samenwerking' ? await leesMandaten(plek.database.pool, { verband: code }) : [];
  const mag: readonly Domein[] =
    weergave === 'samenwerking'
      ? eisInzicht(client, { weergave, leden: ledenOp(mandaten, datum(nu)) })
      : weergave === 'landelijk'
        ? eisInzicht(client, { weergave })
        : eisInzicht(client, { weergave, code });
  const domeinen = vraag.filter.domeinen.filter((domein) => mag.includes(domein));
  if (domeinen.length === 0) throw new KnooppuntFout('nietBevoegdVoorOrganisatie');
  const smal = { ...vraag, filter: { ...vraag.filter, domeinen } };
  eisPassend(smal);
  if (weergave === 'landelijk') return uitPublicatie(plek, smal);
  const ander = vraag.vergelijk && vergelijkingVan(vraag.weken, vraag.vergelijk);
  const bronnen = weergave === 'samenwerking' ? samenBronnen(plek, mandaten, nu) : eigenBronnen(plek, smal, nu);
  return {
    weken: vraag.weken,
    vergelijking: ander ?? null,
    cijfers: await uitRijen(plek, smal, bronnen, { ander, nu }),
  };
}
