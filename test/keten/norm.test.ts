/** The official sample messages, sent unchanged. They are not part of this repository; without them there is nothing to send. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bepaalAdres } from '#src/routering/adres.ts';
import type { Berichtsoort } from '#src/standards/catalogus.ts';
import { rapporteer } from '#src/standards/rapport.ts';
import { leesVoorblad } from '#src/xml/voorblad.ts';
import { maakBericht, type Partijen } from '../hulp/berichten.ts';
import { BRONNEN } from '../hulp/controle.ts';
import { startOpstelling } from '../hulp/opstelling.ts';
import { bevestig, bevindingenVan, bytesVan, haalOp, stelIn, verstuur } from '../hulp/reis.ts';
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

  /** Of an answer: sends what it answers, our own example with the identification that it names. */
  async function zendHeenbericht(
    { antwoordOp, domein, aard }: Berichtsoort,
    echt: Partijen,
    bytes: Buffer,
  ): Promise<void> {
    if (antwoordOp === null || !knooppunt) return;
    const { header } = leesVoorblad(bytes);
    const pad = aard === 'antwoord' ? 'DeclaratieIdentificatie' : 'BerichtIdentificatie';
    const client = knooppunt.client(echt.afzender);
    // Only a message that was delivered can be answered, and our example is of another year than that identification.
    await stelIn(client, echt.afzender, domein, { controleniveau: 1 });
    const heen = maakBericht(antwoordOp, {
      afzender: echt.ontvanger,
      ontvanger: echt.afzender,
      identificatie: header[`${pad}/Identificatie`] ?? '',
      waarden: { Dagtekening: header[`${pad}/Dagtekening`] ?? '' },
    });
    expect((await verstuur(knooppunt.client(echt.ontvanger), heen)).status).toBe('verwerkt');
    await stelIn(client, echt.afzender, domein, { controleniveau: 2 });
  }

  test.each(voorbeelden)('%s travels, and gets the verdict of the checks', async (naam) => {
    if (!knooppunt) throw new Error('not set up');
    const bytes = readFileSync(path.join(MAP, naam));
    const { afzender, ontvanger, soort } = bepaalAdres(leesVoorblad(bytes));
    const rapport = rapporteer(naam, bytes, { niveau: 2, bronnen: BRONNEN });
    expect(soort.code).toBe(path.basename(naam, '.xml'));

    await zendHeenbericht(soort, { afzender, ontvanger }, bytes);
    const { berichtId, referentienummer, status } = await verstuur(knooppunt.client(afzender), bytes);
    expect(status).toBe(rapport.geldig ? 'verwerkt' : 'afgekeurd');
    const lezer = rapport.geldig ? ontvanger : afzender;
    const alle = await haalOp(knooppunt.client(lezer), lezer, { aantal: 100 });
    const post = alle.filter((stuk) => stuk.berichtId === berichtId || stuk.crossReferentienummer === referentienummer);
    await bevestig(
      knooppunt.client(lezer),
      lezer,
      alle.map((stuk) => stuk.berichtId),
    );
    if (rapport.geldig) expect(post.map((stuk) => bytesVan(stuk).equals(bytes))).toEqual([true]);
    else expect(post.map(({ berichtsoort }) => berichtsoort)).toEqual([rapport.niveau === 1 ? 'Fo01' : soort.antwoord]);
    expect(await bevindingenVan(knooppunt.client(afzender), berichtId)).toEqual(rapport.bevindingen);
  });
});
