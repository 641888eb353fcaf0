/** The answer to a request (319). Source: conditions of 319, the same in both standards. */
import { conditie, op, type Regel } from '../regels.ts';

const AFGEWEZEN = '1';
const IN_ONDERZOEK = '2';

export const ANTWOORDREGELS: readonly Regel[] = [
  conditie('CD085', {
    tekst: 'Een afgewezen verzoek heeft een reden van afwijzing.',
    melding: 'Vul RedenAfwijzingVerzoek: bij een afwijzing is een reden verplicht.',
    toepassingen: [
      op(
        '319',
        'Antwoord',
        'RedenAfwijzingVerzoek',
        ({ VerzoekAntwoord, RedenAfwijzingVerzoek }) =>
          VerzoekAntwoord !== AFGEWEZEN || RedenAfwijzingVerzoek !== undefined,
      ),
    ],
  }),
  conditie('CD086', {
    tekst: 'Een verzoek in onderzoek heeft geen reden van afwijzing.',
    melding: 'Laat RedenAfwijzingVerzoek weg zolang het verzoek in onderzoek is.',
    toepassingen: [
      op(
        '319',
        'Antwoord',
        'RedenAfwijzingVerzoek',
        ({ VerzoekAntwoord, RedenAfwijzingVerzoek }) =>
          VerzoekAntwoord !== IN_ONDERZOEK || RedenAfwijzingVerzoek === undefined,
      ),
    ],
  }),
];
