/** The commands of tarieven and dossier: what each takes, and what it does on the database. */
import { Bestandsbron } from '../aanlevering/zip-bron.ts';
import { leesBronnen } from '../bronnen.ts';
import { type Baanverslag, herbouw } from '../dossier/herbouw/herbouw.ts';
import type { Verschil } from '../dossier/herbouw/verschil.ts';
import { voerIn } from '../dossier/invoer/invoer.ts';
import { vervangTarieven } from '../dossier/invoer/tarieven.ts';
import type { Invoerverslag } from '../dossier/invoer/types.ts';
import { datum } from '../tijd.ts';
import { cliActor, GEWEIGERD, Gebruiksfout } from './gebruik.ts';
import { metSleutelring } from './gegevensbank.ts';
import {
  domeinVan,
  leesTekst,
  MAX_FOUTEN,
  type Opdracht,
  toonCsvfouten,
  type Waarden,
  type Werk,
} from './routering-opdrachten.ts';

const DATUM = /^\d{4}-\d{2}-\d{2}$/;

function verplicht(waarde: string | undefined, optie: string): string {
  if (waarde === undefined) throw new Gebruiksfout(`Geef ${optie} op.`);
  return waarde;
}

async function tarieven([bestand = '']: readonly string[], waarden: Waarden): Promise<Werk> {
  const gemeente = verplicht(waarden.gemeente, 'de gemeente met --gemeente');
  const domein = domeinVan(verplicht(waarden.domein, 'het domein met --domein'));
  const tekst = await leesTekst(bestand);
  return async (database) => {
    const { lijst, fouten } = await vervangTarieven(database, { gemeente, domein, actor: cliActor() }, tekst);
    if (fouten) return toonCsvfouten(bestand, fouten);
    console.log(`${lijst} tarieven; ze gelden vanaf het eerstvolgende bericht.`);
    return 0;
  };
}

function toonInvoer({ soort, aantallen, geweigerd, aantalGeweigerd, ...rest }: Invoerverslag, gevraagd: boolean): void {
  const { genomen, bekend, vervallen, los } = aantallen;
  console.log(`${soort}: ${genomen} ingevoerd, ${bekend} waren er al.`);
  if (vervallen > 0) console.log(`  ${vervallen} zijn door hun ontvanger afgekeurd en tellen niet.`);
  if (los > 0) console.log(`  ${los} beantwoorden een bericht dat er niet is, en zijn overgeslagen.`);
  if (rest.dossierVolledigVanaf !== null) console.log(`  Het dossier is volledig vanaf ${rest.dossierVolledigVanaf}.`);
  if (aantalGeweigerd === 0) return;
  console.error(`  ${aantalGeweigerd} geweigerd:`);
  for (const { bestand, regel, reden } of geweigerd.slice(0, MAX_FOUTEN))
    console.error(`  ${bestand ?? `regel ${regel}`}: ${reden}`);
  if (aantalGeweigerd > MAX_FOUTEN) console.error(`  en nog ${aantalGeweigerd - MAX_FOUTEN} andere.`);
  if (gevraagd) console.error('  Zolang er iets geweigerd wordt, telt de invoer niet als volledig.');
}

async function invoer([pad = '']: readonly string[], waarden: Waarden): Promise<Werk> {
  const organisatie = verplicht(waarden.organisatie, 'de organisatie met --organisatie');
  const domein = domeinVan(verplicht(waarden.domein, 'het domein met --domein'));
  const peildatum = verplicht(waarden.peildatum, 'de peildatum met --peildatum');
  if (!DATUM.test(peildatum) || Number.isNaN(Date.parse(peildatum)))
    throw new Gebruiksfout('De peildatum heeft de vorm JJJJ-MM-DD.');
  const volledig = waarden.volledig === true;
  const bron = await Bestandsbron.van(pad).catch(() => {
    throw new Gebruiksfout(`Kan ${pad} niet lezen.`);
  });
  return async (database, config) => {
    try {
      const verslag = await metSleutelring(config, database, (sleutels) => {
        const plaats = {
          database,
          sleutels,
          bronnen: { ...leesBronnen(config), peildatum: datum(new Date()) },
          maxBerichtBytes: config.maxBerichtBytes,
          alleenTestBsn: config.demo,
        };
        return voerIn(plaats, { organisatie, domein, peildatum, volledig, actor: cliActor() }, bron);
      });
      if (waarden.json) console.log(JSON.stringify(verslag));
      else toonInvoer(verslag, volledig);
      return verslag.aantalGeweigerd === 0 ? 0 : GEWEIGERD;
    } finally {
      await bron.sluit();
    }
  };
}

const verschilregel = ({ tabel, ontbreekt, teVeel, anders, plekken }: Verschil): string =>
  `    ${tabel}: ${ontbreekt} ontbreken, ${teVeel} te veel, ${anders} anders; bij ${plekken.join(', ')}`;

function toonBaan({ baanId, gemeente, aanbieder, domein, verschillen, hersteld }: Baanverslag): void {
  if (verschillen.length === 0) return;
  console.log(`baan ${baanId} (${gemeente} en ${aanbieder}, ${domein})${hersteld ? ', hersteld' : ''}:`);
  for (const verschil of verschillen) console.log(verschilregel(verschil));
}

function keuzeVan({ baan, organisatie, domein }: Waarden) {
  if (baan !== undefined && !/^[1-9]\d{0,8}$/.test(baan))
    throw new Gebruiksfout('Het nummer van een baan is een geheel getal.');
  if (baan !== undefined && (organisatie !== undefined || domein !== undefined))
    throw new Gebruiksfout('Kies een baan, of een organisatie.');
  return {
    baanId: baan === undefined ? undefined : Number(baan),
    organisatie,
    domein: domein === undefined ? undefined : domeinVan(domein),
  };
}

function herbouwOpdracht(_: readonly string[], waarden: Waarden): Werk {
  const keuze = keuzeVan(waarden);
  const herstel = waarden.herstel === true;
  return (database, config) =>
    metSleutelring(config, database, async (sleutels) => {
      const plaats = {
        database,
        sleutels,
        bronnen: { ...leesBronnen(config), peildatum: datum(new Date()) },
        actor: cliActor(),
      };
      let banen = 0;
      let gelezen = 0;
      let overgenomen = 0;
      let anders = 0;
      for await (const verslag of herbouw(plaats, keuze, herstel)) {
        banen += 1;
        gelezen += verslag.gelezen;
        overgenomen += verslag.overgenomen;
        anders += verslag.verschillen.length > 0 ? 1 : 0;
        if (waarden.json) console.log(JSON.stringify(verslag));
        else toonBaan(verslag);
      }
      if (!waarden.json) {
        console.log(
          `${banen} banen, ${gelezen} berichten nagerekend: ${anders} banen met verschil${herstel ? ', hersteld' : ''}.`,
        );
        if (overgenomen > 0)
          console.log(
            `Van ${overgenomen} berichten is de inhoud er niet meer; daarvan is het dossier genomen zoals het is.`,
          );
      }
      return anders === 0 || herstel ? 0 : GEWEIGERD;
    });
}

export const DOSSIEROPDRACHTEN: Readonly<Record<string, Opdracht>> = {
  'tarieven invoer': { woorden: ['BESTAND'], opties: ['gemeente', 'domein'], bereid: tarieven },
  'dossier invoer': {
    woorden: ['BESTAND'],
    opties: ['organisatie', 'domein', 'peildatum', 'volledig', 'json'],
    bereid: invoer,
  },
  'dossier herbouw': {
    woorden: [],
    opties: ['baan', 'organisatie', 'domein', 'herstel', 'json'],
    bereid: herbouwOpdracht,
  },
};
