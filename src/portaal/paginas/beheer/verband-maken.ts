/** Making a samenwerkingsverband, and giving it another name. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { wijziger } from '../../../http/wijziger.ts';
import { bewaarVerband, leesVerbanden, type Samenwerkingsverband } from '../../../ketendata/inzicht/verbanden.ts';
import { html } from '../../html.ts';
import { formulier, inleiding, tekstveld } from '../../onderdelen.ts';
import type { Pagina, Paginaverzoek } from '../../pagina.ts';
import {
  BEHEER,
  eisVerschil,
  fouten,
  nakijkknop,
  Reden,
  redenveld,
  verschillenVan,
  wijzigpaginas,
} from './wijziging.ts';

export const VERBANDEN = { naam: 'Samenwerkingsverbanden', pad: '/portaal/beheer/samenwerkingsverbanden' } as const;
export const padVanVerband = (code: string): string => `${VERBANDEN.pad}/${code}`;
/** Stands in an address where a code could. */
const GEEN_CODE = 'nieuw';

const Naam = z.string().trim().min(1, 'Vul een naam in.').max(200, 'Een naam heeft hoogstens 200 tekens.');
const Nieuw = z.object({
  naam: Naam,
  code: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, 'Gebruik 2 tot 63 kleine letters, cijfers en streepjes.')
    .refine((code) => code !== GEEN_CODE, 'Kies een andere code.'),
  reden: Reden,
});
const Hernoem = z.object({ naam: Naam, reden: Reden });

type Nodig = Pick<Omgeving, 'database' | 'routering'>;

/** The verband in the address. @throws KnooppuntFout nietGevonden */
export async function eenVerband(
  { database }: Pick<Omgeving, 'database'>,
  { pad: { verband = '' } }: Pick<Paginaverzoek, 'pad'>,
): Promise<Samenwerkingsverband> {
  const gevonden = (await leesVerbanden(database)).find(({ code }) => code === verband);
  if (!gevonden) throw new KnooppuntFout('nietGevonden');
  return gevonden;
}

export const verbandMaken = (omgeving: Nodig): readonly Pagina[] =>
  wijzigpaginas<z.infer<typeof Nieuw>>({
    id: 'beheer-verband-nieuw',
    pad: '/beheer/samenwerkingsverbanden/nieuw',
    toegang: 'beheerder',
    schema: Nieuw,
    async vorm(verzoek, terug) {
      return {
        titel: 'Samenwerkingsverband maken',
        kruimels: [BEHEER, VERBANDEN],
        inhoud: html`
${fouten(terug)}
${inleiding('Na het maken kan elke gemeente zelf een mandaat geven. Tot die tijd telt er niets mee.')}
${formulier(
  verzoek,
  tekstveld({
    naam: 'naam',
    label: 'Naam',
    uitleg: 'Zo heet het in de keuzelijst van gemeenten.',
    verplicht: true,
    breedte: 40,
    maxlengte: 200,
    ...terug,
  }),
  tekstveld({
    naam: 'code',
    label: 'Code',
    uitleg: 'Kleine letters, cijfers en streepjes, bijvoorbeeld regio-utrecht. De code verandert nooit meer.',
    verplicht: true,
    breedte: 24,
    maxlengte: 63,
    ...terug,
  }),
  redenveld(terug),
  nakijkknop(),
)}`,
      };
    },
    async kijkNa(_verzoek, { code, naam }) {
      if ((await leesVerbanden(omgeving.database)).some((er) => er.code === code))
        throw new KnooppuntFout('invoerOngeldig', 'Er is al een samenwerkingsverband met deze code.');
      return {
        titel: 'Klopt dit?',
        kruimels: [BEHEER, VERBANDEN],
        verschillen: [{ wat: 'Samenwerkingsverband', nu: 'bestaat nog niet', wordt: `${naam} (${code})` }],
        gevolgen: ['Elke gemeente kan dan een mandaat geven. U kunt de naam later wijzigen, de code niet.'],
        knop: 'Samenwerkingsverband maken',
      };
    },
    async doe({ gebruiker }, { reden, ...verband }) {
      await wijziger(omgeving)(gebruiker.client, (actor) =>
        bewaarVerband(omgeving.database, { actor, reden }, verband),
      );
      return {
        naar: padVanVerband(verband.code),
        melding: { soort: 'ok', tekst: 'Het samenwerkingsverband is gemaakt.' },
      };
    },
  });

export const verbandNoemen = (omgeving: Nodig): readonly Pagina[] =>
  wijzigpaginas<z.infer<typeof Hernoem>>({
    id: 'beheer-verband-naam',
    pad: '/beheer/samenwerkingsverbanden/:verband/naam',
    toegang: 'beheerder',
    schema: Hernoem,
    async vorm(verzoek, terug) {
      const { code, naam } = await eenVerband(omgeving, verzoek);
      return {
        titel: 'Naam wijzigen',
        kruimels: [BEHEER, VERBANDEN, { naam, pad: padVanVerband(code) }],
        inhoud: html`
${fouten(terug)}
${formulier(
  verzoek,
  tekstveld({ naam: 'naam', label: 'Naam', verplicht: true, breedte: 40, maxlengte: 200, waarde: naam, ...terug }),
  redenveld(terug),
  nakijkknop(),
)}`,
      };
    },
    async kijkNa(verzoek, { naam: wordt }) {
      const { code, naam } = await eenVerband(omgeving, verzoek);
      return {
        titel: 'Klopt dit?',
        kruimels: [BEHEER, VERBANDEN, { naam, pad: padVanVerband(code) }],
        verschillen: eisVerschil(verschillenVan([['Naam', naam, wordt]])),
        gevolgen: ['Mandaten en cijfers veranderen niet.'],
        knop: 'Naam wijzigen',
      };
    },
    async doe(verzoek, { reden, naam }) {
      const { code } = await eenVerband(omgeving, verzoek);
      await wijziger(omgeving)(verzoek.gebruiker.client, (actor) =>
        bewaarVerband(omgeving.database, { actor, reden }, { code, naam }),
      );
      return { naar: padVanVerband(code), melding: { soort: 'ok', tekst: 'De naam is gewijzigd.' } };
    },
  });
