export async function main(a: string[]): Promise<void> {
  process.stdout.write(a.slice(2).join(" ") + "\n");
}
