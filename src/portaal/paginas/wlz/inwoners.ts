/** A gemeente delivers its residents with Wmo help, and reads row by row what became of them. No value of a row is shown: only its line. */
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { isUuid } from '../../../identiteit.ts';
import { eigenGemeenten } from '../../../wlz-samenloop/signalen/gemeenten.ts';
import {
  type Levering,
  leesLevering,
  leesLeveringen,
  leverVoorzieningen,
} from '../../../wlz-samenloop/wmo/levering.ts';
import type { Leveringsvorm } from '../../../wlz-samenloop/wmo/stroom.ts';
import { type Pagina, type Paginaverzoek, pagina, type Scherm, type Uitkomst, type Veldfouten } from '../../pagina.ts';
import { type Formulier, metUpload } from '../../upload.ts';
import { alleenGemeenten, type Gemeente, metNamen, wlzClient } from './gemeenten.ts';
import { INWONERS, leveringscherm, uploadscherm } from './inwoners-schermen.ts';

/** So many deliveries are shown. */
const GETOOND = 10;
const VORM_VAN: Readonly<Record<string, Leveringsvorm>> = {
  csv: 'csv',
  txt: 'csv',
  json: 'json',
  ndjson: 'json',
  jsonl: 'json',
};

/** By the end of its name: what a browser says of a type depends on what is installed on the machine. */
const vormVan = (naam: string): Leveringsvorm | undefined =>
  VORM_VAN[naam.slice(naam.lastIndexOf('.') + 1).toLowerCase()];

/** What a page takes in as a whole, as the stream that a delivery is. */
async function* alsStroom(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** What is wrong with the form itself, before anything of the file is read. */
function bezwaren({ velden, bestanden: [bestand] }: Formulier, gemeenten: readonly Gemeente[]): Veldfouten {
  const fouten = new Map<string, string>();
  if (gemeenten.length > 1 && !gemeenten.some(({ code }) => code === velden.gemeente))
    fouten.set('gemeente', 'Kies voor welke gemeente u aanlevert.');
  if (!bestand) fouten.set('bestand', 'Kies een bestand.');
  else if (!vormVan(bestand.naam)) fouten.set('bestand', 'Kies een bestand dat eindigt op .csv of .json.');
  return fouten;
}

export function inwonerspaginas(omgeving: Omgeving): readonly Pagina[] {
  const { config, database, sleutels, routering } = omgeving;
  const plek = { database, sleutels, routering, alleenTestBsn: config.demo };

  /** @returns the gemeenten of this person; undefined: none */
  async function gemeentenVan({
    gebruiker,
  }: Pick<Paginaverzoek, 'gebruiker'>): Promise<readonly Gemeente[] | undefined> {
    try {
      return await metNamen({ database }, eigenGemeenten(wlzClient(gebruiker), await routering.feiten()));
    } catch (fout) {
      if (fout instanceof KnooppuntFout && fout.soort === 'signalenAlleenGemeenten') return undefined;
      throw fout;
    }
  }

  async function upload(
    verzoek: Paginaverzoek,
    gemeenten: readonly Gemeente[],
    veldfouten: Veldfouten = new Map(),
    ingevuld: Readonly<Record<string, string>> = {},
  ): Promise<Scherm> {
    const lijsten = await Promise.all(gemeenten.map(({ code }) => leesLeveringen(database, code, GETOOND)));
    const leveringen = lijsten
      .flat()
      .toSorted((a, b) => +b.begonnenOp - +a.begonnenOp)
      .slice(0, GETOOND);
    return uploadscherm(verzoek.sessie, { gemeenten, leveringen, veldfouten, ingevuld });
  }

  /** The report has an address of its own, so that reading it again does not deliver again. */
  async function lever(verzoek: Paginaverzoek, gemeenten: readonly Gemeente[], vorm: Formulier): Promise<Uitkomst> {
    const fouten = bezwaren(vorm, gemeenten);
    const {
      velden,
      bestanden: [bestand],
    } = vorm;
    if (fouten.size > 0 || !bestand) return upload(verzoek, gemeenten, fouten, velden);
    const leveringId = crypto.randomUUID();
    const naar = `${INWONERS.pad}/${leveringId}`;
    try {
      const { aangenomen } = await leverVoorzieningen(plek, {
        gemeente: velden.gemeente || (gemeenten[0]?.code ?? ''),
        actor: wlzClient(verzoek.gebruiker).id,
        vorm: vormVan(bestand.naam) ?? 'csv',
        inhoud: alsStroom(bestand.bytes),
        leeg: velden.leeg === 'ja',
        leveringId,
      });
      const tekst =
        aangenomen === 1 ? 'Eén voorziening is overgenomen.' : `${aangenomen} voorzieningen zijn overgenomen.`;
      return { naar, melding: { soort: 'ok', tekst: `De levering is gelukt. ${tekst}` } };
    } catch (fout) {
      if (!(fout instanceof KnooppuntFout)) throw fout;
      if (fout.soort === 'wmoLeveringGeweigerd') return { naar, melding: { soort: 'fout', tekst: fout.message } };
      if (fout.soort === 'wmoLeveringOnleesbaar')
        return upload(verzoek, gemeenten, new Map([['bestand', fout.message]]), velden);
      throw fout;
    }
  }

  const titelZonder = INWONERS.naam;
  return [
    pagina({
      methode: 'get',
      pad: '/wlz/inwoners',
      id: 'wlz-inwoners',
      toegang: 'wlz-signalen',
      async voer(verzoek) {
        const gemeenten = await gemeentenVan(verzoek);
        return gemeenten ? upload(verzoek, gemeenten) : alleenGemeenten(titelZonder, verzoek.gebruiker);
      },
    }),
    pagina({
      methode: 'post',
      pad: '/wlz/inwoners',
      id: 'wlz-inwoners-leveren',
      toegang: 'wlz-signalen',
      eigenLijf: true,
      async voer(verzoek) {
        const { req, eisCsrf, gebruiker } = verzoek;
        const grenzen = { maxBestanden: 1, maxBytes: config.maxBerichtBytes };
        return metUpload(omgeving, wlzClient(gebruiker).id, req, grenzen, eisCsrf, async (vorm) => {
          const gemeenten = await gemeentenVan(verzoek);
          return gemeenten ? lever(verzoek, gemeenten, vorm) : alleenGemeenten(titelZonder, gebruiker);
        });
      },
    }),
    pagina({
      methode: 'get',
      pad: '/wlz/inwoners/:leveringId',
      id: 'wlz-inwoners-levering',
      toegang: 'wlz-signalen',
      async voer(verzoek) {
        const gemeenten = await gemeentenVan(verzoek);
        if (!gemeenten) return alleenGemeenten(titelZonder, verzoek.gebruiker);
        const { leveringId = '' } = verzoek.pad;
        const codes = gemeenten.map(({ code }) => code);
        const levering: Levering | undefined = isUuid(leveringId)
          ? await leesLevering(database, leveringId, codes)
          : undefined;
        if (!levering) throw new KnooppuntFout('nietGevonden');
        return leveringscherm(levering, gemeenten);
      },
    }),
  ];
}
