/** Plays the script: sends every message through the API in the order of the simulated time, and lets receivers empty their postbus. */

import type { Draaiboek, Zending } from './draaiboek/types.ts';
import { type Knooppunt, samen } from './knooppunt.ts';

/** So many uploads at a time. More does not go faster, and brings what one receiver gets further out of order. */
const TEGELIJK = 96;
const POSTBUSSEN_TEGELIJK = 12;
const PER_OPHALING = 100;
/** Of so many receivers that fetched, one forgot to confirm the last of it. */
const VERGEET_PER = 17;
const VERGETEN = 3;
const LEASE_SECONDEN = 60;

export interface Onverwacht {
  readonly berichtsoort: string;
  readonly verwacht: string;
  readonly kreeg: string;
}

interface Bewijs {
  readonly status?: string;
  readonly title?: string;
}

const sleutelVan = ({ soort, afzender, ontvanger }: Zending): string =>
  [soort.domein, ...[afzender, ontvanger].sort()].join(' ');

/**
 * Sends the messages. In a lane one waits for the outcome of the one before it, because an answer is only taken in when what it answers was handled.
 * @param meld hears how many are done
 * @returns what went otherwise than the script says
 */
export async function stuurAlles(
  knooppunt: Knooppunt,
  zendingen: readonly Zending[],
  meld: (gedaan: number) => void,
): Promise<readonly Onverwacht[]> {
  const onverwacht: Onverwacht[] = [];
  const banen = new Map<string, Promise<void>>();
  let gedaan = 0;
  const stuur = async (zending: Zending): Promise<void> => {
    const { soort, indiener, referentienummer, kruisreferentie, bytes, lot } = zending;
    const { status, lijf } = await knooppunt.vraag({
      wie: indiener,
      methode: 'POST',
      pad: '/v1/berichten',
      lijf: bytes,
      type: 'application/xml',
      koppen: {
        Referentienummer: referentienummer,
        Prefer: 'wait=60',
        ...(kruisreferentie !== null && { CrossReferentienummer: kruisreferentie }),
      },
    });
    const bewijs = (lijf ?? {}) as Bewijs;
    const verwacht = lot === 'bezorgd' ? 'verwerkt' : 'afgekeurd';
    if (status !== 202 || bewijs.status !== verwacht)
      onverwacht.push({
        berichtsoort: soort.code,
        verwacht,
        kreeg: bewijs.title ?? `${status} ${bewijs.status ?? ''}`,
      });
    gedaan += 1;
    meld(gedaan);
  };
  await samen(zendingen, TEGELIJK, (zending) => {
    const sleutel = sleutelVan(zending);
    const klus = (banen.get(sleutel) ?? Promise.resolve()).then(() => stuur(zending));
    banen.set(sleutel, klus);
    return klus;
  });
  return onverwacht;
}

/** How much post a receiver has fetched by the end, oldest first. */
function opgehaaldPer(zendingen: readonly Zending[]): ReadonlyMap<string, number> {
  const per = new Map<string, number>();
  const tel = (code: string): void => {
    per.set(code, (per.get(code) ?? 0) + 1);
  };
  for (const { afzender, ontvanger, opgehaald, antwoordOpgehaald } of zendingen) {
    if (opgehaald) tel(ontvanger);
    if (antwoordOpgehaald) tel(afzender);
  }
  return per;
}

/** Lets receivers fetch what they had fetched by the end, and confirm it; one in a number of them leaves a little unconfirmed. */
export async function haalAllesOp(
  knooppunt: Knooppunt,
  { zendingen, partijen }: Draaiboek,
  meld: (opgehaald: number) => void,
): Promise<void> {
  let totaal = 0;
  const haal = async ([code, aantal]: readonly [string, number]): Promise<void> => {
    const { leverancier } = partijen.get(code) ?? { leverancier: null };
    const wie = leverancier ?? code;
    const vergeet = Number(code) % VERGEET_PER === 0 ? VERGETEN : 0;
    const pad = `/v1/postbussen/${code}`;
    for (let rest = aantal; rest > 0; ) {
      const lijf = { aantal: Math.min(rest, PER_OPHALING), leaseSeconden: LEASE_SECONDEN };
      const { berichten } = await knooppunt.eis<{ berichten: readonly { berichtId: string }[] }>({
        wie,
        methode: 'POST',
        pad: `${pad}/ophalingen`,
        lijf,
      });
      if (berichten.length === 0) return;
      rest -= berichten.length;
      const ids = berichten.map(({ berichtId }) => berichtId);
      const berichtIds = rest > 0 ? ids : ids.slice(0, Math.max(0, ids.length - vergeet));
      if (berichtIds.length > 0)
        await knooppunt.eis({ wie, methode: 'POST', pad: `${pad}/bevestigingen`, lijf: { berichtIds } });
      totaal += ids.length;
      meld(totaal);
    }
  };
  await samen(opgehaaldPer(zendingen), POSTBUSSEN_TEGELIJK, haal);
}
