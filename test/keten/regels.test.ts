/** A message that breaks a rule, from the POST to the answer in the postbus of its afzender. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { HEENBERICHTEN, maakBericht, partijen, soort, waardeVan } from '../hulp/berichten.ts';
import { bouw } from '../hulp/bouwer.ts';
import { controleerTot } from '../hulp/controle.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bevestig, bevindingenVan, blader, bytesVan, haalOp, stelIn, verstuur } from '../hulp/reis.ts';

const knooppunt = await startOpstelling();
afterAll(() => knooppunt.stop());

async function leeg(postbus: string): Promise<readonly { readonly berichtsoort: string; readonly bytes: Buffer }[]> {
  const client = knooppunt.client(postbus);
  const post = await haalOp(client, postbus, { aantal: 100 });
  const ids = post.map(({ berichtId }) => berichtId);
  if (ids.length > 0) await bevestig(client, postbus, ids);
  return post.map((stuk) => ({ berichtsoort: stuk.berichtsoort, bytes: bytesVan(stuk) }));
}

const MET_BSN = HEENBERICHTEN.filter(({ nummer }) => nummer !== '319');

describe.each(MET_BSN)('a $code with a number that is no BSN', ({ code, antwoord }) => {
  const { afzender, ontvanger } = partijen(code);

  test('goes back to its afzender as a whole, with 0001', async () => {
    const client = knooppunt.client(afzender);
    const { berichtId, status } = await verstuur(client, maakBericht(code, { bsn: '999900007' }), randomUUID());
    expect(status).toBe('afgekeurd');
    expect(await blader(knooppunt.client(ontvanger), ontvanger)).toEqual([]);
    const [stuk, ...meer] = await leeg(afzender);
    expect([stuk?.berichtsoort, meer]).toEqual([antwoord, []]);
    const bytes = stuk?.bytes ?? Buffer.alloc(0);
    expect(controleerTot(2, bytes, soort(String(antwoord))).bevindingen).toEqual([]);
    expect(waardeVan(bytes, 'RetourCode')).toBe('0001');
    expect(bytes.toString()).not.toContain('999900007');
    const regels = (await bevindingenVan(client, berichtId)).map(({ regel, niveau }) => [regel, niveau]);
    expect(regels).toContainEqual(['CS002', 2]);
  });
});

test('an ontvanger that chose level 1 gets a message that breaks a rule', async () => {
  const { afzender, ontvanger } = partijen('WMO301');
  await stelIn(knooppunt.client(ontvanger), ontvanger, 'iwmo', { controleniveau: 1 });
  const { status } = await verstuur(knooppunt.client(afzender), maakBericht('WMO301', { bsn: '999900007' }));
  expect([status, (await leeg(ontvanger)).map(({ berichtsoort }) => berichtsoort)]).toEqual(['verwerkt', ['WMO301']]);
  await stelIn(knooppunt.client(ontvanger), ontvanger, 'iwmo', { controleniveau: 2 });
});

test('a waarschuwing holds nothing up, and can be read', async () => {
  const { afzender, ontvanger } = partijen('WMO301');
  const bytes = bouw('iwmo', '301', ({ Client }) => {
    for (const product of Client.ToegewezenProducten.ToegewezenProduct) product.Toewijzingsdatum = '2026-12-30';
  });
  const { berichtId, status } = await verstuur(knooppunt.client(afzender), bytes);
  expect([status, (await leeg(ontvanger)).length]).toEqual(['verwerkt', 1]);
  const bevindingen = await bevindingenVan(knooppunt.client(ontvanger), berichtId);
  expect(new Set(bevindingen.map(({ regel, ernst }) => `${regel} ${ernst}`))).toEqual(new Set(['TR134 waarschuwing']));
});

describe('level 4', () => {
  const { afzender, ontvanger } = partijen('JW323');
  /** The last prestatie asks a cent too much, and the total says so too. */
  const teVeel = bouw('ijw', '323', ({ Declaratie }) => {
    const prestatie = Declaratie.Clienten.Client.at(-1)?.Prestaties.Prestatie.at(-1);
    if (!prestatie) throw new Error('the example has no prestatie');
    prestatie.Eenheid = '04';
    prestatie.GeleverdVolume = '3';
    prestatie.ProductTarief = '1000';
    const verschil = 3001 - Number(prestatie.IngediendBedrag.Bedrag);
    prestatie.IngediendBedrag = { Bedrag: '3001', DebetCredit: 'D' };
    Declaratie.TotaalIngediendBedrag.TotaalBedrag = String(
      Number(Declaratie.TotaalIngediendBedrag.TotaalBedrag) + verschil,
    );
  });

  test('is not looked at by an ontvanger with level 2', async () => {
    const { berichtId, status } = await verstuur(knooppunt.client(afzender), teVeel);
    expect([status, await bevindingenVan(knooppunt.client(afzender), berichtId)]).toEqual(['verwerkt', []]);
    await leeg(ontvanger);
  });

  test('where the ontvanger answers itself: delivered, with the bevinding beside it', async () => {
    await stelIn(knooppunt.client(ontvanger), ontvanger, 'ijw', { controleniveau: 4 });
    const { berichtId, status } = await verstuur(knooppunt.client(afzender), teVeel);
    expect([status, (await leeg(ontvanger)).length, await leeg(afzender)]).toEqual(['verwerkt', 1, []]);
    // What the new dossier does not know refuses nothing; the amount does.
    const fouten = (await bevindingenVan(knooppunt.client(ontvanger), berichtId)).filter(
      ({ ernst }) => ernst === 'fout',
    );
    expect(fouten).toMatchObject([{ regel: 'TR346', retourcode: '9346', niveau: 4 }]);
  });

  test('where the knooppunt answers: a 325 that rejects that prestatie, together with the declaratie', async () => {
    await stelIn(knooppunt.client(ontvanger), ontvanger, 'ijw', { controleniveau: 4, retour: 'knooppunt' });
    await verstuur(knooppunt.client(afzender), teVeel);
    expect((await leeg(ontvanger)).map(({ berichtsoort }) => berichtsoort)).toEqual(['JW323']);
    const [antwoord] = await leeg(afzender);
    expect(antwoord?.berichtsoort).toBe('JW325');
    const bytes = antwoord?.bytes ?? Buffer.alloc(0);
    expect(controleerTot(2, bytes, soort('JW325')).bevindingen).toEqual([]);
    expect(
      bytes
        .toString()
        .match(/<(?:\w+:)?RetourCode>(\d+)/g)
        ?.map((tag) => tag.slice(-4)),
    ).toEqual(expect.arrayContaining(['0200', '9346']));
  });

  test('a dagtekening of tomorrow: refused with the code in the header', async () => {
    const morgen = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await verstuur(
      knooppunt.client(afzender),
      bouw('ijw', '323', ({ Header }) => {
        Header.BerichtIdentificatie.Dagtekening = morgen;
      }),
    );
    expect(await leeg(ontvanger)).toEqual([]);
    const [antwoord] = await leeg(afzender);
    expect([antwoord?.berichtsoort, waardeVan(antwoord?.bytes ?? '', 'RetourCode')]).toEqual(['JW325', '8848']);
  });
});

test('what a retour or a 325 gets wrong is shown, and it is delivered', async () => {
  const { afzender, ontvanger } = partijen('JW325');
  const bytes = bouw('ijw', '325', ({ DeclaratieAntwoord }) => {
    if (!DeclaratieAntwoord) throw new Error('the example answers nothing');
    DeclaratieAntwoord.TotaalToegekendBedrag.TotaalBedrag = '1';
  });
  const { berichtId, status } = await verstuur(knooppunt.client(afzender), bytes);
  expect([status, (await leeg(ontvanger)).length]).toEqual(['verwerkt', 1]);
  expect((await bevindingenVan(knooppunt.client(afzender), berichtId)).map(({ regel }) => regel)).toContain('TR342');
});
