/** One contract for memory, PGlite and Postgres, so that what is simulated is what is served. */
import { deliveryCases } from "./contract/delivery_cases.ts";
import { journalCases } from "./contract/journal_cases.ts";
import { ownershipCases } from "./contract/ownership_cases.ts";
import { ownershipProperty } from "./contract/ownership_property.ts";
import { holdTo, STORES } from "./contract/subject.ts";

holdTo("the runtime's contract", STORES, [...journalCases, ...ownershipCases, ...deliveryCases, ownershipProperty]);
