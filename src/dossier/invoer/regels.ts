/** Imports running toewijzingen from a CSV: every line stands on its own, and those of one lane go in together. */

import { KnooppuntFout } from '../../fouten.ts';
import type { Database } from '../../opslag/database.ts';
import { isTestBsn } from '../../standards/bsn.ts';
import { type Csvregel, leesCsvDeels } from '../../standards/codelijsten/csv.ts';
import { Dossier } from '../dossier.ts';
import type { Masker } from '../feiten.ts';
import { Invoerbaan } from './baan.ts';
import { bezwarenTegen, feitenVanOpgave, identificatieVan, KOLOMMEN, NUMMER_OPGAVE, type Opgave } from './opgave.ts';
import type { Invoeropdracht, Telling } from './types.ts';

type Regel = Csvregel<Opgave>;

const PER_KEER = 500;

/** A gemeente has an aanbieder at the other side, and the other way round. */
function partijen({ organisatie }: Invoeropdracht, { wederpartij }: Opgave) {
  if (organisatie.length === wederpartij.length) return undefined;
  const [gemeente, aanbieder] =
    organisatie.length < wederpartij.length ? [organisatie, wederpartij] : [wederpartij, organisatie];
  return { gemeente, aanbieder };
}

/** Of two lines about one version it would be a guess which is right; the first counts, the other is refused. */
function zonderDubbele(regels: readonly Regel[], telling: Telling): readonly Regel[] {
  const eerder = new Map<string, number>();
  return regels.filter(({ regel, waarde }) => {
    const sleutel = `${waarde.wederpartij} ${identificatieVan(waarde)}`;
    const vorige = eerder.get(sleutel);
    if (vorige === undefined) eerder.set(sleutel, regel);
    else telling.weiger(`Deze toewijzing staat ook op regel ${vorige}.`, { regel });
    return vorige === undefined;
  });
}

/** What the dossier has of these toewijzingen: versions, and whether anything was declared on them before the switch came. */
async function bestaande(baan: Invoerbaan, regels: readonly Regel[]) {
  const nummers = [...new Set(regels.map(({ waarde }) => waarde.toewijzingnummer))];
  const versies = await baan.verbinding.query<{ sleutel: string }>({
    name: 'invoer-versies',
    text: `select nummer || ' ' || toewijzingsdatum || ' ' || toewijzingstijd || ' ' || encode(persoon, 'hex') as sleutel
           from dossier_toewijzing where baan_id = $1 and nummer = any ($2::int[])`,
    values: [baan.id, nummers],
  });
  const gedeclareerd = await baan.verbinding.query<{ nummer: number }>({
    name: 'invoer-gedeclareerd',
    text: `select distinct toewijzing as nummer from dossier_prestatie where baan_id = $1 and toewijzing = any ($2::int[]) and volgorde < 0`,
    values: [baan.id, nummers],
  });
  return {
    versies: new Set(versies.rows.map(({ sleutel }) => sleutel)),
    gedeclareerd: new Set(gedeclareerd.rows.map(({ nummer }) => nummer)),
  };
}

async function neem(baan: Invoerbaan, regels: readonly Regel[], masker: Masker, telling: Telling): Promise<void> {
  const { versies, gedeclareerd } = await bestaande(baan, regels);
  const bekend = new Set(
    (
      await baan.bekende(
        regels.map(({ waarde }) => ({ nummer: NUMMER_OPGAVE, identificatie: identificatieVan(waarde) })),
      )
    ).map(({ identificatie }) => identificatie),
  );
  const plekken = await baan.plekken(regels.map(({ waarde }) => waarde.toewijzingsdatum));
  const dossier = new Dossier();
  for (const [nr, { regel, waarde }] of regels.entries()) {
    const identificatie = identificatieVan(waarde);
    if (bekend.has(identificatie) || versies.has(`${identificatie} ${masker.persoon(waarde.bsn)}`)) {
      telling.tel('bekend');
      continue;
    }
    if (waarde.gedeclareerdBedrag !== null && gedeclareerd.has(waarde.toewijzingnummer)) {
      telling.weiger('Wat op deze toewijzing is gedeclareerd, is al ingevoerd.', { regel });
      continue;
    }
    dossier.neem(feitenVanOpgave(waarde, plekken[nr] ?? 0, masker));
    telling.tel('genomen');
  }
  await baan.schrijf(dossier);
}

/** @param tekst the file, decoded */
export async function voerRegelsIn(
  { database, alleenTestBsn }: { readonly database: Database; readonly alleenTestBsn: boolean },
  opdracht: Invoeropdracht,
  tekst: string,
  masker: Masker,
  telling: Telling,
): Promise<void> {
  const { lijst, fouten } = leesCsvDeels(tekst, KOLOMMEN);
  for (const [regel, van] of Map.groupBy(fouten, (fout) => fout.regel))
    telling.weiger(van.map(({ melding }) => melding).join(' '), { regel });
  const goed = zonderDubbele(lijst, telling).filter(({ regel, waarde }) => {
    const [bezwaar] = bezwarenTegen(waarde, opdracht.peildatum);
    const tegen =
      bezwaar ??
      (partijen(opdracht, waarde)
        ? undefined
        : 'wederpartij moet een aanbieder zijn voor een gemeente, en andersom.') ??
      (alleenTestBsn && !isTestBsn(waarde.bsn)
        ? new KnooppuntFout('persoonsgegevensNietToegestaan').message
        : undefined);
    if (tegen !== undefined) telling.weiger(tegen, { regel });
    return tegen === undefined;
  });
  const { organisatie, domein, actor } = opdracht;
  for (const regels of Map.groupBy(goed, ({ waarde }) => waarde.wederpartij).values()) {
    const wie = regels[0] && partijen(opdracht, regels[0].waarde);
    if (!wie) continue;
    await Invoerbaan.met(database, { ...wie, domein }, { actor, namens: organisatie }, async (baan) => {
      for (let nr = 0; nr < regels.length; nr += PER_KEER)
        await neem(baan, regels.slice(nr, nr + PER_KEER), masker, telling);
    });
  }
}
