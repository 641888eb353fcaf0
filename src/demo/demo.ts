export async function voerDemoUit(_o: unknown, _e: boolean): Promise<number> {
  return 0;
}
