/** The official sample messages, sent unchanged. They are not part of this repository; without them there is nothing to send. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bepaalAdres } from '#src/routering/adres.ts';
import { rapporteer } from '#src/standards/rapport.ts';
import { leesVoorblad } from '#src/xml/voorblad.ts';
import { BRONNEN } from '../hulp/controle.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bevestig, bevindingenVan, bytesVan, haalOp, verstuur } from '../hulp/reis.ts';
import { NORM } from '../xsd/schemas.ts';

const MAP = path.join(NORM, 'samples');
const heeftVoorbeelden = existsSync(MAP);
if (!heeftVoorbeelden) console.warn(`Skipped: no official examples in ${MAP}. Set KNOOPPUNT_NORM.`);

const voorbeelden = heeftVoorbeelden
  ? ['ijw', 'iwmo'].flatMap((map) => readdirSync(path.join(MAP, map)).map((naam) => `${map}/${naam}`))
  : ['geen'];

describe.skipIf(!heeftVoorbeelden)('an official example', async () => {
  const knooppunt = heeftVoorbeelden ? await startOpstelling() : undefined;
  afterAll(() => knooppunt?.stop());

  test.each(voorbeelden)('%s travels, and gets the verdict of the checks', async (naam) => {
    if (!knooppunt) throw new Error('not set up');
    const bytes = readFileSync(path.join(MAP, naam));
    const { afzender, ontvanger, soort } = bepaalAdres(leesVoorblad(bytes));
    const rapport = rapporteer(naam, bytes, { niveau: 2, bronnen: BRONNEN });
    expect(soort.code).toBe(path.basename(naam, '.xml'));

    const { berichtId, status } = await verstuur(knooppunt.client(afzender), bytes);
    expect(status).toBe(rapport.geldig ? 'verwerkt' : 'afgekeurd');
    const lezer = rapport.geldig ? ontvanger : afzender;
    const post = await haalOp(knooppunt.client(lezer), lezer, { aantal: 100 });
    await bevestig(
      knooppunt.client(lezer),
      lezer,
      post.map((stuk) => stuk.berichtId),
    );
    if (rapport.geldig) expect(post.map((stuk) => bytesVan(stuk).equals(bytes))).toEqual([true]);
    else expect(post.map(({ berichtsoort }) => berichtsoort)).toEqual([rapport.niveau === 1 ? 'Fo01' : soort.antwoord]);
    expect(await bevindingenVan(knooppunt.client(afzender), berichtId)).toEqual(rapport.bevindingen);
  });
});
