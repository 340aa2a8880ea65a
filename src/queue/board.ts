import { BaseAdapter } from "@bull-board/api/dist/queueAdapters/base.js";
import type { JobCounts, JobStatus, QueueJob, QueueMetrics, Status } from "@bull-board/api/typings/app";
import type { JobType } from "bullmq";

/** What is read of a BullMQ queue, whatever its backend. */
export interface Readable {
  readonly name: string;
  getJob(id: string): Promise<QueueJob | undefined>;
  getJobs(types: JobType[], start?: number, end?: number): Promise<QueueJob[]>;
  getJobCounts(): Promise<Readonly<Record<string, number>>>;
  getJobLogs(id: string): Promise<{ logs: string[] }>;
  isPaused(): Promise<boolean>;
}

const STATUTS = ["active", "waiting", "delayed", "failed", "completed"] as const;

/** Shows a queue in bull-board, and can do nothing else: what would write fails, whoever calls it. */
export class Board extends BaseAdapter {
  readonly #queue: Readable;

  constructor(queue: Readable, titre: string) {
    super("bullmq", { readOnlyMode: true, displayName: titre });
    this.#queue = queue;
  }

  getName(): string {
    return this.#queue.name;
  }
  getJob(id: string): Promise<QueueJob | undefined> {
    return this.#queue.getJob(id);
  }
  async getJobs(statuts: JobStatus[], start?: number, end?: number): Promise<QueueJob[]> {
    const wanted = STATUTS.filter((one) => statuts.includes(one));
    return (await this.#queue.getJobs(wanted, start, end)).filter(Boolean);
  }
  async getJobCounts(): Promise<JobCounts> {
    const none: JobCounts = {
      latest: 0,
      active: 0,
      waiting: 0,
      "waiting-children": 0,
      prioritized: 0,
      completed: 0,
      failed: 0,
      delayed: 0,
      paused: 0,
    };
    return { ...none, ...(await this.#queue.getJobCounts()) };
  }
  async getJobLogs(id: string): Promise<string[]> {
    return (await this.#queue.getJobLogs(id)).logs;
  }
  isPaused(): Promise<boolean> {
    return this.#queue.isPaused();
  }
  getStatuses(): Status[] {
    return ["latest", ...STATUTS];
  }
  getJobStatuses(): JobStatus[] {
    return [...STATUTS];
  }
  async getGlobalConcurrency(): Promise<null> {
    return null;
  }
  async getRedisInfo(): Promise<string> {
    return "";
  }
  async getMetrics(): Promise<QueueMetrics> {
    return { meta: { count: 0, prevTS: 0, prevCount: 0 }, data: [], count: 0 };
  }
  getClient = refuse;
  addJob = refuse;
  clean = refuse;
  pause = refuse;
  resume = refuse;
  empty = refuse;
  obliterate = refuse;
  promoteAll = refuse;
  removeJobScheduler = refuse;
  setGlobalConcurrency = refuse;
}

async function refuse(): Promise<never> {
  throw new Error("the queue is only looked at here");
}
