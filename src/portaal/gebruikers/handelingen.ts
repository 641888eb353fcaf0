/** What is done to a user with a reason alone: a new code, and withdrawing. */
import { z } from 'zod';
import {
  type Beheeromgeving,
  type Beheeropdracht,
  type Gebruikeroverzicht,
  nodigOpnieuwUit,
  trekGebruikerIn,
} from '../../toegang/gebruikers/beheer.ts';
import { type Pagina, pagina, type Uitkomst } from '../pagina.ts';
import { ofBezwaar, opdracht, PAD, reden, vind } from './gedeeld.ts';
import { codescherm, GEBRUIKERS, SCHOON, vraagscherm } from './schermen.ts';

const Reden = z.object({ reden });

interface Handeling {
  readonly pad: string;
  readonly id: readonly [vraag: string, doe: string];
  readonly tekst: { readonly titel: string; readonly uitleg: string; readonly doe: string; readonly gevaar?: boolean };
  readonly doe: (omgeving: Beheeromgeving, opdracht: Beheeropdracht, wie: Gebruikeroverzicht) => Promise<Uitkomst>;
}

const HANDELINGEN: readonly Handeling[] = [
  {
    pad: 'code',
    id: ['gebruikerCode', 'gebruikerCodeMaken'],
    tekst: {
      titel: 'Nieuwe code maken',
      uitleg:
        'Voor wie de code kwijt is, of een ander inlogmiddel kreeg. Een code die er nog is, werkt dan niet meer. Zodra de nieuwe is gebruikt, werkt het oude inlogmiddel niet meer.',
      doe: 'Code maken',
    },
    doe: async (omgeving, van, wie) => codescherm(wie.naam, await nodigOpnieuwUit(omgeving, van, wie.id)),
  },
  {
    pad: 'intrekken',
    id: ['gebruikerWeg', 'gebruikerIntrekken'],
    tekst: {
      titel: 'Toegang intrekken',
      uitleg:
        'De gebruiker wordt meteen uitgelogd en kan niet meer inloggen. Dit kunt u niet ongedaan maken; opnieuw uitnodigen kan wel.',
      doe: 'Intrekken',
      gevaar: true,
    },
    async doe(omgeving, van, wie) {
      await trekGebruikerIn(omgeving, van, wie.id);
      return { naar: GEBRUIKERS, melding: { soort: 'ok', tekst: `De toegang van ${wie.naam} is ingetrokken.` } };
    },
  },
];

function handeling(omgeving: Beheeromgeving, { pad, id, tekst, doe }: Handeling): readonly Pagina[] {
  const gedeeld = { pad: `${PAD}/:gebruiker/${pad}`, toegang: 'gebruikersbeheer' } as const;
  return [
    pagina({
      ...gedeeld,
      methode: 'get',
      id: id[0],
      voer: async (verzoek) => vraagscherm(verzoek.sessie, await vind(omgeving, verzoek), { ...tekst, pad }, SCHOON),
    }),
    pagina<unknown, z.infer<typeof Reden>>({
      ...gedeeld,
      methode: 'post',
      id: id[1],
      formulierSchema: Reden,
      async voer(verzoek) {
        const { gebruiker, sessie, formulier } = verzoek;
        const wie = await vind(omgeving, verzoek);
        return ofBezwaar(
          verzoek,
          async (opnieuw) => vraagscherm(sessie, wie, { ...tekst, pad }, opnieuw),
          formulier && (() => doe(omgeving, opdracht(gebruiker, formulier.reden), wie)),
        );
      },
    }),
  ];
}

export const handelingPaginas = (omgeving: Beheeromgeving): readonly Pagina[] =>
  HANDELINGEN.flatMap((een) => handeling(omgeving, een));
