/** The official sample messages, sent unchanged. They are not part of this repository; without them there is nothing to send. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bepaalAdres } from '#src/routering/adres.ts';
import { leesVoorblad } from '#src/xml/voorblad.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bevestig, bevindingenVan, bytesVan, haalOp, verstuur } from '../hulp/reis.ts';
import { NORM } from '../xsd/schemas.ts';

const MAP = path.join(NORM, 'samples');
const heeftVoorbeelden = existsSync(MAP);
if (!heeftVoorbeelden) console.warn(`Skipped: no official examples in ${MAP}. Set KNOOPPUNT_NORM.`);

interface Oordeel {
  readonly file: string;
  readonly valid: boolean;
  readonly errors: readonly string[];
}
/** What xmllint with the official XSDs says of each. */
function oordelen(): ReadonlyMap<string, Oordeel> {
  const { items } = JSON.parse(readFileSync(path.join(MAP, 'validation.json'), 'utf8')) as {
    items: readonly Oordeel[];
  };
  return new Map(items.map((oordeel) => [oordeel.file, oordeel]));
}
const voorbeelden = heeftVoorbeelden
  ? ['ijw', 'iwmo'].flatMap((map) => readdirSync(path.join(MAP, map)).map((naam) => `${map}/${naam}`))
  : ['geen'];

describe.skipIf(!heeftVoorbeelden)('an official example', async () => {
  const knooppunt = heeftVoorbeelden ? await startOpstelling() : undefined;
  afterAll(() => knooppunt?.stop());

  test.each(voorbeelden)('%s travels, and gets the same verdict as from the official XSD', async (naam) => {
    if (!knooppunt) throw new Error('not set up');
    const bytes = readFileSync(path.join(MAP, naam));
    const oordeel = oordelen().get(`samples/${naam}`);
    const { afzender, ontvanger, soort } = bepaalAdres(leesVoorblad(bytes));
    expect(soort.code).toBe(path.basename(naam, '.xml'));

    const { berichtId, status } = await verstuur(knooppunt.client(afzender), bytes);
    expect(status).toBe(oordeel?.valid ? 'verwerkt' : 'afgekeurd');
    const lezer = oordeel?.valid ? ontvanger : afzender;
    const post = await haalOp(knooppunt.client(lezer), lezer, { aantal: 100 });
    await bevestig(
      knooppunt.client(lezer),
      lezer,
      post.map((stuk) => stuk.berichtId),
    );
    if (oordeel?.valid) expect(post.map((stuk) => bytesVan(stuk).equals(bytes))).toEqual([true]);
    else expect(post.map(({ berichtsoort }) => berichtsoort)).toEqual(['Fo01']);

    const regels = (await bevindingenVan(knooppunt.client(afzender), berichtId)).map(({ regelnummer }) => regelnummer);
    const verwacht = oordeel?.errors.map((fout) => Number(/line (\d+)/.exec(fout)?.[1])) ?? [];
    expect(new Set(regels)).toEqual(new Set(verwacht));
  });
});
