/** For which gemeenten someone works here, and what is said to whoever works for none. */
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesNamen } from '../../../routering/namen.ts';
import type { Client } from '../../../toegang/clients.ts';
import type { Gebruiker } from '../../../toegang/gebruikers/types.ts';
import { type Html, html } from '../../html.ts';
import type { Ingevuld } from '../../onderdelen/formulier.ts';
import { alinea, keuzelijst, knoppen, knopVerwijzing, melding } from '../../onderdelen.ts';
import type { Scherm } from '../../pagina.ts';

export const WLZ = { naam: 'Wlz', pad: '/portaal/wlz' } as const;

export interface Gemeente {
  readonly code: string;
  readonly naam: string;
}

/** Nobody: so that a page without the service for it asks as somebody who may do nothing. */
const NIEMAND: Client = Object.freeze({ id: 'gebruiker:-', namens: new Set<string>(), beheerder: false });
export const wlzClient = ({ wlzClient: client }: Gebruiker): Client => client ?? NIEMAND;

/** Codes with what they are called. */
export async function metNamen(
  { database }: Pick<Omgeving, 'database'>,
  codes: readonly string[],
): Promise<readonly Gemeente[]> {
  const namen = await leesNamen(database.pool, codes);
  return codes.map((code) => ({ code, naam: namen.get(code) ?? `Gemeente ${code}` }));
}

/** Someone has the service, but its organisation cannot have what it is for. */
export const alleenGemeenten = (titel: string, gebruiker: Gebruiker): Scherm => ({
  titel,
  status: 403,
  kruimels: titel === WLZ.naam ? [] : [WLZ],
  inhoud: html`
${melding(
  'info',
  'Dit onderdeel is er alleen voor gemeenten',
  alinea(
    `${gebruiker.organisatienaam} is geen gemeente die meedoet aan iWmo. Alleen een gemeente mag vragen of een inwoner een Wlz-indicatie heeft, en alleen om te beslissen over Wmo-hulp. Dat staat in artikel 5.2.5 van de Wmo 2015.`,
  ),
)}
${alinea('Bent u een zorgaanbieder en vermoedt u dat een cliënt ook Wlz-zorg krijgt? Bespreek het met de cliënt en met de gemeente die de hulp toewees.')}
${alinea('Klopt het niet dat u dit ziet? Vraag uw gebruikersbeheerder om de dienst bij u weg te halen, of om na te gaan of uw organisatie goed is ingeschreven.')}
${knoppen(knopVerwijzing('/portaal', 'Naar de startpagina'))}`,
});

/** For whoever works for more gemeenten than one; for the others there is nothing to choose. */
export const gemeentekeuze = (gemeenten: readonly Gemeente[], ingevuld: Ingevuld): Html | null =>
  gemeenten.length < 2
    ? null
    : keuzelijst({
        naam: 'gemeente',
        label: 'Namens welke gemeente',
        verplicht: true,
        leegste: 'Kies een gemeente',
        keuzes: gemeenten.map(({ code, naam }) => ({ waarde: code, tekst: `${naam} (${code})` })),
        ...ingevuld,
      });
