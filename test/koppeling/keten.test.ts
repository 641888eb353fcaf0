/** Pairs through the real intake and the real turn: what the sender of an answer gets to hear, and what is due afterwards. */
import { afterAll, describe, expect, test } from 'vitest';
import { openTermijnenVan } from '#src/koppeling/openstaand.ts';
import { zoekVerzoekparen } from '#src/koppeling/verzoekparen.ts';
import { baanVan, beurt, neemIn } from '../hulp/baan.ts';
import { HEENBERICHTEN, maakBericht, partijen } from '../hulp/berichten.ts';
import { bouw } from '../hulp/bouwer.ts';
import { startOpstelling } from '../hulp/opstelling.ts';

const knooppunt = await startOpstelling({ rollen: [] });
afterAll(() => knooppunt.stop());
const { database } = knooppunt;

const lever = async (afzender: string, bytes: Buffer): Promise<string> =>
  (await neemIn(knooppunt, [{ afzender, bytes }]))[0] ?? '';
const verwerk = async (id: string): Promise<void> => void (await beurt(knooppunt, await baanVan(database, id)));
const reis = async (afzender: string, bytes: Buffer): Promise<string> => {
  const id = await lever(afzender, bytes);
  await verwerk(id);
  return id;
};
const open = async (id: string): Promise<readonly string[]> =>
  (await openTermijnenVan(database.pool, id)).map(({ termijn }) => termijn);

describe.each(HEENBERICHTEN)('$code', ({ code, antwoord }) => {
  const { afzender, ontvanger } = partijen(code);
  const bytes = maakBericht(String(antwoord));

  test('gets one answer of the many that come at the same moment, and is then due for it no more', async () => {
    await expect(lever(ontvanger, bytes)).rejects.toMatchObject({ soort: 'heenberichtOnbekend' });
    const heen = await reis(afzender, maakBericht(code));
    expect((await open(heen)).length).toBeGreaterThan(0);
    const pogingen = await Promise.allSettled(Array.from({ length: 6 }, () => lever(ontvanger, bytes)));
    const gelukt = pogingen.flatMap((poging) => (poging.status === 'fulfilled' ? [poging.value] : []));
    const redenen = pogingen.flatMap((poging) => (poging.status === 'rejected' ? [poging.reason.soort] : []));
    expect([gelukt.length, [...new Set(redenen)]]).toEqual([1, ['tweedeAntwoord']]);
    await verwerk(gelukt[0] ?? '');
    expect((await open(heen)).filter((termijn) => termijn !== 'verzoek')).toEqual([]);
    const { rows } = await database.pool.query(
      'select heenbericht_id = $2 as paar, kruisreferentie = h.referentienummer as nummer from bericht b, (select referentienummer from bericht where id = $2) h where b.id = $1',
      [gelukt[0], heen],
    );
    expect(rows).toEqual([{ paar: true, nummer: true }]);
  });
});

test('a request is due for a decision until it comes, and both see each other', async () => {
  const { afzender, ontvanger } = partijen('JW315');
  const verzoek = await reis(
    afzender,
    bouw('ijw', '315', ({ Header, Client }) => {
      Header.BerichtIdentificatie.Identificatie = 'KETEN-315';
      for (const product of Client.AangevraagdeProducten.AangevraagdProduct) product.ReferentieAanbieder = 'KETEN';
    }),
  );
  expect((await open(verzoek)).slice().sort()).toEqual(['retour', 'verzoek']);
  const besluit = await reis(
    ontvanger,
    bouw('ijw', '319', ({ Header, Antwoord }) => {
      Header.BerichtIdentificatie.Identificatie = 'KETEN-319';
      Antwoord.ReferentieAanbieder = 'KETEN';
    }),
  );
  expect(await open(verzoek)).toEqual(['retour']);
  expect(await zoekVerzoekparen(database.pool, verzoek)).toEqual([{ berichtId: besluit, berichtsoort: 'JW319' }]);
  expect(await zoekVerzoekparen(database.pool, besluit)).toEqual([{ berichtId: verzoek, berichtsoort: 'JW315' }]);
});

test('an answer that was refused gives its place back to a better one', async () => {
  const { afzender, ontvanger } = partijen('WMO305');
  const waarden = { Identificatie: 'KETEN-305' };
  const heen = await reis(afzender, maakBericht('WMO305', { waarden }));
  await reis(ontvanger, maakBericht('WMO306', { waarden: { ...waarden, BerichtVersie: '4' } }));
  expect(await open(heen)).toEqual(['retour']);
  await reis(ontvanger, maakBericht('WMO306', { waarden }));
  expect(await open(heen)).toEqual([]);
});
