/** CPU time and memory of another process, from Linux's /proc. */

/** The kernel's USER_HZ: fixed at 100 on every Linux this runs on. */
const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  readonly parent: number;
  readonly seconds: number;
}

async function timesOf(pid: number): Promise<ProcessTimes> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
}

/** User and system CPU-seconds that process `pid` has used so far, all its threads together. */
export async function cpuSeconds(pid: number): Promise<number> {
  return (await timesOf(pid)).seconds;
}

/** The same of process `pid` and of all processes under it that run now. */
export async function treeCpuSeconds(pid: number): Promise<number> {
  const all = new Map<number, ProcessTimes>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      all.set(Number(name), await timesOf(Number(name)));
    } catch (error) {
      // It has ended since the folder was read.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  const tree = new Set([pid]);
  // A child may have a lower number than its parent, so until nothing is added.
  for (let size = 0; size < tree.size;) {
    size = tree.size;
    for (const [each, { parent }] of all) if (tree.has(parent)) tree.add(each);
  }
  return [...tree].reduce((sum, each) => sum + (all.get(each)?.seconds ?? 0), 0);
}

/** The same of the threads it has now, to the nanosecond: for what takes less than the kernel's ticks can tell. */
export async function threadSeconds(pid: number): Promise<number> {
  let ns = 0;
  for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
    const [ranNs = "NaN"] = (await Deno.readTextFile(`/proc/${pid}/task/${name}/schedstat`)).split(" ");
    ns += Number(ranNs);
  }
  return ns / 1e9;
}

/** Seconds that the main thread of process `pid` was ready to run and had no core: what its neighbours took from it. */
export async function coreWaitSeconds(pid: number): Promise<number> {
  const [, waitedNs = "NaN"] = (await Deno.readTextFile(`/proc/${pid}/schedstat`)).split(" ");
  return Number(waitedNs) / 1e9;
}

/** Resident bytes of process `pid`. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(status.match(/VmRSS:\s+(\d+) kB/)?.[1] ?? NaN) * 1024;
}
