/**
 * How the client and relations can be reached: addresses, telephone and language, in the toewijzing.
 * Source: CD005, CD007, CD009, CD025, CD034, CS089, TR006 and TR061, the same in both standards.
 */
import { conditie, constraint, op, type Regel, technischeRegel, type Uitslag } from '../regels.ts';
import type { Klasse } from '../structuren.ts';

type Contact = Klasse<'301', 'Contact'>;
type Contactgegevens = Klasse<'301', 'Contactgegevens'>;

const NEDERLAND = 'NL';
const TOLK_TAAL = '1';
const TIJDELIJK = '04';
/** BRP-adres and verblijfadres: where somebody lives. */
const WOONADRESSEN: ReadonlySet<string> = new Set(['01', '03']);
/** Those of which a client has at least one; the correspondentie-adres is for people without a fixed place to live (IV047). */
const VASTE_ADRESSEN: ReadonlySet<string> = new Set(['01', '02', '03']);

/** Upper or lower case, and no space between the digits and the letters. */
const NEDERLANDSE_POSTCODE = /^[1-9][0-9]{3}[A-Za-z]{2}$/;

function postcodeBijWoonadres({ Soort, Adres }: Contact): Uitslag {
  if (!WOONADRESSEN.has(Soort)) return true;
  return Adres ? Adres.Postcode !== undefined : 'twijfel';
}

const isBereikbaar = ({ Telefoon, Adres }: Contact): boolean =>
  Telefoon !== undefined || (Adres?.Huis !== undefined && Adres.Postcode !== undefined);

function heeftVastAdres({ Contact: contacten }: Contactgegevens): Uitslag {
  const vast = contacten.filter(({ Soort }) => VASTE_ADRESSEN.has(Soort));
  if (vast.some(({ Adres }) => Adres !== undefined)) return true;
  return vast.length > 0 ? 'twijfel' : false;
}

export const CONTACTREGELS: readonly Regel[] = [
  conditie('CD005', {
    tekst: 'De landcode is gevuld als de postcode gevuld is, en anders niet.',
    melding: 'Vul Postcode en LandCode van een adres allebei, of laat ze allebei weg.',
    toepassingen: [
      op(
        '301',
        'Contact',
        'Adres.LandCode',
        ({ Adres }) => Adres === undefined || (Adres.LandCode === undefined) === (Adres.Postcode === undefined),
      ),
    ],
  }),
  conditie('CD007', {
    tekst: 'De taal is gevuld als er een tolk voor een taal nodig is, en anders niet.',
    melding: 'Vul Taal als Vorm een tolk voor een taal is (1), en laat Taal anders weg.',
    toepassingen: [
      op(
        '301',
        'Client',
        'Communicatie.Taal',
        ({ Communicatie }) =>
          Communicatie === undefined || (Communicatie.Vorm === TOLK_TAAL) === (Communicatie.Taal !== undefined),
      ),
    ],
  }),
  conditie('CD009', {
    tekst: 'Alleen een tijdelijk adres mag een periode hebben.',
    melding: 'Laat Periode weg: alleen een tijdelijk adres (soort 04) mag er een hebben.',
    toepassingen: [
      op('301', 'Contact', 'Periode', ({ Soort, Periode }) => Periode === undefined || Soort === TIJDELIJK),
    ],
  }),
  conditie('CD025', {
    tekst: 'Van een adres in Nederland is het huis verplicht.',
    melding: 'Vul Huis: bij een adres in Nederland is dat verplicht.',
    toepassingen: [
      op('301', 'Contact', 'Adres.Huis', ({ Adres }) => Adres?.LandCode !== NEDERLAND || Adres.Huis !== undefined),
    ],
  }),
  conditie('CD034', {
    tekst: 'Van een BRP-adres en van een verblijfadres is de postcode verplicht.',
    melding: 'Vul Postcode: bij een BRP-adres (soort 01) en een verblijfadres (soort 03) is die verplicht.',
    twijfel:
      'Ontbreekt het hele adres, dan is dat een waarschuwing: de norm zegt niet of de postcode dan ook verplicht is.',
    toepassingen: [op('301', 'Contact', 'Adres.Postcode', postcodeBijWoonadres)],
  }),
  constraint('CS089', {
    tekst:
      'Een postcode in Nederland bestaat uit vier cijfers, waarvan het eerste geen nul is, en twee letters, zonder spatie.',
    melding: 'Schrijf Postcode als vier cijfers en twee letters zonder spatie, of kies een andere LandCode.',
    toepassingen: [
      op(
        '301',
        'Contact',
        'Adres.Postcode',
        ({ Adres }) =>
          Adres?.LandCode !== NEDERLAND || Adres.Postcode === undefined || NEDERLANDSE_POSTCODE.test(Adres.Postcode),
      ),
    ],
  }),
  technischeRegel('TR006', {
    tekst: 'Bij een contact staat een telefoonnummer, of een adres met huis en postcode.',
    melding: 'Vul bij het contact Telefoon, of in Adres zowel Huis als Postcode.',
    toepassingen: [op('301', 'Contact', '', isBereikbaar)],
  }),
  technischeRegel('TR061', {
    tekst: 'Een cliënt heeft minstens één BRP-adres, correspondentieadres of verblijfadres.',
    melding:
      'Neem bij de cliënt een contact op met een BRP-adres (01), correspondentieadres (02) of verblijfadres (03).',
    twijfel:
      'Is er wel een contact van zo’n soort maar zonder adres, dan is dat een waarschuwing: de soort staat bij het contact, en de norm zegt niet of het adres dan gevuld moet zijn.',
    toepassingen: [op('301', 'Client', 'Contactgegevens', ({ Contactgegevens }) => heeftVastAdres(Contactgegevens))],
  }),
];
