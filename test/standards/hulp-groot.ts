/** Messages as large as a message may be, right or wrong in every part, so that they must be read to the end. */
import { voorbeeld } from '../hulp/berichten.ts';
import { type Geval, MERK } from './hulp-vijandig.ts';

const WMO301 = voorbeeld('WMO301');
const JW323 = voorbeeld('JW323');
const PRODUCT = /\s*<ToegewezenProduct>[\s\S]*<\/ToegewezenProduct>/.exec(WMO301)?.[0] ?? '';
const PRESTATIE = /\s*<Prestatie>[\s\S]*?<\/Prestatie>/.exec(JW323)?.[0] ?? '';
const CENT = 74_250;

/** Number of parts of this size that go into so many bytes, with room for what is around them. */
const aantal = (bytes: number, deel: string): number =>
  Math.max(3, Math.floor((bytes - 12_000) / Buffer.byteLength(deel)));

/** An example with other parts in one of its lists; each is made for its own position. */
function gevuld(xml: string, lijst: string, hoeveel: number, deel: (nr: number) => string): string {
  const begin = xml.indexOf(`<${lijst}>`) + lijst.length + 2;
  const delen = Array.from({ length: hoeveel }, (_, nr) => deel(nr));
  return xml.slice(0, begin) + delen.join('') + xml.slice(xml.indexOf(`</${lijst}>`));
}

/** A declaratie for one client; with numbers of their own all its prestaties are right. */
function declaratie(hoeveel: number, deel: (nr: number) => string): string {
  const zonderAnderen = JW323.replace(/(<\/Client>)[\s\S]*(\s*<\/Clienten>)/, '$1$2');
  const totaal = zonderAnderen.replace(/(TotaalBedrag>)\d+/, `$1${hoeveel * CENT}`);
  return gevuld(totaal, 'Prestaties', hoeveel, deel);
}
const eigenNummers = (prestatie: string, nr: number): string =>
  prestatie.replace(/(ToewijzingNummer>)\d+/, `$1${34_000_000 + nr}`).replace(/(ReferentieNummer>)[^<]+/, `$1J${nr}`);
const zonderOpmaak = (xml: string): string => xml.replaceAll(/>\s+</g, '><');

const toewijzing = (hoeveel: number, deel: (nr: number) => string): string =>
  gevuld(WMO301, 'ToegewezenProducten', hoeveel, deel);
/** As many of it as go into a message. */
const vol =
  (deel: string, hoogstens = Number.POSITIVE_INFINITY) =>
  (bytes: number): string =>
    toewijzing(Math.min(hoogstens, aantal(bytes, deel)), () => deel);

const LANGE_NAAM = 'x'.repeat(49_000);
const CITAAT = `' is not a valid value of the atomic type '${MERK}'.`.repeat(1300);

/** The largest right message: no message of the norm has more elements. */
export const GROOTSTE: Geval = {
  naam: '25 MB of right prestaties without white space',
  afloop: 'goed',
  maak: (bytes) => {
    const kaal = zonderOpmaak(PRESTATIE);
    return zonderOpmaak(declaratie(aantal(bytes, kaal), (nr) => eigenNummers(kaal, nr)));
  },
};

export const GROTE_GEVALLEN: readonly Geval[] = [
  {
    naam: '20,000 right prestaties',
    afloop: 'goed',
    maak: (bytes) => declaratie(Math.min(20_000, aantal(bytes, PRESTATIE)), (nr) => eigenNummers(PRESTATIE, nr)),
  },
  {
    naam: '20,000 prestaties that are all the same',
    afloop: 'regels',
    maak: (bytes) => declaratie(Math.min(20_000, aantal(bytes, PRESTATIE)), () => PRESTATIE),
  },
  {
    naam: '20,000 prestaties without an amount that is a number',
    afloop: 'xsd',
    maak: (bytes) => {
      const fout = PRESTATIE.replace(/(GeleverdVolume>)\d+/, `$1${MERK}`);
      return declaratie(Math.min(20_000, aantal(bytes, fout)), () => fout);
    },
  },
  { naam: '30,000 ToegewezenProducten that all overlap', afloop: 'regels', maak: vol(PRODUCT, 30_000) },
  {
    naam: '30,000 ToegewezenProducten with both a budget and an omvang',
    afloop: 'regels',
    maak: vol(PRODUCT.replace('</Omvang>', '</Omvang><Budget>100</Budget>'), 30_000),
  },
  {
    naam: '30,000 ToegewezenProducten with a wrong volume',
    afloop: 'xsd',
    maak: vol(PRODUCT.replace(/(Volume>)\d+/, `$1${MERK}`), 30_000),
  },
  { naam: 'a million empty ToegewezenProducten', afloop: 'xsd', maak: vol('<ToegewezenProduct/>', 900_000) },
  {
    naam: 'half a million ToegewezenProducten with something unknown in them',
    afloop: 'xsd',
    maak: vol('<ToegewezenProduct><x/></ToegewezenProduct>', 450_000),
  },
  {
    naam: 'a million Bsn elements',
    afloop: 'xsd',
    maak: (bytes) => WMO301.replace('<Bsn>', `${'<Bsn/>'.repeat(bytes / 30)}<Bsn>`),
  },
  {
    naam: 'a header of a million elements',
    afloop: 'xsd',
    maak: (bytes) =>
      WMO301.replace('</Header>', `${Array.from({ length: bytes / 30 }, (_, nr) => `<a${nr}/>`).join('')}</Header>`),
  },
  {
    naam: '400 values of 64 kB that look like messages of the parser',
    afloop: 'xsd',
    maak: vol(PRODUCT.replace(/(Ingangsdatum>)[^<]*/, () => `Ingangsdatum>${CITAAT}`)),
  },
  {
    naam: '400 names of 64 kB with a line end',
    afloop: 'xsd',
    maak: vol(PRODUCT.replace(/(ReferentieAanbieder>)[^<]*/, () => `ReferentieAanbieder>${CITAAT}\n`)),
  },
  {
    naam: '500 elements with a name of 49 kB',
    afloop: 'xsd',
    maak: vol(`<ToegewezenProduct><${LANGE_NAAM}/></ToegewezenProduct>`),
  },
];
