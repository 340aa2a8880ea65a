export { CATALOGUE, type NoticeCode, ruleOf } from "./catalogue.ts";
export { type DefautVu, noticesDesDefauts } from "./defauts.ts";
export { blocksFor, isNoticeCode, notice, type Place } from "./make.ts";
export type { Notice, Severity } from "./notice.ts";
export { defineNotices, type Facts, type NoticeRule, type Who } from "./rule.ts";
