/**
 * The Dutch holidays, from the library date-holidays.
 *
 * Which days count: the norm says "erkende feestdagen", and the law that says which those are is the Algemene termijnenwet (art. 3 lid 1):
 * New Year's Day, Easter Monday, Ascension Day, Whit Monday, both days of Christmas, Koningsdag, and 5 May of every year. Good Friday is not
 * among them: lid 2 puts it on a par with them for terms set by law only, and these are not. In the library the days of lid 1 are `public`,
 * 5 May excepted, which is there as a day on which not everybody is free.
 */
import type Holidays from 'date-holidays';
import { type Kalender, maakKalender } from './kalender.ts';

type Feestdag = ReturnType<Holidays['getHolidays']>[number];

/** The rule in the library that stands for Bevrijdingsdag. */
const BEVRIJDINGSDAG = '05-05';
const erkend = ({ type, rule }: Feestdag): boolean => type === 'public' || rule === BEVRIJDINGSDAG;

let geladen: Promise<Kalender> | undefined;

/**
 * The calendar of the Netherlands. The library holds the holidays of the whole world (some 35 MB and 130 ms), so it is loaded when
 * somebody asks, once: a process that counts no days never has it.
 */
export function laadKalender(): Promise<Kalender> {
  geladen ??= import('date-holidays').then(({ default: Bibliotheek }) => {
    const nederland = new Bibliotheek('NL');
    return maakKalender((jaar) =>
      nederland
        .getHolidays(jaar)
        .filter(erkend)
        .map(({ date }) => date.slice(0, 10)),
    );
  });
  return geladen;
}
