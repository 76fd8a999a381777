"use client";
import { useQuery } from "@tanstack/react-query";
import { trendsQuery } from "#lib/client/trends.ts";
import { AgeChart } from "./age-chart.tsx";
import { BacklogChart } from "./backlog-chart.tsx";
import { CodeMetricsBlocks } from "./code-metrics-blocks.tsx";
import { CompareBlock } from "./compare-block.tsx";
import { FlowChart } from "./flow-chart.tsx";
import { MoversBlock } from "./movers-block.tsx";
import { RemediationChart } from "./remediation-chart.tsx";
import { ReopenedChart } from "./reopened-chart.tsx";
import { useTrendsAddress } from "./use-trends-address.ts";
import { WaterfallChart } from "./waterfall-chart.tsx";

// Each follows on its own, and reads from the address what it is about.

export function ComparePart() {
  const { query, comparison, compareNothing } = useTrendsAddress();
  return comparison && <CompareBlock query={query} comparison={comparison} onEnd={compareNothing} />;
}

export function WhyPart() {
  const { query, moveSeverity, setMoveSeverity } = useTrendsAddress();
  return <WaterfallChart query={query} severity={moveSeverity} onSeverity={setMoveSeverity} />;
}

export function FlowPart() {
  const { query, scope, forecast } = useTrendsAddress();
  const { data: trends } = useQuery(trendsQuery({ ...query, by: "severity" }));
  return (
    <>
      {trends ? <FlowChart trends={trends} scope={scope} /> : null}
      <div className="grid gap-4 lg:grid-cols-2">
        <BacklogChart query={forecast} />
        <ReopenedChart query={query} />
      </div>
    </>
  );
}

export function AgePart() {
  const { query, age, fixSeverity, setFixSeverity } = useTrendsAddress();
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <RemediationChart query={query} severity={fixSeverity} onSeverity={setFixSeverity} />
      <AgeChart query={age} />
    </div>
  );
}

export function MoversPart() {
  const { query, movers, setMovers } = useTrendsAddress();
  return <MoversBlock query={query} by={movers} onBy={setMovers} />;
}

export function CodePart() {
  const { query, codeSeverity, setCodeSeverity } = useTrendsAddress();
  return <CodeMetricsBlocks query={query} severity={codeSeverity} onSeverity={setCodeSeverity} />;
}
