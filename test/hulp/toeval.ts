/** Chance that can be repeated: the simulator and the tests draw from the same source. */
export * from '#src/simulator/draaiboek/toeval.ts';
