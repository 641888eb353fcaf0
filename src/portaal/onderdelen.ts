/** Everything pages are built of, in one place to import from. */
export * from './onderdelen/formulier.ts';
export * from './onderdelen/knop.ts';
export * from './onderdelen/melding.ts';
export * from './onderdelen/tabel.ts';
export * from './onderdelen/tekst.ts';
export * from './onderdelen/vlak.ts';
