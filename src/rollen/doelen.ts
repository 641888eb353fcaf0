/** Where this installation pushes to: the same for the api, where endpoints are entered, and for the planner, which asks them. */
import { type Doelen, maakDoelen, OVERAL } from '../bezorging/doelen.ts';
import type { Config } from '../config.ts';

export const doelenVan = ({ demo, verharding }: Pick<Config, 'demo' | 'verharding'>): Doelen =>
  demo ? OVERAL : maakDoelen(verharding.stufToegestaan);
